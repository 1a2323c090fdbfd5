/** As far as a cursor moves by itself: an output may ask for any number of columns. */
const farthestColumn = 1_000;
const tabColumns = 8;

/** The lines that a cursor can go back to: a terminal as high as most are. */
const screenLines = 24;

const escape = '\u001B';
const bell = '\u0007';
const end = '\u009C';
/**
 * Escape sequences (ECMA-48), as two characters or as one of C1: commands with their parameters, texts such as a
 * title, which end at the latest with their line, and charsets and others.
 */
export const escapeSequence =
  `(?:${escape}\\[|\u009B)(?<parameters>[0-?]*)[ -/]*(?<final>[@-~])` +
  `|(?:${escape}[\\]PX^_]|[\u0090\u0098\u009D-\u009F])[^${bell}\\n${escape}${end}]*(?:${bell}|${escape}\\\\|${end})?` +
  `|${escape}[ -/]*[0-~]?`;
const sequence = new RegExp(escapeSequence, 'uy');
const movesOrErases = /(?!\n)\p{Cc}/u;
const plainRun = /\P{Cc}+/uy;
const ascii = /^[ -~]*$/;
/** A cluster, such as an emoji of several characters, lies in one cell. */
const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** One line as cells. Undefined: nothing was ever written there. A tab is followed by empty cells up to its stop. */
interface Line {
  readonly cells: (string | undefined)[];
  hasTab: boolean;
}

/** Where the next character goes. */
interface Screen {
  readonly lines: Line[];
  row: number;
  column: number;
}

/**
 * What a terminal shows of an output in the end: a carriage return and a backspace are overwritten, what was erased is
 * gone, colours and other escape sequences are left out. Lines are as long as they are: nothing wraps.
 */
export function terminalText(output: string): string {
  if (!movesOrErases.test(output)) return output;
  const screen: Screen = { lines: [newLine()], row: 0, column: 0 };
  let index = 0;
  while (index < output.length) {
    plainRun.lastIndex = index;
    const run = plainRun.exec(output)?.[0];
    if (run !== undefined) {
      write(screen, run);
      index += run.length;
      continue;
    }
    sequence.lastIndex = index;
    const found = sequence.exec(output);
    if (found === null) {
      obey(screen, output.charAt(index));
      index += 1;
      continue;
    }
    if (found.groups?.['final'] !== undefined) {
      command(screen, found.groups['final'], found.groups['parameters'] ?? '');
    }
    index += Math.max(1, found[0].length);
  }
  return screen.lines
    .map(({ cells }) => textOfCells(cells))
    .join('\n')
    .replace(/\n+$/, '\n');
}

function newLine(): Line {
  return { cells: [], hasTab: false };
}

function lineOf(screen: Screen): Line {
  while (screen.lines.length <= screen.row) screen.lines.push(newLine());
  return screen.lines[screen.row] ?? newLine();
}

/** The first line that is still on the screen. */
function topOf({ lines }: Screen): number {
  return Math.max(0, lines.length - screenLines);
}

function toRow(screen: Screen, row: number): void {
  const top = topOf(screen);
  screen.row = Math.min(top + screenLines - 1, Math.max(top, row));
}

function write(screen: Screen, run: string): void {
  const line = lineOf(screen);
  if (screen.column < line.cells.length) spread(line);
  const parts = ascii.test(run) ? run : Array.from(clusters.segment(run), ({ segment }) => segment);
  for (const segment of parts) {
    while (line.cells.length < screen.column) line.cells.push(undefined);
    line.cells[screen.column] = segment;
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

function obey(screen: Screen, character: string): void {
  switch (character) {
    case '\n':
    case '\v':
    case '\f':
      screen.row += 1;
      screen.column = 0;
      lineOf(screen);
      return;
    case '\r':
      screen.column = 0;
      return;
    case '\b':
      screen.column = Math.max(0, screen.column - 1);
      return;
    case '\t':
      tab(screen);
      return;
    default:
    // A bell, a shift: heard or obeyed, and never seen.
  }
}

function tab(screen: Screen): void {
  const line = lineOf(screen);
  const stop = (Math.floor(screen.column / tabColumns) + 1) * tabColumns;
  if (screen.column === line.cells.length) {
    line.cells.push('\t');
    while (line.cells.length < stop) line.cells.push('');
    line.hasTab = true;
  }
  screen.column = stop;
}

/** The commands that move the cursor or erase; all others change what is not shown here. */
function command(screen: Screen, final: string, parameters: string): void {
  const [first = 0, second = 0] = parameters.split(';').map((text) => Number.parseInt(text, 10) || 0);
  const count = Math.max(1, first);
  switch (final) {
    case 'A':
    case 'F':
      toRow(screen, screen.row - count);
      if (final === 'F') screen.column = 0;
      return;
    case 'B':
    case 'E':
      toRow(screen, screen.row + count);
      if (final === 'E') screen.column = 0;
      return;
    case 'C':
      screen.column = Math.max(screen.column, Math.min(farthestColumn, screen.column + count));
      return;
    case 'D':
      screen.column = Math.max(0, screen.column - count);
      return;
    case 'G':
      screen.column = Math.min(farthestColumn, count) - 1;
      return;
    case 'H':
    case 'f':
      toRow(screen, topOf(screen) + count - 1);
      screen.column = Math.min(farthestColumn, Math.max(1, second)) - 1;
      return;
    case 'J':
      eraseInScreen(screen, first);
      return;
    case 'K':
      eraseInLine(lineOf(screen), screen.column, first);
      return;
    default:
  }
}

function eraseInLine(line: Line, column: number, which: number): void {
  spread(line);
  if (which === 0) line.cells.length = Math.min(line.cells.length, column);
  else if (which === 1) line.cells.fill(undefined, 0, column + 1);
  else if (which === 2) line.cells.length = 0;
}

function eraseInScreen(screen: Screen, which: number): void {
  if (which > 2) return;
  const isWhole = which === 2;
  const top = topOf(screen);
  for (const [row, line] of screen.lines.entries()) {
    if (row < top) continue;
    if (isWhole || (which === 0 ? row > screen.row : row < screen.row)) eraseInLine(line, 0, 2);
  }
  if (!isWhole) eraseInLine(lineOf(screen), screen.column, which);
}

/** Cells as text, without those at its end in which nothing was ever written. */
function textOfCells(cells: readonly (string | undefined)[]): string {
  const end = cells.findLastIndex((cell) => cell !== undefined) + 1;
  return cells
    .slice(0, end)
    .map((cell) => cell ?? ' ')
    .join('');
}
