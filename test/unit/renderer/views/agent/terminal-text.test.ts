import { Terminal } from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldOutput, visibleOutput } from '../../../../../renderer/views/agent/output.ts';
import { terminalText } from '../../../../../renderer/views/agent/terminal-text.ts';

/** What xterm has in its buffer, as text: the rule that the reducer follows. */
async function shownByXterm(output: string, rows = 24): Promise<string> {
  const terminal = new Terminal({
    cols: 400,
    rows,
    scrollback: 1_000,
    convertEol: true,
    allowProposedApi: true,
  });
  await new Promise<void>((resolve) => terminal.write(output, resolve));
  const { active } = terminal.buffer;
  const lines = Array.from(
    { length: active.length },
    (_, row) => active.getLine(row)?.translateToString(true) ?? '',
  );
  terminal.dispose();
  return lines.join('\n');
}

/** Without the spaces at the ends of lines, which a tab leaves and cannot be seen. */
const withoutEnds = (text: string): string => text.replace(/[ ]+$/gm, '').replace(/\n+$/, '');
const spread = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      line.replace(/[^\t]*\t/g, (part) =>
        part.slice(0, -1).padEnd(Math.floor((part.length - 1) / 8) * 8 + 8),
      ),
    )
    .join('\n');

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[ -~]{1,12}$/) },
  fc.constantFrom('\r', '\b', '\b\b\b', '\n', '\r\n', '\t', '\u0007', '\u000E'),
  fc.constantFrom(
    '\u001B[0m',
    '\u001B[1;31m',
    '\u001B[38;5;12m',
    '\u001B(B',
    '\u001B)B',
    '\u001B[?25l',
    '\u001B=',
  ),
  fc.constantFrom('\u001B]0;title\u0007', '\u001B]8;;https://a.example\u001B\\', '\u001BPq\u001B\\'),
  fc.constantFrom('\u001B7', '\u001B8', '\u001B[s', '\u001B[u'),
  fc.constantFrom('\u001BD', '\u001BE', '\u001BM', '\u0084', '\u0085'),
  fc.constantFrom(
    '\u001B[r',
    '\u001B[0;23r',
    '\u001B[2;4r',
    '\u001B[1;2r',
    '\u001B[?1r',
    '\u001B[?u',
    '\u001B[2 q',
  ),
  fc.constantFrom('\u001B[X', '\u001B[3X', '\u001B[P', '\u001B[2P', '\u001B[@', '\u001B[4@'),
  fc.constantFrom('\u001B[L', '\u001B[2L', '\u001B[M', '\u001B[3M', '\u001B[S', '\u001B[2T'),
  fc.constantFrom('\u001B[2d', '\u001B[24;1f', '\u001B[2e', '\u001B[3a', '\u001B[4`'),
  fc.constantFrom('\u001B[K', '\u001B[1K', '\u001B[2K', '\u001B[J', '\u001B[1J', '\u001B[2J', '\u001B[3J'),
  fc.constantFrom(
    '\u001B[A',
    '\u001B[2B',
    '\u001B[3C',
    '\u001B[2D',
    '\u001B[5G',
    '\u001B[H',
    '\u001B[3;4H',
    '\u001B[2E',
    '\u001B[F',
  ),
);

describe('an output as a terminal shows it in the end', () => {
  test('is what xterm shows, for any text with returns, backspaces, colours and moves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const output = pieces.join('');
        expect(withoutEnds(spread(terminalText(output)))).toBe(withoutEnds(await shownByXterm(output)));
      }),
      { numRuns: 300 },
    );
  });

  test.each([24, 50])("is without apt's progress bar on a terminal of %i rows", async (rows) => {
    const bar = (percent: number): string =>
      `\u001B7\u001B[${rows};0f\u001B[42m\u001B[30mProgress: [ ${percent}%]\u001B[49m\u001B[39m [####......] \u001B8`;
    const lines = Array.from({ length: 60 }, (_, n) => `Unpacking package-${n} (1.${n}) ...`);
    const output = [
      `Reading package lists... Done\r\n\n\u001B7\u001B[0;${rows - 1}r\u001B8\u001B[1A`,
      ...lines.map((line, n) => `${bar(n)}${line}\r\n`),
      `\r\n\u001B7\u001B[0;${rows}r\u001B8\u001B[1A\u001B[J`,
    ].join('');
    const shown = visibleOutput(output);
    expect(shown).toBe(['Reading package lists... Done', ...lines, ''].join('\n'));
    expect(withoutEnds(shown)).toBe(withoutEnds(await shownByXterm(output, rows)));
  });

  test('has one line for a hundred redraws, and the error after them in view', () => {
    const redraws = Array.from({ length: 100 }, (_, percent) => `\rFetching ${percent + 1}%`).join('');
    const output = visibleOutput(`${redraws}\r\nE: no space left\r\n`);
    expect(output).toBe('Fetching 100%\nE: no space left\n');
    expect(foldOutput(output)).toMatchObject({ lines: 2, isFolded: false });
  });

  test.each([
    ['a spinner', '|\b/\b-\b\\\bdone', 'done'],
    ['bold text of a manual', 'N\bNA\bAM\bME\bE', 'NAME'],
    ['a charset', '\u001B(Bplain\u001B[m', 'plain'],
    ['a line that was erased before it was shorter', '\rDownloading 100%\r\u001B[KDone', 'Done'],
    ['tabs', 'a\tb\u001B[0m', 'a\tb'],
    ['an emoji of several characters', '\u001B[1m👩‍💻\u001B[0m', '👩‍💻'],
    ['a title that never ends', '\u001B]0;title\nnext', '\nnext'],
    ['a C1 command', '\u009B31mred\u009Bm', 'red'],
  ])('%s', (_what, output, shown) => {
    expect(visibleOutput(output)).toBe(shown);
  });

  test('is not longer than what was written and a screen, whatever it asks for', () => {
    expect(terminalText('\u001B[999999999Cx\u001B[999999999By').length).toBeLessThan(3_000);
  });
});
