import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
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
  expect(text).toMatch(/started[\s\S]*slow[\s\S]*failed/);
  expect(text).not.toMatch(/hunter2|abcdef/);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('loses its lines and nothing else where the file cannot be written', () => {
  const blocker = join(folder, 'blocker');
  writeFileSync(blocker, '');
  const log = openLog(join(blocker, 'main.log'), false);
  expect(() => log.error('nowhere to go')).not.toThrow();
});
