import type { Terminal } from '@xterm/headless';
import { partsOf } from './xterm-parts.ts';

const tabWidth = 8;

/**
 * What takes back all that a program set, once it can do so no more: the terminal is as a new one, on a line of its own
 * below what was written, which is kept; the alternate screen is left.
 */
export function neutralModes(terminal: Terminal): string {
  const { normal, alt, active } = partsOf(terminal)._bufferService.buffers;
  const isAlternate = active === alt;
  const cursorRow = isAlternate ? normal.savedY - normal.ybase : normal.y + (normal.x > 0 ? 1 : 0);
  let row = Math.max(0, cursorRow);
  for (let used = terminal.rows; used > row; used -= 1) {
    const line = normal.lines.get(normal.ybase + used - 1);
    if (line !== undefined && line.getNoBgTrimmedLength() > 0) row = used;
  }
  const tabs = Array.from({ length: Math.ceil(terminal.cols / tabWidth) }, (_, index) => index * tabWidth);
  return [
    // Ends half a sequence, and a link.
    '\u0018\u001b]8;;\u001b\\',
    isAlternate ? '\u001b[?1049l' : '',
    '\u001b[?2026;1000;1006l\u001b[20l',
    '\u001b]104\u001b\\\u001b]110\u001b\\\u001b]111\u001b\\\u001b]112\u001b\\\u001b]2;\u001b\\',
    // Look, character sets, cursor, scroll region, saved cursor, and all other modes.
    '\u001b[!p\u001b[3g',
    ...tabs.map((column) => `\u001b[${column + 1}G\u001bH`),
    `\u001b[${Math.min(row + 1, terminal.rows)};1H`,
    row < terminal.rows ? '' : '\n',
  ].join('');
}
