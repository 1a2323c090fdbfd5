import headless from '@xterm/headless';
import { expect, it } from 'vitest';
import { lastLinesOf } from '../../../../renderer/terminal/last-lines.ts';

async function bufferOf(output: string) {
  const terminal = new headless.Terminal({ cols: 10, rows: 6, scrollback: 100, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(output, resolve));
  return terminal.buffer.active;
}

it.each([
  ['nothing', '', ''],
  ['lines without the empty ones below', 'one\r\ntwo\r\n', 'one\ntwo'],
  ['empty lines between', 'one\r\n\r\ntwo', 'one\n\ntwo'],
  [
    'a line that wraps, blanks at the edge too, as one',
    'token=abc def ghi jkl\r\nend',
    'token=abc def ghi jkl\nend',
  ],
  ['no colours', '\u001b[31mred\u001b[0m', 'red'],
])('the last lines are %s', async (_what, output, lines) => {
  expect(lastLinesOf(await bufferOf(output), 50)).toBe(lines);
});

it('they are no more than was asked for, from the end', async () => {
  const output = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\r\n');
  expect(lastLinesOf(await bufferOf(output), 3)).toBe('line 37\nline 38\nline 39');
});
