import type { WallClock } from '../clock/index.ts';

/** From its first piece on a text is collected for so long: a stack comes in several pieces. */
const collectMs = 250;
/** So much of it is kept at once: a process that writes on and on fills neither memory nor log. */
const keptChars = 16_000;
/** And so often within a minute. */
const mostInAMinute = 20;
const minuteMs = 60_000;

/** What becomes of what a process writes to its error output. */
export interface ErrorOutputOptions {
  readonly clock: WallClock;
  /**
   * Gets a text in whole lines, so that a secret in it can be masked. `droppedChars`: so much was left out before or
   * after it.
   */
  readonly onText: (text: string, droppedChars: number) => void;
}

/** Takes the pieces of an error output. */
export interface ErrorOutput {
  take(piece: string): void;
  /** The process has ended. */
  end(): void;
}

/** Collects what a process writes to its error output, and hands it on in bounded texts. */
export function collectErrorOutput({ clock, onText }: ErrorOutputOptions): ErrorOutput {
  let text = '';
  let isCut = false;
  let droppedChars = 0;
  let cancel: (() => void) | null = null;
  let handedOnAtMs: readonly number[] = [];

  const handOn = (): void => {
    cancel?.();
    cancel = null;
    // Half a line may be half a secret, which no mask knows.
    const whole = isCut ? text.slice(0, text.lastIndexOf('\n') + 1) : text;
    droppedChars += text.length - whole.length;
    text = '';
    isCut = false;
    const nowMs = clock.now();
    handedOnAtMs = handedOnAtMs.filter((atMs) => Math.abs(nowMs - atMs) < minuteMs);
    if (handedOnAtMs.length >= mostInAMinute) {
      droppedChars += whole.length;
    } else if (whole !== '' || droppedChars > 0) {
      handedOnAtMs = [...handedOnAtMs, nowMs];
      onText(whole, droppedChars);
      droppedChars = 0;
    }
  };

  return {
    take: (piece) => {
      const room = Math.max(0, keptChars - text.length);
      text += piece.slice(0, room);
      isCut ||= piece.length > room;
      droppedChars += Math.max(0, piece.length - room);
      cancel ??= clock.setTimeout(handOn, collectMs);
    },
    end: handOn,
  };
}
