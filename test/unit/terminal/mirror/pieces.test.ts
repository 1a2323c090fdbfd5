import headless, { type Terminal } from '@xterm/headless';
import { describe, expect, test } from 'vitest';
import { charsetName } from '../../../../main/terminal/process/mirror/charset-names.ts';
import { ColourTable } from '../../../../main/terminal/process/mirror/colours.ts';
import { HalfSequence } from '../../../../main/terminal/process/mirror/half-sequence.ts';
import {
  erasedLook,
  isSameLook,
  lookOf,
  lookSequence,
  plainLook,
} from '../../../../main/terminal/process/mirror/look.ts';
import { partsOf } from '../../../../main/terminal/process/mirror/xterm-parts.ts';
import { TerminalMirror } from '../../../../main/terminal/process/mirror/mirror.ts';
import { likenessOf } from '../../../support/terminal-likeness.ts';

const newTerminal = (cols = 20, rows = 6): Terminal =>
  new headless.Terminal({ cols, rows, scrollback: 30, allowProposedApi: true, logLevel: 'off' });
const parse = (terminal: Terminal, text: string | Uint8Array): void =>
  partsOf(terminal)._inputHandler.parse(text);

describe('a look', () => {
  const lookAfter = (sequence: string) => {
    const terminal = newTerminal();
    parse(terminal, sequence);
    return lookOf(partsOf(terminal)._inputHandler._curAttrData);
  };

  test.each([
    ['', '0'],
    ['\u001b[1m', '0;1'],
    ['\u001b[2m', '0;2'],
    ['\u001b[3m', '0;3'],
    ['\u001b[4m', '0;4:1'],
    ['\u001b[21m', '0;4:2'],
    ['\u001b[4:3m', '0;4:3'],
    ['\u001b[4:5m', '0;4:5'],
    ['\u001b[5m', '0;5'],
    ['\u001b[7m', '0;7'],
    ['\u001b[8m', '0;8'],
    ['\u001b[9m', '0;9'],
    ['\u001b[53m', '0;53'],
    ['\u001b[30m', '0;30'],
    ['\u001b[37m', '0;37'],
    ['\u001b[90m', '0;90'],
    ['\u001b[97m', '0;97'],
    ['\u001b[40m', '0;40'],
    ['\u001b[47m', '0;47'],
    ['\u001b[100m', '0;100'],
    ['\u001b[107m', '0;107'],
    ['\u001b[38;5;7m', '0;38;5;7'],
    ['\u001b[38;5;200m', '0;38;5;200'],
    ['\u001b[48;5;17m', '0;48;5;17'],
    ['\u001b[38;2;1;2;3m', '0;38;2;1;2;3'],
    ['\u001b[48;2;9;8;7m', '0;48;2;9;8;7'],
    ['\u001b[4;58:5:9m', '0;4:1;58:5:9'],
    ['\u001b[4;58:2::1:2:3m', '0;4:1;58:2::1:2:3'],
    ['\u001b[1;3;4;31;42m', '0;1;3;4:1;31;42'],
    // What a former colour leaves behind is no colour.
    ['\u001b[38;2;1;2;3m\u001b[39m', '0'],
    ['\u001b[48;2;1;2;3m\u001b[41m', '0;41'],
    ['\u001b[38;2;1;2;3m\u001b[38;5;9m', '0;38;5;9'],
    ['\u001b[4:3m\u001b[24m', '0'],
  ])('after %j is set by SGR %s, and is the same then', (sequence, codes) => {
    const look = lookAfter(sequence);
    expect(lookSequence(look)).toBe(`\u001b[${codes}m`);
    expect(isSameLook(lookAfter(lookSequence(look)), look)).toBe(true);
    expect(isSameLook(look, plainLook)).toBe(codes === '0');
  });

  test('that is protected is so again', () => {
    expect(lookSequence(lookAfter('\u001b[1"q\u001b[1m'))).toBe('\u001b[0;1m\u001b[1"q');
  });

  test('has its link apart', () => {
    const linked = lookAfter('\u001b]8;;https://a.example/\u001b\\');
    expect(linked.urlId).toBeGreaterThan(0);
    expect(lookAfter('').urlId).toBe(0);
    expect(isSameLook({ ...plainLook, urlId: 5 }, plainLook)).toBe(true);
  });

  test('differs by any of its parts', () => {
    for (const part of ['fg', 'bg', 'underline'] as const)
      expect(isSameLook({ ...plainLook, [part]: 1 }, plainLook)).toBe(false);
  });

  test('of what is erased is its background alone', () => {
    expect(lookSequence(erasedLook(lookAfter('\u001b[1;2;3;4;31;44m')))).toBe('\u001b[0;44m');
  });
});

describe('the colours that a program sets', () => {
  const setUp = () => {
    const answers: string[] = [];
    return { answers, table: new ColourTable('evorxa-dark', (text) => answers.push(text)) };
  };
  const ask = (...indexes: readonly number[]) => indexes.map((index) => ({ type: 0, index }) as const);

  test.each([
    [0, '4;0', '28/2e/39'],
    [16, '4;16', '00/00/00'],
    [17, '4;17', '00/00/5f'],
    [21, '4;21', '00/00/ff'],
    [22, '4;22', '00/5f/00'],
    [52, '4;52', '5f/00/00'],
    [59, '4;59', '5f/5f/5f'],
    [231, '4;231', 'ff/ff/ff'],
    [232, '4;232', '08/08/08'],
    [255, '4;255', 'ee/ee/ee'],
    [257, '11', '11/14/19'],
  ])('%i is told as it is at first', (index, name, channels) => {
    const { answers, table } = setUp();
    table.take(ask(index));
    const doubled = channels.split('/').map((channel) => channel + channel);
    expect(answers).toEqual([`\u001b]${name};rgb:${doubled.join('/')}\u001b\\`]);
  });

  test('text and cursor are of one colour, and asked for by their own numbers', () => {
    const { answers, table } = setUp();
    table.take(ask(256, 258));
    expect(answers).toEqual(['\u001b]10;rgb:e8e8/ebeb/f0f0\u001b\\', '\u001b]12;rgb:e8e8/ebeb/f0f0\u001b\\']);
  });

  test('are told as they were set, and as at first once they were taken back', () => {
    const { answers, table } = setUp();
    table.take([
      { type: 1, index: 16, color: [1, 2, 255] },
      { type: 1, index: 257, color: [9, 9, 9] },
      { type: 1, index: 255, color: [8, 8, 8] },
      { type: 1, index: 20 },
      ...ask(16),
    ]);
    expect(answers).toEqual(['\u001b]4;16;rgb:0101/0202/ffff\u001b\\']);
    expect([...table.changed.keys()]).toEqual([16, 257, 255]);
    table.take([{ type: 2, index: 16 }]);
    expect([...table.changed.keys()]).toEqual([257, 255]);
    // The palette alone.
    table.take([{ type: 2 }]);
    expect([...table.changed]).toEqual([[257, [9, 9, 9]]]);
    table.take([{ type: 2, index: 257 }]);
    expect(table.changed.size).toBe(0);
  });
});

describe('half a sequence', () => {
  const ground = 0;
  const command = 3;
  const title = 8;
  const after = (text: string | Buffer, state: number, isHalf = false): string => {
    const half = new HalfSequence();
    half.parsed(Buffer.from(text as string), state, isHalf);
    return half.begun().toString('latin1');
  };

  test.each([
    ['text', ground, ''],
    ['ab\u001b[1;3', command, '\u001b[1;3'],
    ['\u001b[2m\u001b[1', command, '\u001b[1'],
    // A control character within it was carried out already.
    ['\u001b[1\r\n;2', command, '\u001b[1;2'],
    ['\u001b]2;a\rb', title, '\u001b]2;a\rb'],
  ])('of %j in state %i is %j', (text, state, begun) => {
    expect(after(text, state)).toBe(begun);
  });

  test.each([0x90, 0x98, 0x9b, 0x9d, 0x9e, 0x9f])('may begin with the one control %i', (control) => {
    const text = Buffer.from(`ab${String.fromCharCode(control)}1`);
    expect(after(text, title)).toBe(text.subarray(2).toString('latin1'));
  });

  test.each([0x91, 0x9a, 0x9c, 0xa0])('does not begin with %i', (code) => {
    const text = `\u001b]2;${String.fromCharCode(code)}`;
    expect(after(text, title)).toBe(Buffer.from(text).toString('latin1'));
  });

  test.each([7, 8, 9, 10, 11, 12, 13])('in the string state %i keeps its control characters', (state) => {
    expect(after('\u001bPa\rb', state)).toBe('\u001bPa\rb');
  });

  test('of a character is its bytes so far', () => {
    expect(after(Buffer.from([0x61, 0xe6, 0xbc]), ground, true)).toBe('\u00e6\u00bc');
    expect(after(Buffer.from([0xf0, 0x9f, 0x99]), ground, true)).toBe('\u00f0\u009f\u0099');
    expect(after(Buffer.from([0x61, 0x62]), ground, true)).toBe('');
    expect(after(Buffer.from([0xc3, 0x62, 0x63, 0x64]), ground, true)).toBe('');
  });

  test('goes on over several chunks, and is forgotten once it is whole', () => {
    const half = new HalfSequence();
    half.parsed(Buffer.from('\u001b[1'), command, false);
    half.parsed(Buffer.from(';2'), command, false);
    expect(half.begun().toString()).toBe('\u001b[1;2');
    half.parsed(Buffer.from('m'), ground, false);
    expect(half.begun()).toHaveLength(0);
    half.parsed(Buffer.of(0xe6), ground, true);
    half.parsed(Buffer.of(0xbc), ground, true);
    expect(half.begun()).toEqual(Buffer.of(0xe6, 0xbc));
  });

  test('that is longer than what is kept is stood for by one that is passed over', () => {
    const half = new HalfSequence();
    half.parsed(Buffer.from(`\u001b]2;${'x'.repeat(64 * 1024 - 4)}`), title, false);
    expect(half.begun()).toHaveLength(64 * 1024);
    half.parsed(Buffer.from('y'), title, false);
    expect(half.begun().toString()).toBe('\u001b]!');
  });
});

test('a set of characters has the name by which it is chosen', () => {
  expect(charsetName(undefined)).toBe('B');
  expect(charsetName({})).toBe('B');
  for (const letter of Array.from('0A4C5RQKYE6ZH7=')) {
    const terminal = newTerminal();
    parse(terminal, `\u001b(${letter}`);
    const { charset } = partsOf(terminal)._charsetService;
    const again = newTerminal();
    parse(again, `\u001b(${charsetName(charset)}`);
    expect(partsOf(again)._charsetService.charset).toBe(charset);
  }
});

describe('what a program set is so in the state', () => {
  const wide = '漢';
  test.each([
    ...[1, 6, 7, 25, 45, 9, 1000, 1002, 1003, 1004, 1006, 1016, 2004, 2026].flatMap((mode) => [
      `\u001b[?${mode}h`,
      `\u001b[?${mode}l`,
    ]),
    '\u001b[?1000h\u001b[?1006h',
    '\u001b[?1003h\u001b[?1016h',
    ...[0, 1, 2, 3, 4, 5, 6].map((style) => `\u001b[${style} q`),
    '\u001b=',
    '\u001b[4h',
    '\u001b[20h',
    '\u001b[4h\u001b[1;20Hx',
    `\u001b[4h${wide.repeat(10)}`,
    '\u001b[3g',
    '\u001b[3g\u001b[5G\u001bH',
    '\u001b[9G\u001bH\u001b[4G\u001bH',
    '\u001b[2;5r',
    '\u001b[2;6r',
    '\u001b[1;5r',
    '\u001b[2;5r\u001b[?6h\u001b[2;3H',
    '\u001b[3;7H\u001b[31m\u001b(0\u001b7\u001b(B\u001b[0m\u001b[H',
    '\u001b)0\u000e',
    '\u001b*0\u001bn',
    '\u001b+A\u001bo',
    '\u001b(0\u001b7\u001b(B\u001b8',
    '\u001b[?47h\u001b[3;3Hother',
    'first\u001b[?1049h\u001b[2;4rx',
    'x'.repeat(20),
    'x'.repeat(21),
    'x'.repeat(45),
    wide.repeat(10),
    `x${wide.repeat(10)}`,
    `\u001b[41m${'x'.repeat(20)}\u001b[0m`,
    `\u001b[41m\u001b[K`,
    `a\u001b[41m\u001b[5Cb\u001b[K\u001b[0m\u001b[3;3Hc`,
    `${'x'.repeat(20)}y\u001b[A\u001b[K`,
    `${'x'.repeat(20)}y\u001b[A\u001b[41m\u001b[5G\u001b[K`,
    'e\u0301',
    'a\u001b[5Ce\u0301',
    `${'\r\n'.repeat(40)}last`,
    `${'x'.repeat(30)}\r\n`.repeat(30),
    `\u001b]8;;https://a.example/\u001b\\link\u001b]8;;\u001b\\ plain`,
    `\u001b]8;id=7;https://a.example/\u001b\\li\u001b]8;;\u001b\\nk`,
    'a\u001b[1;4;31mb\u001b[0mc\u001b[7md',
    'x\b',
    'xy\u001b[1;2H',
  ])('%j', (sequence) => {
    const stayed = newTerminal();
    parse(stayed, sequence);
    const mirror = new TerminalMirror(30, { answer: () => undefined, caughtUp: () => undefined });
    mirror.resize(20, 6);
    mirror.write(Buffer.from(sequence));
    const came = newTerminal();
    parse(came, mirror.state().bytes);
    mirror.dispose();
    expect(likenessOf(came)).toEqual(likenessOf(stayed));
    for (const terminal of [came, stayed]) parse(terminal, 'Z\u001b8Y\r\n\tX\u001b[bq');
    expect(likenessOf(came)).toEqual(likenessOf(stayed));
  });
});
