import { erasedLook, isSameLook, lookOf, lookSequence, plainLook, type Look } from './look.ts';
import type { Cell, ScreenBuffer, ScreenLine, XtermParts } from './xterm-parts.ts';

/** So many lines take about a millisecond. */
const linesAStep = 100;

/** Writes what stands on a screen as text that shows the same on an empty one, with its looks, links and wrapped lines. */
export class ScreenWriter {
  readonly #parts: XtermParts;
  readonly #cell: Cell;
  readonly #columns: number;
  readonly #text: string[] = [];
  #look: Look = plainLook;

  /** `cell` is a cell to read into; `columns` is how wide the screen is. */
  constructor(parts: XtermParts, cell: Cell, columns: number) {
    this.#parts = parts;
    this.#cell = cell;
    this.#columns = columns;
  }

  /** All that was written. */
  get text(): string {
    return this.#text.join('');
  }

  /** Writes something that changes no look. */
  push(...sequences: readonly string[]): void {
    this.#text.push(...sequences);
  }

  /** Writes the lines of a screen from a row on, in steps, from its first column on; the look is plain afterwards. */
  *lines({ lines }: ScreenBuffer, firstRow: number): Generator<void> {
    const first = lines.get(firstRow);
    // It goes on a line that is not there: one above it runs over and scrolls away.
    if (first?.isWrapped === true)
      this.push(' '.repeat(this.#lengthOf(first) + 1), '\r\u001b[X\u001b[S\u001b[H');
    for (let row = firstRow; row < lines.length; row += 1) {
      const line = lines.get(row);
      if (line === undefined) break;
      const end = this.#line(line);
      // Behind the last line of a full screen, xterm's ring begins again: its first line would be taken for a next one.
      const next = row + 1 < lines.length ? lines.get(row + 1) : undefined;
      // A line that scrolls in takes the background.
      this.look(plainLook);
      if (next?.isWrapped === true) this.#wrap(line, next, end);
      else if (next !== undefined) this.push('\r\n');
      if ((row - firstRow) % linesAStep === linesAStep - 1) yield;
    }
  }

  /** Goes over to a look and its link. */
  look(look: Look): void {
    if (look.urlId !== this.#look.urlId) {
      const data = this.#parts._oscLinkService.getLinkData(look.urlId);
      const id = data?.id === undefined ? '' : `id=${data.id}`;
      this.push(`\u001b]8;${id};${data?.uri ?? ''}\u001b\\`);
    }
    if (!isSameLook(look, this.#look)) this.push(lookSequence(look));
    this.#look = look;
  }

  /** One line's cells, the empty ones at its end left out; says how many columns those were that are written. */
  #line(line: ScreenLine): number {
    const cell = this.#cell;
    const length = this.#lengthOf(line);
    let end = Math.min(length, line.getNoBgTrimmedLength());
    // A cell without a width has no part in that length: an accent at the end, or half a wide character with a background.
    if (end < length && (line.loadCell(end, cell).getChars() !== '' || cell.getWidth() === 0)) end += 1;
    let column = 0;
    while (column < end) {
      line.loadCell(column, cell);
      const width = cell.getWidth();
      if (column + width > length) {
        // The screen's edge cuts a wide character, since it became narrower: there is no way to write half of one.
        column = this.#blank(erasedLook(cell), column, length);
      } else if (cell.getChars() !== '') {
        this.look(lookOf(cell));
        // A character without a width would join the one before it.
        if (width === 0) this.push(lookSequence(this.#look));
        this.push(cell.getChars());
        column += Math.max(1, width);
      } else {
        column = width === 0 ? column + 1 : this.#empty(line, column, end);
      }
    }
    return end;
  }

  /** A run of empty cells of one background: erased in that colour and passed over. Says where it ends. */
  #empty(line: ScreenLine, start: number, end: number): number {
    const look = erasedLook(this.#cell);
    let column = start;
    while (column < end) {
      line.loadCell(column, this.#cell);
      const isEmpty = this.#cell.getChars() === '' && this.#cell.getWidth() > 0;
      if (!isEmpty || erasedLook(this.#cell).bg !== look.bg) break;
      column += 1;
    }
    return this.#blank(look, start, column);
  }

  /** Erases columns in the colour of a look, and passes over them. Gives `end`. */
  #blank(look: Look, start: number, end: number): number {
    if (look.bg !== 0) {
      this.look(look);
      this.push(`\u001b[${end - start}X`);
    }
    this.push(`\u001b[${end - start}C`);
    return end;
  }

  /** How many columns of a line can be seen: in the alternate screen xterm keeps those that were there when it was wider. */
  #lengthOf(line: ScreenLine): number {
    return Math.min(line.length, this.#columns);
  }

  /** Goes on in the next line as text does that ran out of columns. `end`: so many columns of the line are written. */
  #wrap(line: ScreenLine, next: ScreenLine, end: number): void {
    const length = this.#lengthOf(line);
    line.loadCell(length - 1, this.#cell);
    // Only behind a whole character does the cursor stand past the last column; elsewhere blanks lead there, and go again.
    const isWhole =
      this.#cell.getWidth() === 0 || (this.#cell.getWidth() === 1 && this.#cell.getChars() !== '');
    const isFull = end >= length && isWhole;
    const blanks = isFull ? 0 : Math.max(1, length - end);
    const start = length - blanks + 1;
    if (blanks > 0) this.push(`\u001b[${start}G`, ' '.repeat(blanks));
    const erased = erasedLook(this.#cell);
    this.push(' \r');
    next.loadCell(0, this.#cell);
    if (this.#cell.getChars() === '') this.push('\u001b[X');
    if (blanks === 0) return;
    this.push(`\u001b[A\u001b[${start}G`);
    this.look(erased);
    this.push(`\u001b[${blanks}X`);
    this.look(plainLook);
    this.push('\u001b[B\r');
  }
}
