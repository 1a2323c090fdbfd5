import { expect, it } from 'vitest';
import { PlainText } from '../../../../main/terminal/process/session-log/plain-text.ts';

const read = (output: string): string => {
  const text = new PlainText();
  return text.take(Buffer.from(output)) + text.end();
};

it.each([
  ['colours and titles go', '\u001b]0;web\u0007\u001b[1;32mok\u001b[0m \u001b(Bdone\r\n', 'ok done\n'],
  ['a line is as it stood in the end', 'echp\b \bo hi\r\n10%\r50%\r100%\r\n', 'echo hi\n100%\n'],
  [
    'erased and moved in it',
    'abcdef\u001b[3D\u001b[K!\u001b[1GX\r\nab\u001b[2Dxy\u001b[1P\r\n',
    'Xbc!\nxy\n',
  ],
  ['what is on the other screen is left out', 'a\u001b[?1049hvi\r\n\u001b[?1049lb\r\n', 'ab\n'],
  ['a line without an end is there', 'last $ ', 'last $\n'],
  ['a sign of several bytes', 'ü€😀\ttab\r\n', 'ü€😀\ttab\n'],
])('%s', (_, output, expected) => {
  expect(read(output)).toBe(expected);
  // Wherever it is cut.
  const bytes = Buffer.from(output);
  for (let at = 1; at < bytes.length; at += 1) {
    const text = new PlainText();
    expect(text.take(bytes.subarray(0, at)) + text.take(bytes.subarray(at)) + text.end()).toBe(expected);
  }
});
