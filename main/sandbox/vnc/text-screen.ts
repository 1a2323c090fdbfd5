import headless, { type IBufferCell, type IBufferLine } from '@xterm/headless';
import { glyphHeight, glyphRows, glyphWidth } from './font.ts';

const columns = 80;
const lines = 25;
/** Each dot of a glyph is a square of this many pixels. */
const dotPx = 2;
const cellWidth = (glyphWidth + 1) * dotPx;
const cellHeight = (glyphHeight + 1) * dotPx;

/** The screen's size in pixels. */
export const screenWidth = columns * cellWidth;
export const screenHeight = lines * cellHeight;

/** Red, green and blue, as 0xRRGGBB. */
export type Colour = number;

/** The sixteen colours of a text console. */
const palette: readonly Colour[] = [
  ...[0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x3465d4, 0xaa00aa, 0x00aaaa, 0xb8b8b8],
  ...[0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x729fff, 0xff55ff, 0x55ffff, 0xffffff],
];
const plainColour = 7;

/** A part of the screen, in pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A character as it stands on the screen; two that look alike are equal texts. */
export type CellLook = string;

/** A text console: 80 columns, 25 lines, as a terminal that is drawn in pixels. */
export class TextScreen {
  readonly #terminal = new headless.Terminal({
    cols: columns,
    rows: lines,
    scrollback: 0,
    allowProposedApi: true,
  });
  readonly #listeners = new Set<() => void>();

  constructor() {
    this.#terminal.onWriteParsed(() => {
      for (const listener of this.#listeners) listener();
    });
  }

  /** Writes text with the escape sequences of a terminal. */
  write(text: string): void {
    this.#terminal.write(text);
  }

  /** Empties the screen. */
  reset(): void {
    // In order with what was written before, unlike the terminal's own reset.
    this.write('\u001bc');
  }

  /** Called after each change of what is to be seen; returns the unsubscribe. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What stands in each line now. */
  text(): readonly string[] {
    return Array.from({ length: lines }, (_, y) => this.#line(y)?.translateToString(true) ?? '');
  }

  /** The look of each cell, line by line. */
  looks(): readonly (readonly CellLook[])[] {
    const { cursorX, cursorY } = this.#terminal.buffer.active;
    return Array.from({ length: lines }, (_, y) =>
      Array.from({ length: columns }, (_, x) =>
        lookOf(this.#line(y)?.getCell(x), x === cursorX && y === cursorY),
      ),
    );
  }

  #line(y: number): IBufferLine | undefined {
    const buffer = this.#terminal.buffer.active;
    return buffer.getLine(buffer.viewportY + y);
  }
}

function lookOf(cell: IBufferCell | undefined, isCursor: boolean): CellLook {
  const text = cell?.getChars() ?? '';
  const colour = cell?.isFgPalette() ? cell.getFgColor() % palette.length : plainColour;
  const bright = cell?.isBold() && colour < 8 ? colour + 8 : colour;
  return `${isCursor ? '_' : ' '}${String(bright).padStart(2)}${text}`;
}

/** Where a run of cells of one line lies. */
export function areaOf(line: number, from: number, to: number): Area {
  return {
    x: from * cellWidth,
    y: line * cellHeight,
    width: (to - from) * cellWidth,
    height: cellHeight,
  };
}

/** Draws cells that stand side by side: one colour for each pixel, row by row. */
export function drawCells(looks: readonly CellLook[]): Uint32Array {
  const width = looks.length * cellWidth;
  const pixels = new Uint32Array(width * cellHeight);
  looks.forEach((look, index) => {
    const colour = palette[Number(look.slice(1, 3))] ?? 0;
    const rows = glyphRows(look.slice(3));
    for (let y = 0; y < cellHeight; y += 1) {
      // The cursor is a line below the character.
      const isCursor = look.startsWith('_') && y >= cellHeight - 2 * dotPx;
      const bits = isCursor ? 0b11111 : (rows[Math.floor(y / dotPx)] ?? 0);
      for (let x = 0; x < glyphWidth * dotPx; x += 1) {
        const isLit = (bits >> (glyphWidth - 1 - Math.floor(x / dotPx))) & 1;
        if (isLit) pixels[y * width + index * cellWidth + x] = colour;
      }
    }
  });
  return pixels;
}
