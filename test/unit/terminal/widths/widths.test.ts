import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import headless from '@xterm/headless';
import { describe, expect, test } from 'vitest';
import { ServerWidths, useServerWidths } from '../../../../preload/contract/terminal-widths.ts';
import { parseRun, systemWidths } from '../../../../scripts/lib/system-widths.mjs';

type Runs = readonly (readonly [number, number])[];

const lastCodePoint = 0x10ffff;
const widths = new ServerWidths();

/** What the C library of each Debian has, as `scripts/terminal-widths.mjs` wrote it there. */
const releases = [
  {
    debian: 'Debian 12',
    glibc: '2.36',
    /**
     * Unicode 16, which Debian 13 has, made some characters wide that were not: trigrams, the signs of the Yijing and the Tai
     * Xuan Jing, counting rods. Fillers of Hangul lost their width, and some marks that are shown got one.
     */
    disagreements: [
      '2630-2637: 2, not 1',
      '268a-268f: 2, not 1',
      '3164-3164: 0, not 2',
      'ffa0-ffa0: 0, not 1',
      'fff9-fffb: 1, not 0',
      '1171e-1171e: 1, not 0',
      '13430-13438: 1, not 0',
      '1d300-1d356: 2, not 1',
      '1d360-1d376: 2, not 1',
    ],
    characters: 139,
  },
  { debian: 'Debian 13', glibc: '2.41', disagreements: [], characters: 0 },
] as const;

const storedRuns = (glibc: string): Runs =>
  readFileSync(join(import.meta.dirname, `glibc-${glibc}.txt`), 'utf8')
    .trim()
    .split('\n')
    .map(parseRun);

/** Every assigned character, with the width that the runs have for it. */
function* assigned(runs: Runs): Generator<readonly [number, number]> {
  for (const [index, [start, width]] of runs.entries()) {
    const end = runs[index + 1]?.[0] ?? lastCodePoint + 1;
    for (let code = start; code < end; code += 1) if (width >= 0) yield [code, width];
  }
}

/** Where the app counts otherwise, as ranges. */
function disagreements(runs: Runs): { readonly ranges: readonly string[]; readonly characters: number } {
  const found: { start: number; end: number; words: string }[] = [];
  let characters = 0;
  for (const [code, width] of assigned(runs)) {
    const ours = widths.wcwidth(code);
    if (ours === width) continue;
    characters += 1;
    const words = `${ours}, not ${width}`;
    const last = found.at(-1);
    if (last?.end === code - 1 && last.words === words) last.end = code;
    else found.push({ start: code, end: code, words });
  }
  return {
    ranges: found.map(({ start, end, words }) => `${start.toString(16)}-${end.toString(16)}: ${words}`),
    characters,
  };
}

describe('how many columns a character takes', () => {
  test.each(releases)('is as on $debian, but for what is named here', (release) => {
    const runs = storedRuns(release.glibc);
    expect([...assigned(runs)].length).toBeGreaterThan(280_000);
    expect(disagreements(runs)).toEqual({
      ranges: release.disagreements,
      characters: release.characters,
    });
  });

  // Debian's Python asks the C library of this very system; it comes with ansible-core, which `npm test` installs.
  const missing =
    process.platform !== 'linux' || spawnSync('python3', ['--version']).status !== 0
      ? 'takes Linux with Python'
      : null;
  test.skipIf(missing !== null)(
    `is what this system's own C library says${missing === null ? '' : ` (left out: it ${missing})`}`,
    () => {
      const { version, runs } = systemWidths();
      const release = releases.find(({ glibc }) => glibc === version);
      if (release === undefined) {
        // Another release: what it agrees on with the newest that is known is more than it does not.
        expect(disagreements(runs).characters).toBeLessThan(500);
        return;
      }
      expect(runs).toEqual(storedRuns(version));
    },
  );

  test('is a width for each code point, assigned or not, and none for what is no character', () => {
    const others: number[] = [];
    for (let code = 0; code <= lastCodePoint; code += 1)
      if (![0, 1, 2].includes(widths.wcwidth(code))) others.push(code);
    expect(others).toEqual([]);
    expect([0, 7, 0x1f, 0x7f, 0x9f].map((code) => widths.wcwidth(code))).toEqual([0, 0, 0, 0, 0]);
  });

  test('holds in a terminal: the cursor is where the server believes it to be', () => {
    const terminal = new headless.Terminal({ cols: 80, rows: 4, allowProposedApi: true });
    useServerWidths(terminal);
    expect(terminal.unicode.activeVersion).toBe('glibc');
    const columnAfter = (text: string): Promise<number> =>
      new Promise((resolve) =>
        terminal.write(`\r\u001b[2K${text}`, () => resolve(terminal.buffer.active.cursorX)),
      );
    return Promise.all([
      expect(columnAfter('漢字')).resolves.toBe(4),
      expect(columnAfter('e\u0301')).resolves.toBe(1),
      // Of a mark that has nothing before it xterm makes a column, whatever its width.
      expect(columnAfter('漢\u0301x')).resolves.toBe(3),
      // What glibc counts one by one: a person, a joiner and a laptop; a flag of two letters.
      expect(columnAfter('👩\u200d💻')).resolves.toBe(4),
      expect(columnAfter('🇩🇪')).resolves.toBe(2),
      // Newer than Unicode 11.
      expect(columnAfter('🫠🪿')).resolves.toBe(4),
      expect(columnAfter('\u1b000')).resolves.toBe(2),
    ]);
  });
});
