import { escapeSequence } from '../../../preload/contract/visible-text.ts';
import {
  deleteCells,
  eraseCells,
  eraseInLine,
  eraseInScreen,
  insertCells,
  lookOf,
  moveColumns,
  moveRows,
  moveTo,
  newScreen,
  restoreCursor,
  saveCursor,
  scroll,
  setRegion,
  shiftLines,
  tab,
  readLook,
  textOf,
  textWithLooks,
  toNextRow,
  toRowBefore,
  write,
  type Screen,
} from './screen.ts';

/** A terminal as high as most are, and the highest that is believed. */
const screenLines = 24;
const maxScreenLines = 300;

const escape = '\u001B';
const sequence = new RegExp(escapeSequence, 'uy');
const movesOrErases = /(?!\n)\p{Cc}/u;
const plainRun = /\P{Cc}+/uy;
/** Commands that name a row: a place, or the lines that scroll. */
const rowCommand = new RegExp(`(?:${escape}\\[|\u009B)(?:(\\d*)(?:;\\d*)?[Hfd]|\\d*;(\\d+)r)`, 'gu');

/**
 * What a terminal shows of an output in the end: a carriage return and a backspace are overwritten, what was erased is
 * gone, colours and other escape sequences are left out. Lines are as long as they are: nothing wraps.
 */
export function terminalText(output: string): string {
  if (!movesOrErases.test(output)) return output;
  return trimmed(textOf(screenOf(output)));
}

/** The same with its colours, as `textWithLooks` marks them. */
export function colouredText(output: string): string {
  if (!movesOrErases.test(output)) return output;
  return trimmed(textWithLooks(screenOf(output)));
}

const trimmed = (text: string): string => text.replace(/\n+$/, '\n');

function screenOf(output: string): Screen {
  const screen = newScreen(heightFor(output));
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
    const { parameters = '', intermediates = '', final, short } = found.groups ?? {};
    if (final !== undefined && intermediates === '') command(screen, final, parameters);
    if (short !== undefined) shortCommand(screen, short);
    index += Math.max(1, found[0].length);
  }
  return screen;
}

/** How high the terminal was that an output was made for: no lower than the lowest row that it names. */
function heightFor(output: string): number {
  let height = screenLines;
  for (const [, place, last] of output.matchAll(rowCommand)) {
    const row = Number(place ?? last);
    if (row <= maxScreenLines) height = Math.max(height, row);
  }
  return height;
}

function obey(screen: Screen, character: string): void {
  switch (character) {
    case '\n':
    case '\v':
    case '\f':
    case '\u0085':
      screen.column = 0;
      toNextRow(screen);
      return;
    case '\u0084':
      toNextRow(screen);
      return;
    case '\r':
      screen.column = 0;
      return;
    case '\b':
      moveColumns(screen, -1);
      return;
    case '\t':
      tab(screen);
      return;
    default:
    // A bell, a shift: heard or obeyed, and never seen.
  }
}

function shortCommand(screen: Screen, final: string): void {
  switch (final) {
    case '7':
      saveCursor(screen);
      return;
    case '8':
      restoreCursor(screen);
      return;
    case 'E':
      screen.column = 0;
      toNextRow(screen);
      return;
    case 'D':
      toNextRow(screen);
      return;
    default:
      toRowBefore(screen);
  }
}

/** The commands that move the cursor, move text or erase; all others change what is not shown here. */
function command(screen: Screen, final: string, parameters: string): void {
  // Private ones are others, but for those that erase.
  if (/^[<-?]/.test(parameters) && !/[JK]/.test(final)) return;
  const [first = 0, second = 0] = parameters
    .replace(/^\?/, '')
    .split(';')
    .map((text) => Number.parseInt(text, 10) || 0);
  const count = Math.max(1, first);
  switch (final) {
    case 'A':
    case 'F':
      moveRows(screen, -count, true);
      if (final === 'F') screen.column = 0;
      return;
    case 'B':
    case 'E':
      moveRows(screen, count, true);
      if (final === 'E') screen.column = 0;
      return;
    case 'e':
      moveRows(screen, count, false);
      return;
    case 'C':
    case 'a':
      moveColumns(screen, count);
      return;
    case 'D':
      moveColumns(screen, -count);
      return;
    case 'G':
    case '`':
      moveColumns(screen, -screen.column);
      moveColumns(screen, count - 1);
      return;
    case 'd':
      moveTo(screen, count - 1);
      return;
    case 'H':
    case 'f':
      moveTo(screen, count - 1, second - 1);
      return;
    case 'J':
      eraseInScreen(screen, first);
      return;
    case 'K':
      eraseInLine(screen, first);
      return;
    case 'X':
      eraseCells(screen, count);
      return;
    case 'P':
      deleteCells(screen, count);
      return;
    case '@':
      insertCells(screen, count);
      return;
    case 'L':
      shiftLines(screen, -count);
      return;
    case 'M':
      shiftLines(screen, count);
      return;
    case 'S':
      scroll(screen, screen.region.first, count);
      return;
    case 'T':
      scroll(screen, screen.region.first, -count);
      return;
    case 'r':
      setRegion(screen, count - 1, (second === 0 || second > screen.height ? screen.height : second) - 1);
      return;
    case 'm':
      setLook(screen, parameters);
      return;
    case 's':
      saveCursor(screen);
      return;
    case 'u':
      restoreCursor(screen);
      return;
    default:
  }
}

/** Changes how what comes looks (SGR): its colour of sixteen, and whether it is bold. All else is not shown. */
function setLook(screen: Screen, parameters: string): void {
  let { colour, isBold } = readLook(screen.look);
  const codes = parameters.split(/[;:]/).map((text) => Number.parseInt(text, 10) || 0);
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0;
    if (code === 0) {
      colour = null;
      isBold = false;
    } else if (code === 1) isBold = true;
    else if (code === 22) isBold = false;
    else if (code === 39) colour = null;
    else if (code >= 30 && code <= 37) colour = code - 30;
    else if (code >= 90 && code <= 97) colour = code - 90 + 8;
    else if (code === 38 || code === 48) {
      // A colour of 256 (5;n) or any other (2;r;g;b): its parameters are no codes.
      const [kind, first = 0] = codes.slice(index + 1);
      if (code === 38) colour = kind === 5 && first < 16 ? first : null;
      index += kind === 5 ? 2 : kind === 2 ? 4 : 0;
    }
  }
  screen.look = lookOf(colour, isBold);
}
