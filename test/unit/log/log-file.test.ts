import log from 'electron-log/node.js';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openLog } from '../../../main/log/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evorxa-log-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('writes redacted lines to a file that only its owner reads', () => {
  const file = join(folder, 'main.log');
  const log = openLog(file, false);
  log.info('started');
  log.warn('slow', { password: 'hunter2' });
  log.error('failed', new Error('token=abcdef'));
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(/\[info\] +started\n[\s\S]*\[warn\] +slow [\s\S]*\[error\] +failed /);
  expect(text).not.toMatch(/hunter2|abcdef/);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('loses its lines and nothing else where the file cannot be written', () => {
  const blocker = join(folder, 'blocker');
  writeFileSync(blocker, '');
  const log = openLog(join(blocker, 'main.log'), false);
  expect(() => log.error('nowhere to go')).not.toThrow();
});

it('goes on in a new file after a megabyte, and keeps the one before', () => {
  const opened = openLog(join(folder, 'main.log'), false);
  for (let line = 0; line < 12; line += 1) opened.info(`${line} ${'x '.repeat(125_000)}`);
  expect(readdirSync(folder).toSorted()).toEqual(['main.log', 'main.old.log']);
  const [recent, before] = ['main.log', 'main.old.log'].map((name) =>
    readFileSync(join(folder, name), 'utf8'),
  );
  const lines = [...`${before}${recent}`.matchAll(/\[info\] +(\d+) x/g)].map(([, line]) => Number(line));
  expect(lines.at(-1)).toBe(11);
  expect(lines).toEqual(lines.map((_line, index) => 12 - lines.length + index));
  // It is over by a line at most, and holds a good part of a megabyte.
  for (const [least, text] of [
    [250_000, recent],
    [700_000, before],
  ] as const) {
    expect(text?.length).toBeGreaterThan(least);
    expect(text?.length).toBeLessThan(1_251_000);
  }
});

it('writes to the terminal too where it is asked to, redacted as well', () => {
  const written = vi.spyOn(log.transports.console, 'writeFn').mockImplementation(() => undefined);
  openLog(join(folder, 'main.log'), false).warn('silent');
  expect(written).not.toHaveBeenCalled();
  const loud = openLog(join(folder, 'main.log'), true);
  loud.info('started', { password: 'hunter2' });
  loud.error('failed');
  expect(written.mock.calls.map(([{ message }]) => message.level)).toEqual(['info', 'error']);
  expect(JSON.stringify(written.mock.calls)).toContain('started');
  expect(JSON.stringify(written.mock.calls)).not.toContain('hunter2');
  written.mockRestore();
});
