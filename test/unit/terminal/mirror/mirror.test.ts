import headless, { type Terminal } from '@xterm/headless';
import { useServerWidths } from '../../../../preload/contract/terminal-widths.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TerminalMirror, type TerminalState } from '../../../../main/terminal/process/mirror/mirror.ts';
import { likenessOf } from '../../../support/terminal-likeness.ts';
import { partsOf } from '../../../../main/terminal/process/mirror/xterm-parts.ts';

const columns = 20;
const rows = 6;
const scrollbackLines = 30;

interface Ear {
  readonly terminal: Terminal;
  readonly replies: string[];
  readonly parse: (bytes: Uint8Array | string) => void;
}

/** A terminal that nobody ever leaves. */
function newTerminal(size = { columns, rows }): Ear {
  const terminal = new headless.Terminal({
    cols: size.columns,
    rows: size.rows,
    scrollback: scrollbackLines,
    allowProposedApi: true,
    logLevel: 'off',
  });
  useServerWidths(terminal);
  const replies: string[] = [];
  terminal.onData((text) => replies.push(text));
  return { terminal, replies, parse: (bytes) => partsOf(terminal)._inputHandler.parse(bytes) };
}

function newMirror(size = { columns, rows }): {
  readonly mirror: TerminalMirror;
  readonly answers: string[];
} {
  const answers: string[] = [];
  const mirror = new TerminalMirror(scrollbackLines, {
    answer: (text) => answers.push(text),
    caughtUp: () => undefined,
  });
  mirror.resize(size.columns, size.rows);
  return { mirror, answers };
}

function isBehindNothing(terminal: Terminal): boolean {
  const { cursorX, cursorY, baseY } = terminal.buffer.active;
  const last = terminal.buffer.active.getLine(baseY + cursorY)?.getCell(terminal.cols - 1);
  return cursorX >= terminal.cols && last?.getChars() === '' && last.getWidth() > 0;
}

/**
 * A restored cursor (DECRC) ends an open link or a kind of underline for what is written next, and in xterm 6.0.0 the next
 * SGR that underlines brings it back: a view that comes in between leaves it ended.
 */
function isLinkSuspended(terminal: Terminal): boolean {
  const { bg, extended } = partsOf(terminal)._inputHandler._curAttrData;
  return (bg & 0x10000000) === 0 && (extended.urlId !== 0 || extended._ext !== 0);
}

/**
 * A link that is open and whose line is gone: xterm 6.0.0 forgets where it leads and keeps its number, and with it shows
 * the colour of an underline that is off. Nothing can be sent that makes this state.
 */
function isLinkForgotten(terminal: Terminal): boolean {
  const { _inputHandler, _oscLinkService } = partsOf(terminal);
  const { urlId } = _inputHandler._curAttrData.extended;
  return urlId !== 0 && _oscLinkService.getLinkData(urlId) === undefined;
}

/**
 * Xterm 6.0.0 forgets a link, also an open one, once every line is gone that it was opened or written on. An open link was
 * opened on the cursor's line in a view that came later: then one of the two can forget it where the other does not.
 */
const isLinkOpen = (terminal: Terminal): boolean =>
  partsOf(terminal)._inputHandler._curAttrData.extended.urlId !== 0;

function restored(state: TerminalState): Ear {
  const ear = newTerminal(state);
  ear.parse(state.bytes);
  return ear;
}

const n = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });
const csi = (final: string, max = 25): fc.Arbitrary<string> =>
  n(max).map((value) => `\u001b[${value}${final}`);
const words = fc.oneof(
  fc.stringMatching(/^[ -~]{1,30}$/),
  fc.constantFrom(
    '漢字かな',
    'e\u0301a\u0308',
    '\u0301',
    '🙂👩‍💻',
    '🇩🇪☰漢\u0301',
    '\u200d🫠\ufe0f',
    '─│┌┐',
    'größer',
    '\t',
    'x\bY',
    'qqqlxmj',
  ),
);
const looks = fc.constantFrom(
  ...[
    '0',
    '1',
    '2',
    '1;2',
    '3',
    '4',
    '4:3',
    '4:5;58:2::1:2:3',
    '5',
    '7',
    '8',
    '9',
    '53',
    '22',
    '24',
    '31',
    '92',
  ],
  ...['38;5;200', '38;2;1;2;3', '41', '103', '48;5;17', '48;2;9;8;7', '39', '49', '58:5:9', '21'],
);
const privateModes = fc.constantFrom(
  ...[1, 6, 7, 25, 45, 47, 1000, 1002, 1003, 1004, 1006, 1016, 1047, 1048, 1049, 2004, 9],
);
/** What vim, less, tmux and shells send, and what they could. */
const pieces: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: words },
  { weight: 4, arbitrary: fc.constantFrom('\r\n', '\n', '\r', '\u001bM', '\u001bD', '\u001bE') },
  { weight: 4, arbitrary: looks.map((look) => `\u001b[${look}m`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(privateModes, fc.constantFrom('h', 'l'))
      .map(([mode, end]) => `\u001b[?${mode}${end}`),
  },
  { weight: 3, arbitrary: fc.tuple(n(8), n(22)).map(([row, column]) => `\u001b[${row};${column}H`) },
  { weight: 2, arbitrary: fc.tuple(n(6), n(7)).map(([top, bottom]) => `\u001b[${top};${bottom}r`) },
  ...['A', 'B', 'C', 'D', 'G', 'L', 'M', 'P', '@', 'X', 'S', 'T', 'd', 'b'].map((final) => csi(final)),
  csi('K', 2),
  fc.constantFrom('\u001b[J', '\u001b[2J'),
  csi(' q', 6),
  fc.constantFrom(
    '\u001b7',
    '\u001b8',
    '\u001b[4h',
    '\u001b[4l',
    '\u001b[20h',
    '\u001b[20l',
    '\u001b=',
    '\u001b>',
  ),
  fc.constantFrom('\u001b(0', '\u001b(B', '\u001b)0', '\u001b)A', '\u000e', '\u000f', '\u001b*0', '\u001bn'),
  fc.constantFrom(
    '\u001b[3g',
    '\u001bH',
    '\u001b[g',
    '\u001b[1"q',
    '\u001b[0"q',
    '\u001b[!p',
    '\u001bc',
    '\u001b#8',
  ),
  fc.constantFrom(
    '\u001b]8;;https://a.example/\u001b\\link\u001b]8;;\u001b\\',
    '\u001b]8;id=1;https://b.example/\u0007',
    '\u001b]8;;\u0007',
    '\u001b]0;title\u0007',
    '\u001b]4;1;rgb:01/02/03\u001b\\',
    '\u001bP$qm\u001b\\',
    '\u001b[c',
    '\u001b[6n',
  ),
);
/** Smaller than a new terminal's 24 rows, as many, and more. */
const sizes = fc.constantFrom({ columns, rows }, { columns, rows: 24 }, { columns: 33, rows: 40 });
const stream = fc.array(pieces, { minLength: 1, maxLength: 60 }).map((all) => Buffer.from(all.join('')));

describe('the state of a terminal', () => {
  test('is that of one that was never left, wherever it is taken, and goes on alike', () => {
    fc.assert(
      fc.property(stream, fc.nat(), sizes, (bytes, at, size) => {
        const cut = at % (bytes.length + 1);
        const stayed = newTerminal(size);
        stayed.parse(bytes.subarray(0, cut));
        // Nothing leads behind a last column that was emptied since: a blank stands there then.
        fc.pre(!isBehindNothing(stayed.terminal));
        fc.pre(!isLinkSuspended(stayed.terminal) && !isLinkForgotten(stayed.terminal));
        const { mirror } = newMirror(size);
        mirror.write(bytes.subarray(0, cut));
        const came = restored(mirror.state());
        mirror.dispose();
        expect(likenessOf(came.terminal)).toEqual(likenessOf(stayed.terminal));
        expect(came.replies).toEqual([]);
        stayed.replies.length = 0;
        const options = { withLinks: !isLinkOpen(stayed.terminal) };
        stayed.parse(bytes.subarray(cut));
        came.parse(bytes.subarray(cut));
        expect(likenessOf(came.terminal, options)).toEqual(likenessOf(stayed.terminal, options));
        expect(came.replies).toEqual(stayed.replies);
      }),
      {
        numRuns: 300,
        examples: [
          // An accent that comes after the cut joins its letter, whatever that looks like.
          [Buffer.from('\u001b[38;2;1;2;3m\u001b[9me\u0301'), 18, { columns, rows }],
          [Buffer.from('\u001b]8;id=1;https://b.example/\u0007\u001b[10B\u001b[0M'), 30, { columns, rows }],
        ],
      },
    );
  });

  test('is the same where it rested in between, whenever that was', () => {
    fc.assert(
      fc.property(fc.array(stream, { minLength: 2, maxLength: 4 }), sizes, (chunks, size) => {
        const [awake, rested] = [newMirror(size).mirror, newMirror(size).mirror];
        for (const chunk of chunks) {
          awake.write(chunk);
          rested.write(chunk);
          // Takes all that was written.
          rested.neutral();
          rested.rest();
        }
        const [one, other] = [restored(awake.state()), restored(rested.state())];
        awake.dispose();
        rested.dispose();
        expect(likenessOf(other.terminal)).toEqual(likenessOf(one.terminal));
      }),
      { numRuns: 300 },
    );
  });

  test('keeps title and colours over a rest, and drops the colours with their theme', () => {
    const { mirror } = newMirror();
    mirror.write(Buffer.from('\u001b]0;tmux: vim\u0007\u001b]11;#102030\u0007text'));
    const before = mirror.state();
    mirror.rest();
    expect(mirror.state()).toEqual(before);
    mirror.write(Buffer.from(' and more'));
    const text = Buffer.from(mirror.state().bytes).toString();
    expect(text).toContain('text and more');
    expect(text).toContain('\u001b]2;tmux: vim\u001b\\');
    expect(text).toContain('\u001b]11;rgb:10/20/30\u001b\\');
    mirror.rest();
    mirror.useTheme('solarized-light');
    mirror.write(Buffer.from('.'));
    expect(Buffer.from(mirror.state().bytes).toString()).not.toContain('\u001b]11;');
  });

  test('answers after a rest what is asked then, once, and nothing that was asked before', () => {
    const { mirror, answers } = newMirror();
    mirror.write(Buffer.from('\u001b[5n'));
    mirror.state();
    mirror.rest();
    mirror.write(Buffer.from('\u001b[c'));
    mirror.state();
    mirror.rest();
    mirror.resize(31, 7);
    expect(mirror.state()).toMatchObject({ columns: 31, rows: 7 });
    expect(answers).toEqual(['\u001b[0n', '\u001b[?1;2c']);
  });

  test.each(['\u001b[?1049h', ''])('has every line of a screen that is full (%j)', (begin) => {
    for (const height of [4, 24, 50]) {
      const size = { columns, rows: height };
      const lines = Array.from({ length: height + 2 * scrollbackLines }, (_, index) => `line ${index}`);
      const bytes = Buffer.from(begin + lines.join('\r\n'));
      const { mirror } = newMirror(size);
      mirror.write(bytes);
      const stayed = newTerminal(size);
      stayed.parse(bytes);
      expect(likenessOf(restored(mirror.state()).terminal)).toEqual(likenessOf(stayed.terminal));
    }
  });

  test('has wide characters on a background that run over the end of a line', () => {
    const bytes = Buffer.from(`\u001b[41m${'漢'.repeat(columns / 2 + 1)}`);
    const { mirror } = newMirror();
    mirror.write(bytes);
    const stayed = newTerminal();
    stayed.parse(bytes);
    expect(likenessOf(restored(mirror.state()).terminal)).toEqual(likenessOf(stayed.terminal));
  });

  test('has a cursor behind the last column, also before an empty screen that it came to from a full line', () => {
    for (const look of ['', '\u001b[48;5;17m', '\u001b[4m']) {
      const bytes = Buffer.from(`${'x'.repeat(columns)}\u001b[?1049h${look}`);
      const { mirror } = newMirror();
      mirror.write(bytes);
      const stayed = newTerminal();
      stayed.parse(bytes);
      const { terminal } = restored(mirror.state());
      expect(likenessOf(terminal)).toEqual(likenessOf(stayed.terminal));
      expect(partsOf(terminal)._bufferService.buffers.active.x).toBe(columns);
    }
  });

  test('has what is begun: a character, a sequence, a title', () => {
    const cases = [
      'gr\u00f6',
      '\u001b[3',
      '\u001b]2;half a ti',
      '\u001b',
      '\u001bP$',
      '\u001b]2;x\u001b',
      'a\u001b[1\r2',
    ];
    for (const text of cases) {
      const bytes = Buffer.from(text).subarray(0, text.startsWith('gr') ? 3 : undefined);
      const { mirror } = newMirror();
      mirror.write(bytes);
      const came = restored(mirror.state());
      const stayed = newTerminal();
      stayed.parse(bytes);
      for (const ear of [came, stayed]) ear.parse(Buffer.from(Buffer.from(text).subarray(bytes.length)));
      for (const ear of [came, stayed]) ear.parse('1;31mX\u0007Y\u001b\\Z');
      expect(likenessOf(came.terminal)).toEqual(likenessOf(stayed.terminal));
    }
  });

  test('has title and colours', () => {
    const { mirror } = newMirror();
    mirror.write(
      Buffer.from('\u001b]0;tmux: vim\u0007\u001b]11;#102030\u0007\u001b]4;3;rgb:ff/00/7f\u001b\\'),
    );
    const text = Buffer.from(mirror.state().bytes).toString();
    expect(text).toContain('\u001b]2;tmux: vim\u001b\\');
    expect(text).toContain('\u001b]11;rgb:10/20/30\u001b\\');
    expect(text).toContain('\u001b]4;3;rgb:ff/00/7f\u001b\\');
  });
});

describe('questions of a program', () => {
  const questions =
    '\u001b[c\u001b[6n\u001b]11;?\u001b\\\u001b[>c\u001bP$qm\u001b\\\u001b[?2004$p\u001b[5n\u001b]4;1;?\u0007';

  test('are answered once where no view is, as a terminal with a screen answers them', () => {
    const { mirror, answers } = newMirror();
    mirror.write(Buffer.from(questions));
    mirror.state();
    mirror.state();
    expect(answers).toEqual([
      '\u001b[?1;2c',
      '\u001b[1;1R',
      '\u001b]11;rgb:1111/1414/1919\u001b\\',
      '\u001b[>0;276;0c',
      '\u001bP1$r0m\u001b\\',
      '\u001b[?2004;2$y',
      '\u001b[0n',
      '\u001b]4;1;rgb:ffff/8a8a/8080\u001b\\',
    ]);
  });

  test('about colours are answered with those of the theme; what a program changed goes with the former one', () => {
    const { mirror, answers } = newMirror();
    mirror.write(Buffer.from('\u001b]11;#102030\u0007'));
    mirror.state();
    mirror.useTheme('solarized-light');
    mirror.write(Buffer.from('\u001b]10;?\u0007\u001b]11;?\u0007\u001b]12;?\u0007\u001b]4;1;?\u0007'));
    expect(mirror.state().bytes).toEqual(mirror.state().bytes);
    expect(answers).toEqual([
      '\u001b]10;rgb:6565/7b7b/8383\u001b\\',
      '\u001b]11;rgb:fdfd/f6f6/e3e3\u001b\\',
      '\u001b]12;rgb:5858/6e6e/7575\u001b\\',
      '\u001b]4;1;rgb:dcdc/3232/2f2f\u001b\\',
    ]);
  });

  test('are left to the view that parses them, and not to one that has gone before', () => {
    const { mirror, answers } = newMirror();
    mirror.state();
    mirror.setView(true);
    mirror.write(Buffer.from('\u001b[5n'));
    mirror.seen(4);
    mirror.write(Buffer.from('\u001b[c'));
    mirror.setView(false);
    mirror.state();
    expect(answers).toEqual(['\u001b[?1;2c']);
  });
});

describe('the modes of a program that is gone', () => {
  test('are those of a new terminal, whatever it had set; what was written stays', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        const { mirror } = newMirror();
        mirror.write(Buffer.from('kept\r\n\r\n'));
        mirror.write(bytes.filter((byte) => byte !== 0x4a && byte !== 0x63) as Buffer);
        mirror.write(Buffer.from(mirror.neutral()));
        const came = restored(mirror.state());
        const { normal, ...after } = likenessOf(came.terminal) as Likeness;
        const { normal: newScreen, ...fresh } = likenessOf(newTerminal().terminal) as Likeness;
        expect({ ...after, cursor: [after.cursor[0], 0] }).toEqual(fresh);
        expect(normal.region).toEqual(newScreen.region);
        expect(normal.tabs).toEqual(newScreen.tabs);
        const line = came.terminal.buffer.active.getLine(came.terminal.buffer.active.baseY + after.cursor[1]);
        expect(line?.translateToString(true)).toBe('');
        expect(Buffer.from(mirror.state().bytes).toString()).not.toMatch(/\](2|4|1\d);/);
      }),
      { numRuns: 150 },
    );
  });
});

interface Likeness {
  readonly normal: { readonly region: unknown; readonly tabs: unknown };
  readonly cursor: readonly [number, number];
}
