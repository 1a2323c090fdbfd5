import headless, { type Terminal } from '@xterm/headless';
import { describe, expect, test } from 'vitest';
import { TerminalMirror } from '../../../../main/terminal/process/mirror/mirror.ts';
import { partsOf } from '../../../../main/terminal/process/mirror/xterm-parts.ts';
import { keepAlternateScreenBare } from '../../../../preload/contract/terminal-screens.ts';
import { likenessOf } from '../../../support/terminal-likeness.ts';

const parse = (terminal: Terminal, text: string | Uint8Array): void =>
  partsOf(terminal)._inputHandler.parse(text);
const newTerminal = (cols = 20, rows = 6): Terminal =>
  new headless.Terminal({ cols, rows, scrollback: 30, allowProposedApi: true, logLevel: 'off' });
const newMirror = (): TerminalMirror =>
  new TerminalMirror(30, { answer: () => undefined, caughtUp: () => undefined });

function stateAfter(sequence: string, cols = 20, rows = 6): Uint8Array {
  const mirror = newMirror();
  mirror.resize(cols, rows);
  mirror.write(Buffer.from(sequence));
  const { bytes } = mirror.state();
  mirror.dispose();
  return bytes;
}
function restored(bytes: Uint8Array, cols = 20, rows = 6): Terminal {
  const terminal = newTerminal(cols, rows);
  parse(terminal, bytes);
  return terminal;
}
const textAfter = (sequence: string): string => Buffer.from(stateAfter(sequence)).toString();
const lineOf = (terminal: Terminal, row: number): string =>
  (terminal.buffer.active.getLine(row)?.translateToString(true) ?? '').trimEnd();
/** Where tabs lead to, from the first column on. */
function stopsOf(terminal: Terminal): number[] {
  parse(terminal, '\r');
  const stops: number[] = [];
  for (;;) {
    parse(terminal, '\t');
    const { cursorX } = terminal.buffer.active;
    if (cursorX === stops.at(-1)) return stops;
    stops.push(cursorX);
  }
}

describe('a screen that is shown again', () => {
  const wide = '漢';
  test.each([
    // A character without a width that stands by itself.
    'ab\u001b[1;3H\u0301',
    '\u0301',
    // What a run over the end of a line left, and what was taken from it.
    `${'x'.repeat(20)}yz\u001b[2;1H\u001b[X`,
    `${'x'.repeat(20)}yz\u001b[2;1H\u001b[41m\u001b[2X`,
    `${'x'.repeat(20)}yz\u001b[1;11H\u001b[K\u001b[2;3H`,
    `${'x'.repeat(20)}yz\u001b[1;20H\u001b[X\u001b[2;3H`,
    `${wide.repeat(10)}yz\u001b[1;19H\u001b[X\u001b[2;3H`,
    // Colours that begin and end in the middle of a line.
    'ab\u001b[41m\u001b[3X',
    'ab\u001b[41m\u001b[3X\u001b[1;6Hc',
    'ab\u001b[41m\u001b[3X\u001b[1;6H\u001b[42m\u001b[2X\u001b[0m\u001b[1;12Hd',
    `\u001b[41m${wide.repeat(10)}`,
    // The place before the cursor.
    'ab\u001b[1;2H',
    'abc\u001b[1;4H',
    `${wide}\u001b[1;3H`,
    `${'x'.repeat(20)}\u001b[1;20H`,
    // Written in front of what stands there.
    '\u001b[4hxyz\u001b[1;1Hab',
    `\u001b[4hxyz\u001b[1;1H${wide}`,
    // A character at the end of a line, and then another set of characters.
    `${'x'.repeat(19)}e\u0301\u001b(0`,
    `${'x'.repeat(19)}q\u001b)0\u000e`,
    '\u001b(0q',
    // A cursor that was saved on the other screen, which is left and comes again.
    'ab\u001b[?1049hcd\u001b[?1049hef\u001b[?1049lgh',
    '\u001b[?1049hab\u001b[41m\u001b(0\u001b7\u001b[?1049l',
  ])('is as it was, and goes on alike: %j', (sequence) => {
    const stayed = newTerminal();
    parse(stayed, sequence);
    const bytes = stateAfter(sequence);
    // Each goes on from the same state: with an accent, a repetition, an ordinary character.
    for (const next of ['', '\u0301', '\u001b[2b', 'Z']) {
      const came = restored(bytes);
      const other = newTerminal();
      parse(other, sequence);
      for (const terminal of [came, other]) parse(terminal, next);
      expect(likenessOf(came)).toEqual(likenessOf(other));
    }
  });

  test.each([
    ['all of it was erased', `${'x'.repeat(20)}\u001b[1K`, ''],
    ['all of it was erased in a colour', `${'x'.repeat(20)}\u001b[41m\u001b[1K\u001b[0m`, ''],
    ['it was erased from a character on', `ab${'x'.repeat(18)}\u001b[3P`, 'ab'],
  ])('has its cursor behind the last column, where %s', (_how, sequence) => {
    const stayed = newTerminal();
    parse(stayed, sequence);
    const came = restored(stateAfter(sequence));
    expect(came.buffer.active.cursorX).toBe(stayed.buffer.active.cursorX);
    const background = (terminal: Terminal): number | undefined =>
      terminal.buffer.active.getLine(0)?.getCell(19)?.getBgColor();
    expect(background(came)).toBe(background(stayed));
    for (const terminal of [came, stayed]) parse(terminal, 'Z');
    for (const row of [0, 1]) expect(lineOf(came, row)).toBe(lineOf(stayed, row));
  });

  // In the alternate screen xterm cuts nothing off when it becomes narrower: it shows fewer columns of what is there.
  test.each([
    ['\u001b[?1049h0123456789abcdefghij\r\nbelow', 10],
    ['\u001b[?1049h0123456789abcdefghij\u001b[1;1H\u001b[Kshort\r\nbelow', 10],
    ['\u001b[?1049h0123456789abcdefghijklm\r\nbelow', 12],
    [`\u001b[?1049h${'x'.repeat(18)}${wide}\r\nbelow`, 19],
    [`\u001b[?1049h\u001b[44m${'x'.repeat(18)}${wide}\u001b[0m\r\nbelow`, 19],
    [`\u001b[?1049h${'x'.repeat(18)}${wide}${wide}cd`, 19],
    [`\u001b[?1049h${'x'.repeat(18)}${wide}`, 18],
    [`${'x'.repeat(18)}${wide}`, 19],
    [`${'x'.repeat(18)}${wide}${wide}\r\nbelow`, 19],
  ])('that became narrower shows what is left of its lines: %j at %i columns', (sequence, cols) => {
    const stayed = newTerminal();
    parse(stayed, sequence);
    stayed.resize(cols, 6);
    const mirror = newMirror();
    mirror.resize(20, 6);
    mirror.write(Buffer.from(sequence));
    mirror.resize(cols, 6);
    const came = restored(mirror.state().bytes, cols);
    expect(likenessOf(came)).toEqual(likenessOf(stayed));
    for (const terminal of [came, stayed]) parse(terminal, 'Z');
    expect(likenessOf(came)).toEqual(likenessOf(stayed));
  });

  // Of 64 KB the beginning is not kept: what stands for it is passed over, and ends where it does.
  test.each([
    ['a command that ends with BEL', '\u001b]0;', '\u0007'],
    ['a command that ends with ST', '\u001b]0;', '\u001b\\'],
    ['a device control string', '\u001bPq', '\u001b\\'],
    ['a privacy message', '\u001b^', '\u001b\\'],
    ['a control sequence', '\u001b[', 'm'],
  ])('in the middle of %s that is endless goes on behind it', (_, begin, end) => {
    const mirror = newMirror();
    mirror.resize(20, 6);
    mirror.write(Buffer.from(`shown${begin}${'1'.repeat(80 * 1024)}`));
    const came = restored(mirror.state().bytes);
    parse(came, `1${end} on`);
    expect(lineOf(came, 0)).toBe('shown on');
    expect(came.buffer.active.getLine(0)?.getCell(6)?.isBold()).toBe(0);
  });

  test.each([
    // What xterm 6.0 does by itself: where this fails, nothing has to be kept bare any more.
    ['as it is made', false],
    ['kept bare', true],
  ])('of a program keeps no line that scrolled away, in a terminal that became shorter: %s', (_, isBare) => {
    const terminal = newTerminal(20, 12);
    if (isBare) keepAlternateScreenBare(terminal);
    terminal.resize(20, 6);
    parse(terminal, `\u001b[?1049h\u001b[4;1H\u001b7${'\r\n'.repeat(4)}`);
    expect(terminal.buffer.alternate.baseY).toBe(isBare ? 0 : 2);
    parse(terminal, '\u001b8');
    expect(terminal.buffer.alternate.cursorY).toBe(isBare ? 3 : 1);
  });

  test('knows which links are one', () => {
    const end = '\u001b]8;;\u001b\\';
    const named = '\u001b]8;id=7;https://a.example/\u001b\\';
    const plain = '\u001b]8;;https://a.example/\u001b\\';
    expect(textAfter(`${named}li${end} ${named}nk${end}`).split(named)).toHaveLength(3);
    expect(textAfter(`${plain}link${end}`)).toContain(plain);
  });

  test.each([
    [10, '10'],
    [12, '12'],
    [11, '11'],
  ])('has the colour of its text, cursor and background: %i', (set, name) => {
    expect(textAfter(`\u001b]${set};#102030\u0007`)).toContain(`\u001b]${name};rgb:10/20/30\u001b\\`);
  });
});

describe('the tab stops', () => {
  test.each<[string, number[]]>([
    ['', [8, 16, 19]],
    ['\u001b[3g', [19]],
    // As many as a new terminal has, at other places.
    ['\u001b[3g\u001b[1G\u001bH\u001b[5G\u001bH\u001b[17G\u001bH', [4, 16, 19]],
    ['\u001b[3g\u001b[5G\u001bH\u001b[10G\u001bH\u001b[15G\u001bH', [4, 9, 14, 19]],
    ['\u001b[17G\u001b[g', [8, 19]],
    ['\u001b[5G\u001bH', [4, 8, 16, 19]],
  ])('are where a program set them: %j', (sequence, stops) => {
    expect(stopsOf(restored(stateAfter(sequence)))).toEqual(stops);
  });

  test('of a terminal that was wider are those that it has now', () => {
    const mirror = newMirror();
    mirror.resize(40, 6);
    mirror.state();
    mirror.resize(24, 6);
    const { bytes } = mirror.state();
    expect(stopsOf(restored(bytes, 24))).toEqual([8, 16, 23]);
    const { tabs } = partsOf(restored(bytes, 24))._bufferService.buffers.normal;
    expect(Object.keys(tabs).map(Number)).toEqual([0, 8, 16]);
  });

  test('of the other screen are its own', () => {
    const came = restored(stateAfter('\u001b[3g\u001b[5G\u001bH\u001b[?1049h\u001b[3g\u001b[7G\u001bH'));
    expect(stopsOf(came)).toEqual([6, 19]);
    parse(came, '\u001b[?1049l');
    expect(stopsOf(came)).toEqual([4, 19]);
  });
});

describe('the region that scrolls', () => {
  test.each([
    ['2;5', 'abcdef'],
    ['1;5', 'abcdef'],
    ['2;6', 'abcdef'],
  ])('is that which the program set: %s', (region, letters) => {
    const sequence = `${Array.from(letters).join('\r\n')}\u001b[${region}r`;
    const came = restored(stateAfter(sequence));
    const [top = 0, bottom = 0] = region.split(';').map(Number);
    parse(came, `\u001b[${bottom};1H\nX`);
    const expected = Array.from(letters);
    expected.splice(top - 1, 1);
    expected.splice(bottom - 1, 0, 'X');
    const { baseY } = came.buffer.active;
    expect(expected.map((_, row) => lineOf(came, baseY + row))).toEqual(expected);
  });
});
