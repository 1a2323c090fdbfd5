import type { Terminal } from '@xterm/xterm';
import type { SessionFeed } from './session-feed.ts';

/** `deltaMode` of a wheel's event, where it is not of pixels: https://w3c.github.io/uievents/#interface-wheelevent */
const byLine = 1;
const byPage = 2;

/** By how many lines, and parts of one, a turn of the wheel scrolls a terminal; down where positive. */
export function wheelLines(
  { deltaY, deltaMode }: Pick<WheelEvent, 'deltaY' | 'deltaMode'>,
  { element, rows }: Pick<Terminal, 'element' | 'rows'>,
): number {
  const rowPx = (element?.clientHeight ?? 0) / rows;
  if (deltaMode === byLine) return deltaY;
  if (deltaMode === byPage) return deltaY * rows;
  return rowPx > 0 ? deltaY / rowPx : 0;
}

/**
 * Takes over a turn of the wheel that xterm would lose: while a state is parsed, and where it comes to the end. xterm 6.0 comes to
 * where the end was a frame ago, and stays there in a flood.
 */
export function scrollByWheel(
  event: WheelEvent,
  terminal: Terminal,
  feed: Pick<SessionFeed, 'holdsScroll'>,
): void {
  const lines = wheelLines(event, terminal);
  if (!feed.holdsScroll(lines)) {
    if (!reachesEnd(terminal, lines)) return;
    terminal.scrollToBottom();
  }
  event.stopImmediatePropagation();
  event.preventDefault();
}

function reachesEnd({ buffer, modes }: Terminal, lines: number): boolean {
  const { viewportY, baseY } = buffer.active;
  // A program that has the mouse has the wheel too.
  const isScrolled = modes.mouseTrackingMode === 'none' && viewportY < baseY;
  return isScrolled && lines > 0 && viewportY + lines >= baseY;
}
