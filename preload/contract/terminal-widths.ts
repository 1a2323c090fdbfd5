import { widthRuns } from './terminal-width-table.ts';

/** What a character takes on a terminal's screen, in columns; 0: it joins the one before it. */
export type CharacterWidth = 0 | 1 | 2;

/**
 * The widths that a server counts with, where its programs ask glibc's `wcwidth`: shells, editors, tmux. A terminal that counts
 * otherwise puts the cursor elsewhere than they believe it to be. It takes the place of xterm's own versions of Unicode, in the
 * views and in the mirror alike.
 */
export class ServerWidths {
  readonly version = 'glibc';
  readonly #starts: Uint32Array;
  readonly #widths: Uint8Array;
  /** Those of the first plane, which most text is of. */
  readonly #basic = new Uint8Array(0x10000);

  constructor() {
    const runs = [...widthRuns.matchAll(/([\da-z]+)([ABC])/g)];
    this.#starts = new Uint32Array(runs.length);
    this.#widths = new Uint8Array(runs.length);
    let start = 0;
    for (const [index, [, length = '', letter = 'B']] of runs.entries()) {
      const width = 'ABC'.indexOf(letter);
      const end = start + Number.parseInt(length, 36);
      this.#starts[index] = start;
      this.#widths[index] = width;
      if (start < 0x10000) this.#basic.fill(width, start, Math.min(end, 0x10000));
      start = end;
    }
  }

  /** The width of a code point; control characters have none. */
  wcwidth(codePoint: number): CharacterWidth {
    if (codePoint < 32 || (codePoint >= 0x7f && codePoint < 0xa0)) return 0;
    return (
      codePoint < 0x10000 ? this.#basic[codePoint] : this.#widths[this.#runOf(codePoint)]
    ) as CharacterWidth;
  }

  /**
   * Xterm's own form of it, with what it says of the character before: the width from the second bit on, and whether it joins
   * that one in the first. A character without a width joins one that has some, and does not change how wide it is.
   */
  charProperties(codePoint: number, preceding: number): number {
    const width = this.wcwidth(codePoint);
    const widthBefore = (preceding >> 1) & 3;
    const joins = width === 0 && widthBefore > 0;
    return ((joins ? widthBefore : width) << 1) | (joins ? 1 : 0);
  }

  #runOf(codePoint: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= codePoint) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The part of xterm's `Terminal` that widths are set in, in a view and in the mirror. */
interface TerminalWithWidths {
  readonly unicode: { register(provider: ServerWidths): void; activeVersion: string };
}

/** Has a terminal count as its server does. */
export function useServerWidths({ unicode }: TerminalWithWidths): void {
  const widths = new ServerWidths();
  unicode.register(widths);
  unicode.activeVersion = widths.version;
}
