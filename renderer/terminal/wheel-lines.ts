import type { Terminal } from '@xterm/xterm';

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
