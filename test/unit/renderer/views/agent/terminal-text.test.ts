import { Terminal } from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldOutput, visibleOutput } from '../../../../../renderer/views/agent/output.ts';
import { terminalText } from '../../../../../renderer/views/agent/terminal-text.ts';

/** What xterm has in its buffer, as text: the rule that the reducer follows. */
async function shownByXterm(output: string): Promise<string> {
  const terminal = new Terminal({
    cols: 400,
    rows: 24,
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
  fc.constantFrom(
    '\u001B]0;title\u0007',
    '\u001B]8;;https://a.example\u001B\\',
    '\u001BPq\u001B\\',
    '\u001B7',
  ),
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
