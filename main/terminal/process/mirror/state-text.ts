import type { Terminal } from '@xterm/headless';
import { erasedLook, isSameLook, lookOf, plainLook } from './look.ts';
import { ScreenWriter } from './rows.ts';
import { partsOf, type Cell, type Charset, type ScreenBuffer, type XtermParts } from './xterm-parts.ts';

/** The name of a character set, as the escape sequence that chooses it has it. */
type CharsetNames = (charset: Charset | undefined) => string;

/** How much of a terminal's state is said. */
export interface StateShare {
  /** So many of the lines above the screen at most: the last ones. */
  readonly historyLines: number;
  /** Another state follows soon: this one is looked at, drawn at once, and not gone on from. */
  readonly isPassing: boolean;
}

/** All of it. */
export const wholeShare: StateShare = { historyLines: Number.POSITIVE_INFINITY, isPassing: false };

const tabWidth = 8;
const mouseModes: Readonly<Record<string, number>> = { X10: 9, VT200: 1000, DRAG: 1002, ANY: 1003 };
const mouseEncodings: Readonly<Record<string, number>> = { SGR: 1006, SGR_PIXELS: 1016 };
const cursorStyles = { block: 1, underline: 3, bar: 5 };
const designators = ['(', ')', '*', '+'];
const shifts = ['\u000f', '\u000e', '\u001bn', '\u001bo'];

/**
 * A terminal's state as what a program would have sent: an empty terminal of the same size that parses it is
 * in the same state. It asks for nothing. Left out: title and colours, of which xterm keeps no record in a terminal
 * without a screen, and half a sequence that the next bytes complete. An empty cell before a cursor behind the last column
 * becomes a blank: only what is written leads there. Made in steps of some lines each, between which the
 * terminal has to stay as it is.
 */
export function* stateText(
  terminal: Terminal,
  charsetName: CharsetNames,
  { historyLines, isPassing }: StateShare,
): Generator<void, { readonly text: string; readonly isWhole: boolean }> {
  const parts = partsOf(terminal);
  const { normal, alt, active } = parts._bufferService.buffers;
  const writer = new ScreenWriter(parts, terminal.buffer.active.getNullCell() as Cell, terminal.cols);
  const size = { columns: terminal.cols, rows: terminal.rows };
  const firstRow = Math.max(0, normal.lines.length - terminal.rows - historyLines);
  yield* writer.lines(normal, firstRow);
  screenSettings(writer, normal, size, charsetName);
  if (active === alt) {
    writer.push('\u001b[?47h\u001b[H');
    yield* writer.lines(alt, 0);
    screenSettings(writer, alt, size, charsetName);
  } else if (!isSavedAsNew(alt)) {
    // Leaving the other screen empties it, and leaves it its saved cursor.
    writer.push('\u001b[?47h');
    screenSettings(writer, alt, size, charsetName);
    writer.push('\u001b[?47l');
  }
  charsets(writer, parts, charsetName);
  writer.push(...modeSequences(terminal, parts, isPassing));
  cursor(writer, terminal, parts, charsetName);
  return { text: writer.text, isWhole: firstRow === 0 };
}

/** Whether a screen's saved cursor is that of a new terminal. */
const isSavedAsNew = ({ savedX, savedY, savedCurAttrData, savedCharset }: ScreenBuffer): boolean =>
  savedX === 0 &&
  savedY === 0 &&
  savedCharset === undefined &&
  isSameLook(lookOf(savedCurAttrData), plainLook);

/** A screen's tab stops, saved cursor and scroll region. */
function screenSettings(
  writer: ScreenWriter,
  buffer: ScreenBuffer,
  size: { readonly columns: number; readonly rows: number },
  charsetName: CharsetNames,
): void {
  const tabs = Object.keys(buffer.tabs)
    .map(Number)
    .filter((column) => column < size.columns);
  if (tabs.length !== Math.ceil(size.columns / tabWidth) || tabs.some((column) => column % tabWidth !== 0)) {
    writer.push('\u001b[3g', ...tabs.map((column) => `\u001b[${column + 1}G\u001bH`));
  }
  const { savedX, savedY, savedCurAttrData, savedCharset } = buffer;
  const row = Math.max(0, Math.min(size.rows - 1, savedY - buffer.ybase));
  writer.push(`\u001b[${row + 1};${savedX + 1}H`);
  writer.look({ ...lookOf(savedCurAttrData), urlId: 0 });
  writer.push(`\u001b(${charsetName(savedCharset)}\u001b7\u001b(B`);
  writer.look(plainLook);
  if (buffer.scrollTop !== 0 || buffer.scrollBottom !== size.rows - 1) {
    writer.push(`\u001b[${buffer.scrollTop + 1};${buffer.scrollBottom + 1}r`);
  }
}

function charsets(
  writer: ScreenWriter,
  { _charsetService: service }: XtermParts,
  charsetName: CharsetNames,
): void {
  writer.push(designations(service, charsetName));
  // A restored cursor brings its own set along, whatever is designated.
  if (service.charset !== service._charsets[service.glevel]) writer.push('\u001b8\u001b[0m');
}

/** Chooses the sets of characters, and which of them is in use. */
function designations(service: XtermParts['_charsetService'], charsetName: CharsetNames): string {
  const chosen = designators.map((designator, index) => {
    const charset = service._charsets[index];
    return charset === undefined ? '' : `\u001b${designator}${charsetName(charset)}`;
  });
  return [...chosen, shifts[service.glevel] ?? ''].join('');
}

/** Sets colours other than the theme's: 0 to 255 of the palette, 256 text, 257 background, 258 cursor. */
export function colourSequences(
  colours: ReadonlyMap<number, readonly [number, number, number]>,
): readonly string[] {
  return [...colours].map(([index, rgb]) => {
    const name = index < 256 ? `4;${index}` : String(index - 246);
    return `\u001b]${name};rgb:${rgb.map((value) => value.toString(16).padStart(2, '0')).join('/')}\u001b\\`;
  });
}

/**
 * Every mode that is not as a new terminal has it, and whether what is written is drawn at once, which a view may have turned
 * off before all this. The cursor may move.
 */
function modeSequences(terminal: Terminal, parts: XtermParts, isPassing: boolean): readonly string[] {
  const { decPrivateModes: modes, modes: ansi, isCursorHidden } = parts.coreService;
  const { activeProtocol, activeEncoding } = parts.coreMouseService;
  const mouse = [mouseModes[activeProtocol], mouseEncodings[activeEncoding]];
  const on = [
    modes.applicationCursorKeys && 1,
    modes.origin && 6,
    modes.reverseWraparound && 45,
    modes.bracketedPasteMode && 2004,
    modes.sendFocus && 1004,
    ...mouse,
  ].filter((mode) => typeof mode === 'number');
  const style = modes.cursorStyle === undefined ? 0 : cursorStyles[modes.cursorStyle];
  return [
    `\u001b[?2026${modes.synchronizedOutput && !isPassing ? 'h' : 'l'}`,
    ...on.map((mode) => `\u001b[?${mode}h`),
    ...(modes.wraparound ? [] : ['\u001b[?7l']),
    ...(isCursorHidden ? ['\u001b[?25l'] : []),
    ...(modes.applicationKeypad ? ['\u001b='] : []),
    ...(ansi.insertMode ? ['\u001b[4h'] : []),
    ...(terminal.options.convertEol === true ? ['\u001b[20h'] : []),
    ...(style === 0 ? [] : [`\u001b[${style + (modes.cursorBlink === true ? 0 : 1)} q`]),
  ];
}

/** The cursor's place and the look of what comes, also behind the last column, and after a character that may be joined. */
function cursor(
  writer: ScreenWriter,
  terminal: Terminal,
  parts: XtermParts,
  charsetName: CharsetNames,
): void {
  const { active: buffer } = parts._bufferService.buffers;
  const { decPrivateModes: modes, modes: ansi } = parts.coreService;
  const look = lookOf(parts._inputHandler._curAttrData);
  const row = buffer.y + 1 - (modes.origin ? buffer.scrollTop : 0);
  const place = (column: number): string => `\u001b[${row};${column + 1}H`;
  const isJoining = parts._inputHandler._parser.precedingJoinState !== 0;
  const line = buffer.lines.get(buffer.ybase + buffer.y);
  const cell = terminal.buffer.active.getNullCell() as Cell;
  if (line !== undefined && buffer.x > 0 && (buffer.x >= terminal.cols || isJoining)) {
    let column = Math.min(buffer.x, terminal.cols) - 1;
    line.loadCell(column, cell);
    if (cell.getWidth() === 0 && cell.getChars() === '' && column > 0) line.loadCell((column -= 1), cell);
    const isErased = cell.getChars() === '';
    const width = Math.max(1, cell.getWidth());
    // What stands before the cursor is written again: the only way to stand behind the last column.
    if (column + width === buffer.x && (!isErased || buffer.x >= terminal.cols)) {
      writer.push(place(column));
      writer.look(isErased ? erasedLook(cell) : lookOf(cell));
      // In insert mode it would push the line on.
      if (ansi.insertMode) writer.push(`\u001b[${width}P`);
      const { _charsetService: service } = parts;
      // What is ASCII on the screen would be another character of the set that is in use.
      const isOfOtherSet = service.charset !== undefined && !isErased && cell.getChars() < '\u007f';
      if (isOfOtherSet) writer.push('\u001b(B\u000f');
      writer.push(isErased ? ' ' : cell.getChars());
      if (isOfOtherSet) writer.push(designations(service, charsetName));
      writer.look(look);
      return;
    }
  }
  writer.push(place(buffer.x));
  writer.look(look);
}
