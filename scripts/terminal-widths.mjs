/**
 * Writes how many columns each character takes, as the C library of this system's terminal programs has it (`wcwidth`): for the
 * app's terminals, and with a file name the same for the tests. To be run on the newest Debian whose widths are meant:
 *
 *     node scripts/terminal-widths.mjs                                    # preload/contract/terminal-width-table.ts
 *     node scripts/terminal-widths.mjs test/unit/terminal/widths/glibc-2.41.txt
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './lib/files.mjs';
import { systemWidths } from './lib/system-widths.mjs';

const { version, runs } = systemWidths();
const [file] = process.argv.slice(2);
if (file !== undefined) {
  await writeFile(file, `${runs.map(([start, width]) => `${start.toString(16)}:${width}`).join('\n')}\n`);
} else {
  const table = encode(withoutGaps(runs));
  const lines = table.match(/.{1,100}/g) ?? [];
  await writeFile(
    join(projectRoot, 'preload', 'contract', 'terminal-width-table.ts'),
    [
      '// Made by scripts/terminal-widths.mjs.',
      '',
      `/** The widths of glibc ${version}: runs, each by its length in base 36 and its width as A (0), B (1) or C (2). */`,
      'export const widthRuns =',
      `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
      '',
    ].join('\n'),
  );
}

/**
 * What glibc does not know yet is one column wide, or two among what is: as its next version will most likely have it.
 * @param {readonly (readonly [number, number])[]} from
 * @returns {[number, number][]}
 */
function withoutGaps(from) {
  /** @type {[number, number][]} */
  const merged = [];
  for (const [index, [start, width]] of from.entries()) {
    const [before, after] = [from[index - 1]?.[1], from[index + 1]?.[1]];
    // Control characters are not printed; xterm asks for none of them.
    const known = width >= 0 ? width : before === 2 && after === 2 ? 2 : 1;
    if (merged.at(-1)?.[1] !== known) merged.push([start, known]);
  }
  return merged;
}

/** @param {readonly (readonly [number, number])[]} from */
function encode(from) {
  return from
    .map(([start, width], index) => {
      const end = from[index + 1]?.[0] ?? 0x110000;
      return `${(end - start).toString(36)}${'ABC'.charAt(width)}`;
    })
    .join('');
}
