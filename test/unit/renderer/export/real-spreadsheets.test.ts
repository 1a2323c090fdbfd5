import { parse } from 'csv-parse/sync';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instancesAsCsv } from '../../../../renderer/export/instance-fields.ts';
import { awkwardNames, awkwardServers } from './awkward-servers.ts';

const run = promisify(execFile);
const isInstalled = (program: string): boolean => {
  const isThere = spawnSync(program, ['--version']).status === 0;
  if (!isThere) console.warn(`Skipped: ${program} is not installed.`);
  return isThere;
};

/** Texts that a spreadsheet told to end cells at semicolons or tabs, or to look for dates and sums, could run or turn. */
const awkwardNotes = [
  ...awkwardNames,
  '+49 30 1234',
  '-1+1',
  '@SUM(A1)',
  ' =1+1',
  '\t=1+1',
  'x\t=1+3',
  'two\n=1+1',
  "'=1+1;=1+2",
  '=1+1',
  '2024-01-01',
  '12:30',
  '1/2',
  '50%',
  '12345678901234567890',
  '+12',
  '-3.87',
];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spreadsheet-'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

type Row = Readonly<Record<string, string>>;
const rowsOf = (csv: string): readonly Row[] => parse(csv, { columns: true, relaxColumnCount: false });

/** A table of servers with these texts as names and as notes. */
function exported(): string {
  const servers = awkwardServers();
  const [first] = servers;
  if (first === undefined) throw new Error('There is no instance.');
  return instancesAsCsv(
    awkwardNotes.map((text, n) => {
      const server = servers[n] ?? first;
      return {
        ...server,
        instance: { ...server.instance, name: text },
        annotations: { ...server.annotations, note: text },
      };
    }),
  );
}

/** What no cell holds in these programs, and how they end a line within one. */
const inCell = (text: string): string => text.replaceAll(/\r\n?/g, '\n').replaceAll(/(?![\t\n])\p{Cc}/gu, '');

/** Cells of texts against what a program made of them, where they differ. */
function differences(written: readonly Row[], read: readonly Row[], inProgram = inCell) {
  expect(read).toHaveLength(written.length);
  return written.flatMap((row, n) =>
    ['id', 'name', 'project', 'addresses', 'ssh_host', 'ssh_user', 'tags', 'note'].flatMap((column) => {
      const text = row[column] ?? '';
      const seen = read[n]?.[column];
      return seen === inProgram(text) ? [] : [{ column, text, seen }];
    }),
  );
}

/*
 * A formula would be read as its result ("2" for =1+1). Numbers and days are what CSV cannot tell from texts, and no
 * text is lost to them: a program that is told to keeps them.
 */
describe.skipIf(!isInstalled('ssconvert'))('Gnumeric reads an export', () => {
  it('with each text as it is in the file, unless it is a number or a day', { timeout: 60_000 }, async () => {
    const from = join(folder, 'servers.csv');
    const to = join(folder, 'read.csv');
    const text = exported();
    await writeFile(from, text);
    const env = { ...process.env, LC_ALL: 'C.UTF-8', HOME: folder };
    await run('ssconvert', ['--import-type=Gnumeric_stf:stf_csvtab', from, to], { env });
    // It takes an apostrophe in front for the mark of a text, and does not show it.
    const turned = differences(rowsOf(text), rowsOf(await readFile(to, 'utf8')), (cell) =>
      inCell(cell).replace(/^'/, ''),
    );
    expect(turned.filter(({ text: cell }) => !/^[+-]?\d[\d.,:/%eTZ-]*$|^(true|TRUE)$/.test(cell))).toEqual(
      [],
    );
  });
});

describe.skipIf(!isInstalled('soffice'))(
  'LibreOffice, told to take what is quoted as text, reads an export',
  () => {
    it('with each text as it is in the file', { timeout: 180_000 }, async () => {
      const text = exported();
      await writeFile(join(folder, 'servers.csv'), text);
      await run('soffice', [
        `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
        '--headless',
        // Comma, quotation mark, UTF-8, from line 1, no formats, English (US), quoted fields are texts.
        '--infilter=CSV:44,34,76,1,,1033,true',
        '--convert-to',
        'csv:Text - txt - csv (StarCalc):44,34,76',
        '--outdir',
        join(folder, 'read'),
        join(folder, 'servers.csv'),
      ]);
      const read = rowsOf(await readFile(join(folder, 'read', 'servers.csv'), 'utf8'));
      expect(differences(rowsOf(text), read)).toEqual([]);
    });
  },
);
