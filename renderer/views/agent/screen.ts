/** As far as a cursor moves by itself: an output may ask for any number of columns. */
const farthestColumn = 1_000;
const tabColumns = 8;
/** What a look begins with. */
export const lookMark = '\u001B';
/** Colours of the palette; one more stands for none. */
const colours = 16;
const firstLook = 0x41;
/** The mark that ends a look. */
const plainLook = `${lookMark}@`;
const ascii = /^[ -~]*$/;
/** A cluster, such as an emoji of several characters, lies in one cell. */
const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * One line as cells, each a character behind its look (`lookOf`). Undefined: nothing was ever written there. A tab is followed by empty cells up to its stop. */
interface Line {
  readonly cells: (string | undefined)[];
  hasTab: boolean;
}

/** Rows count from the first line of the output, and from the top of the screen where that is said. */
export interface Screen {
  readonly lines: Line[];
  /** As many lines as a cursor can go back to. */
  readonly height: number;
  /** Where the next character goes. */
  row: number;
  column: number;
  saved: { readonly row: number; readonly column: number };
  /** How what is written next looks: empty, or what `lookOf` gives. */
  look: string;
  /** The lines that scroll (DECSTBM), first and last, from the top of the screen. */
  region: { readonly first: number; readonly last: number };
}

/** A screen on which nothing was written. */
export function newScreen(height: number): Screen {
  return {
    lines: [newLine()],
    height,
    row: 0,
    column: 0,
    look: '',
    saved: { row: 0, column: 0 },
    region: { first: 0, last: height - 1 },
  };
}

/** What is on the screen and what went off its top, as text. */
export function textOf({ lines }: Screen): string {
  return lines.map(({ cells }) => textOfCells(cells)).join('\n');
}

/** The same with a look in front of each character that has another one than the character before it; `plainLook` ends it. */
export function textWithLooks({ lines }: Screen): string {
  return lines.map(({ cells }) => textOfCells(cells, true)).join('\n');
}

/** How a character looks, as a mark of two characters. No output can have it in a cell: it begins with a control. */
export function lookOf(colour: number | null, isBold: boolean): string {
  if (colour === null && !isBold) return '';
  return `${lookMark}${String.fromCharCode(firstLook + (colour ?? colours) + (isBold ? colours + 1 : 0))}`;
}

/** What a mark says: a colour of the palette or none, and whether it is bold. */
export function readLook(look: string): { readonly colour: number | null; readonly isBold: boolean } {
  const code = look.charCodeAt(1) - firstLook;
  if (!(code >= 0 && code < 2 * (colours + 1))) return { colour: null, isBold: false };
  const colour = code % (colours + 1);
  return { colour: colour === colours ? null : colour, isBold: code > colours };
}

function newLine(): Line {
  return { cells: [], hasTab: false };
}

function lineOf(screen: Screen): Line {
  while (screen.lines.length <= screen.row) screen.lines.push(newLine());
  return screen.lines[screen.row] ?? newLine();
}

/** The first line that is still on the screen. */
const topOf = ({ lines, height }: Screen): number => Math.max(0, lines.length - height);

/** Moves the cursor to a row from the top of the screen, and to a column where one is given; within the screen. */
export function moveTo(screen: Screen, row: number, column = screen.column): void {
  screen.row = topOf(screen) + Math.min(screen.height - 1, Math.max(0, row));
  screen.column = Math.min(farthestColumn - 1, Math.max(0, column));
}

/** Moves the cursor by columns. */
export function moveColumns(screen: Screen, by: number): void {
  if (by < 0) screen.column = Math.max(0, screen.column + by);
  else screen.column = Math.max(screen.column, Math.min(farthestColumn, screen.column + by));
}

/** Moves the cursor by rows; where `staysInRegion`, not out of the lines that scroll. */
export function moveRows(screen: Screen, by: number, staysInRegion: boolean): void {
  const { first, last } = screen.region;
  const row = screen.row - topOf(screen);
  const isAbove = row < first;
  const isBelow = row > last;
  const target = row + by;
  if (staysInRegion && by < 0 && !isAbove) moveTo(screen, Math.max(first, target));
  else if (staysInRegion && by > 0 && !isBelow) moveTo(screen, Math.min(last, target));
  else moveTo(screen, target);
}

/** Goes to the next row; at the last that scrolls, those above go up. */
export function toNextRow(screen: Screen): void {
  const top = topOf(screen);
  const { first, last } = screen.region;
  if (screen.row - top !== last) {
    moveTo(screen, screen.row - top + 1);
  } else if (first === 0) {
    // The first one leaves the screen, and stays.
    screen.lines.splice(top + last + 1, 0, newLine());
    screen.row += 1;
  } else {
    scroll(screen, first, 1);
  }
  lineOf(screen);
}

/** Goes to the row before; at the first that scrolls, those below go down. */
export function toRowBefore(screen: Screen): void {
  const row = screen.row - topOf(screen);
  if (row === screen.region.first) scroll(screen, row, -1);
  else moveTo(screen, row - 1);
}

/** Moves the lines from a row to the last that scrolls: up by `by`, or down where that is negative. */
export function scroll(screen: Screen, from: number, by: number): void {
  fillScreen(screen);
  const top = topOf(screen);
  const [gone, came] = by > 0 ? [from, screen.region.last] : [screen.region.last, from];
  for (let n = Math.min(Math.abs(by), screen.height); n > 0; n -= 1) {
    screen.lines.splice(top + gone, 1);
    screen.lines.splice(top + came, 0, newLine());
  }
}

/** Inserts lines at the cursor, or takes them away where `by` is positive; nothing outside of those that scroll. */
export function shiftLines(screen: Screen, by: number): void {
  const row = screen.row - topOf(screen);
  if (row < screen.region.first || row > screen.region.last) return;
  scroll(screen, row, by);
  screen.column = 0;
}

/** Has the lines from `first` to `last` scroll alone, and goes to the top; too few are none. */
export function setRegion(screen: Screen, first: number, last: number): void {
  if (last <= first) return;
  fillScreen(screen);
  screen.region = { first, last };
  moveTo(screen, 0, 0);
}

function fillScreen({ lines, height }: Screen): void {
  while (lines.length < height) lines.push(newLine());
}

/** Keeps where the cursor is. */
export function saveCursor(screen: Screen): void {
  screen.saved = { row: screen.row, column: screen.column };
}

/** Goes back to where the cursor was kept, or to the beginning. */
export function restoreCursor(screen: Screen): void {
  moveTo(screen, screen.saved.row - topOf(screen), screen.saved.column);
}

/** Writes characters that are no controls. */
export function write(screen: Screen, run: string): void {
  const line = lineOf(screen);
  if (screen.column < line.cells.length) spread(line);
  const parts = ascii.test(run) ? run : Array.from(clusters.segment(run), ({ segment }) => segment);
  for (const segment of parts) {
    while (line.cells.length < screen.column) line.cells.push(undefined);
    line.cells[screen.column] = screen.look + segment;
    screen.column += 1;
  }
}

/** Tabs become the spaces that they look like, so that single columns can be overwritten. */
function spread(line: Line): void {
  if (!line.hasTab) return;
  for (const [index, cell] of line.cells.entries()) {
    if (cell === '\t' || cell === '') line.cells[index] = ' ';
  }
  line.hasTab = false;
}

/** Goes to the next tab stop. At the end of a line the tab stays one, to be copied as such. */
export function tab(screen: Screen): void {
  const line = lineOf(screen);
  const stop = (Math.floor(screen.column / tabColumns) + 1) * tabColumns;
  if (screen.column === line.cells.length) {
    line.cells.push('\t');
    while (line.cells.length < stop) line.cells.push('');
    line.hasTab = true;
  }
  screen.column = stop;
}

/** Erases cells from the cursor on. */
export function eraseCells(screen: Screen, count: number): void {
  const { cells } = spreadLine(screen);
  cells.fill(undefined, screen.column, screen.column + count);
}

/** Takes cells away at the cursor; the rest of the line moves up. */
export function deleteCells(screen: Screen, count: number): void {
  spreadLine(screen).cells.splice(screen.column, count);
}

/** Inserts empty cells at the cursor. */
export function insertCells(screen: Screen, count: number): void {
  const { cells } = spreadLine(screen);
  if (screen.column >= cells.length) return;
  const empty = Array.from({ length: Math.min(count, farthestColumn) }, () => undefined);
  cells.splice(screen.column, 0, ...empty);
  cells.length = Math.min(cells.length, Math.max(farthestColumn, screen.column + 1));
}

function spreadLine(screen: Screen): Line {
  const line = lineOf(screen);
  spread(line);
  return line;
}

/** Erases in the line of the cursor (EL): behind it, up to it, or all. */
export function eraseInLine(screen: Screen, which: number): void {
  const { cells } = spreadLine(screen);
  if (which === 0) cells.length = Math.min(cells.length, screen.column);
  else if (which === 1) cells.fill(undefined, 0, screen.column + 1);
  else if (which === 2) cells.length = 0;
}

/** Erases in the screen (ED): behind the cursor, up to it, all, or what went off its top. */
export function eraseInScreen(screen: Screen, which: number): void {
  const top = topOf(screen);
  if (which === 3) {
    screen.lines.splice(0, top);
    screen.row -= top;
  }
  if (which > 2) return;
  const from = which === 0 ? screen.row + 1 : top;
  const to = which === 1 ? screen.row : screen.lines.length;
  for (let row = from; row < to; row += 1) screen.lines[row] = newLine();
  if (which !== 2) eraseInLine(screen, which);
}

/** Cells as text, without those at its end in which nothing was ever written. */
function textOfCells(cells: readonly (string | undefined)[], withLooks = false): string {
  const end = cells.findLastIndex((cell) => cell !== undefined) + 1;
  let look = '';
  let text = '';
  for (const cell of cells.slice(0, end)) {
    const own = cell?.startsWith(lookMark) === true ? cell.slice(0, 2) : '';
    if (withLooks && own !== look) text += own === '' ? plainLook : own;
    look = own;
    text += cell?.slice(own.length) ?? ' ';
  }
  return withLooks && look !== '' ? `${text}${plainLook}` : text;
}
