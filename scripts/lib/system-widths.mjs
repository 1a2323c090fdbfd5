import { execFileSync } from 'node:child_process';

/** Asks the C library for each code point, by Python, since Debian comes without a compiler. */
const program = `
import ctypes, locale
locale.setlocale(locale.LC_ALL, 'C.UTF-8')
library = ctypes.CDLL('libc.so.6')
library.gnu_get_libc_version.restype = ctypes.c_char_p
print(library.gnu_get_libc_version().decode())
last = None
for code in range(0x110000):
    width = -1 if 0xd800 <= code < 0xe000 else library.wcwidth(code)
    if width != last:
        print('%x:%d' % (code, width))
    last = width
`;

/**
 * The widths of this system's `wcwidth`, as runs of code points: where each begins, and its width; -1: not assigned.
 * @returns {{ readonly version: string, readonly runs: (readonly [number, number])[] }}
 */
export function systemWidths() {
  const [version = '', ...lines] = execFileSync('python3', ['-c', program], { encoding: 'utf8' })
    .trim()
    .split('\n');
  return { version, runs: lines.map(parseRun) };
}

/**
 * A line of a file that `scripts/terminal-widths.mjs` wrote.
 * @param {string} line
 * @returns {readonly [number, number]}
 */
export function parseRun(line) {
  const [start = '', width = ''] = line.split(':');
  return [Number.parseInt(start, 16), Number(width)];
}
