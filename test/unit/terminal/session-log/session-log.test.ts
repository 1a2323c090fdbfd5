import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SessionId } from '../../../../preload/contract/brands.ts';
import { SessionLog } from '../../../../main/terminal/process/session-log/session-log.ts';
import { SessionLogs } from '../../../../main/terminal/process/session-log/session-logs.ts';
import { logProblem } from '../../../../main/terminal/session-words.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('adds each byte in its order to a file of its owner alone, copied at once', async () => {
  const path = join(folder, 'a.log');
  writeFileSync(path, 'before\n', { mode: 0o644 });
  const problem = vi.fn();
  const log = await SessionLog.open(path, 'raw', problem);
  const chunk = Buffer.from('\u001b[1mone\r\n');
  log.write(chunk);
  chunk.fill(0);
  log.write(Buffer.from([0xff, 0x00]));
  await log.stop();
  log.write(Buffer.from('after'));
  await log.stop();
  expect(readFileSync(path)).toEqual(
    Buffer.concat([Buffer.from('before\n\u001b[1mone\r\n'), Buffer.from([0xff, 0x00])]),
  );
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(problem).not.toHaveBeenCalled();
});

it('is not opened on what is no file, nor in a folder that is not there', async () => {
  const opened = (path: string) => SessionLog.open(path, 'text', () => undefined);
  await expect(opened(folder)).rejects.toMatchObject({ code: 'EISDIR' });
  await expect(opened(join(folder, 'none', 'a.log'))).rejects.toMatchObject({ code: 'ENOENT' });
});

it.each(['ENOSPC', 'EACCES', 'EISDIR', 'too-slow', 'lost', 'EIO'])('says what to do: %s', (code) => {
  expect(logProblem(code)).toMatch(/\. (Make|Choose|Log) .*\.$/);
});

it('ends the logs of all sessions, each with all that it was given', async () => {
  const problem = vi.fn();
  const logs = new SessionLogs(problem);
  const ids = ['s1', 's2', 's3'] as SessionId[];
  const path = (id: string): string => join(folder, `${id}.log`);
  for (const id of ids) await logs.start(id, path(id), 'text');
  const megabyte = Buffer.from('0123456789abcde\n'.repeat(65_536));
  for (const id of ids) logs.write(id, Buffer.concat([megabyte, Buffer.from(`end of ${id}`)]));
  await logs.stopAll();
  for (const id of ids)
    expect(readFileSync(path(id), 'utf8') === `${megabyte.toString()}end of ${id}\n`).toBe(true);
  await logs.stopAll();
  expect(problem).not.toHaveBeenCalled();
});
