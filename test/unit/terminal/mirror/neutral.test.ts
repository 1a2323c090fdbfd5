import headless, { type Terminal } from '@xterm/headless';
import { describe, expect, test } from 'vitest';
import { TerminalMirror } from '../../../../main/terminal/process/mirror/mirror.ts';
import { partsOf } from '../../../../main/terminal/process/mirror/xterm-parts.ts';

const columns = 20;
const rows = 6;

/** What stands in a terminal of 20 × 6 after a program that wrote this is gone, and the cursor's place in it. */
function leftBy(written: string): { readonly terminal: Terminal; readonly lines: string[]; row: number } {
  const mirror = new TerminalMirror(30, { answer: () => undefined, caughtUp: () => undefined });
  mirror.resize(columns, rows);
  mirror.write(Buffer.from(written));
  const neutral = mirror.neutral();
  mirror.dispose();
  const terminal = new headless.Terminal({ cols: columns, rows, scrollback: 30, allowProposedApi: true });
  const { parse } = partsOf(terminal)._inputHandler;
  const handler = partsOf(terminal)._inputHandler;
  parse.call(handler, written);
  parse.call(handler, neutral);
  const { active } = terminal.buffer;
  const lines = Array.from({ length: active.length }, (_, row) =>
    (active.getLine(row)?.translateToString(true) ?? '').trimEnd(),
  );
  expect(active.cursorX).toBe(0);
  return { terminal, lines, row: active.cursorY };
}

describe('a terminal whose program is gone', () => {
  const six = '1\r\n2\r\n3\r\n4\r\n5\r\n6';

  test.each<[string, string, number]>([
    ['nothing was written', '', 0],
    ['a line is not ended', 'a', 1],
    ['a line is ended', 'a\r\n', 1],
    ['empty lines follow', 'a\r\n\r\n\r\n', 3],
    ['a line that is not ended stands at the end of all', '1\r\n\r\n\r\n\r\n\r\nx\r', 5 + 1],
    ['the cursor went up', 'a\r\nb\r\nc\u001b[1;1H', 3],
    ['the cursor went up over an empty line', 'a\r\n\r\nc\u001b[1;1H', 3],
    ['the cursor went down over empty lines', 'a\u001b[4;1H', 3],
    ['the cursor went down, and to the right', 'a\u001b[4;2H', 4],
    ['colour stands below', 'a\r\n\r\n\u001b[41m\u001b[K\u001b[1;1H', 3],
  ])('goes on below all that was written: %s', (_what, written, row) => {
    const left = leftBy(written);
    // Behind the last line a new one scrolls in.
    expect(left.row).toBe(Math.min(row, rows - 1));
    expect(left.lines).toHaveLength(row === rows ? rows + 1 : rows);
  });

  test('keeps every line of a screen that was full, and goes on below it', () => {
    const { lines, row } = leftBy(six);
    expect(lines).toEqual(['1', '2', '3', '4', '5', '6', '']);
    expect(row).toBe(5);
  });

  test.each<[string, string, string[], number]>([
    ['where it was', 'a\r\nb\r\n\u001b[?1049hother', ['a', 'b', '', '', '', ''], 2],
    ['below the line that it was in', 'a\r\nb\u001b[?1049hother', ['a', 'b', '', '', '', ''], 2],
    ['below empty lines', 'a\r\n\r\n\r\n\u001b[?1049hother', ['a', '', '', '', '', ''], 3],
    ['below a full screen', `0\r\n${six}\u001b[?1049hother`, ['0', '1', '2', '3', '4', '5', '6', ''], 5],
    [
      'at its top, where no place was kept',
      '\r\n'.repeat(8) + '\u001b[?47hother',
      Array<string>(9).fill(''),
      0,
    ],
  ])('is back on its first screen, and goes on %s', (_where, written, lines, row) => {
    const left = leftBy(written);
    expect(left.terminal.buffer.active.type).toBe('normal');
    expect([left.lines, left.row]).toEqual([lines, row]);
  });

  test.each(['\u001b]2;half a title', '\u001b[3', '\u001bP$q', '\u001b]8;;https://a.example/'])(
    'is in the midst of nothing: %j',
    (half) => {
      const { terminal } = leftBy(`a${half}`);
      const titles: string[] = [];
      terminal.onTitleChange((title) => titles.push(title));
      const handler = partsOf(terminal)._inputHandler;
      handler.parse('next');
      expect(terminal.buffer.active.getLine(1)?.translateToString(true)).toBe('next');
      expect(titles).toEqual([]);
      expect(handler._curAttrData.extended.urlId).toBe(0);
    },
  );

  test('has no link for what comes', () => {
    const { terminal } = leftBy('\u001b]8;;https://a.example/\u001b\\link');
    const handler = partsOf(terminal)._inputHandler;
    handler.parse('\u001b[4mnext');
    expect(handler._curAttrData.extended.urlId).toBe(0);
  });

  test('has its tab stops where a new one has them', () => {
    const { terminal } = leftBy('\u001b[3g\u001b[5G\u001bH');
    const handler = partsOf(terminal)._inputHandler;
    const stops = [1, 2, 3].map(() => {
      handler.parse('\t');
      return terminal.buffer.active.cursorX;
    });
    expect(stops).toEqual([8, 16, 19]);
  });
});
