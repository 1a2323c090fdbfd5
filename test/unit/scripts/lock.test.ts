import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isStale, withLock } from '../../../scripts/lib/lock.mjs';

const world = { nowMs: 100_000, host: 'here', isAlive: (pid: number) => pid === 7 };

describe('a lock file', () => {
  it('is held while its process lives and touches it', () => {
    expect(isStale({ content: '7 here\n', modifiedMs: 95_000 }, world)).toBe(false);
  });

  it('is left behind when its process is gone', () => {
    expect(isStale({ content: '8 here\n', modifiedMs: 99_999 }, world)).toBe(true);
  });

  it('is left behind when nobody has touched it for long, whatever now has that process id', () => {
    expect(isStale({ content: '7 here\n', modifiedMs: 70_000 }, world)).toBe(true);
  });

  it('of another machine, or without a name yet, counts by its age alone', () => {
    expect(isStale({ content: '8 there\n', modifiedMs: 95_000 }, world)).toBe(false);
    expect(isStale({ content: '', modifiedMs: 95_000 }, world)).toBe(false);
    expect(isStale({ content: '', modifiedMs: 70_000 }, world)).toBe(true);
  });
});

describe('work under a lock', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evorxa-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is done one after the other, and leaves no file', async () => {
    const path = join(folder, 'lock');
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await readdir(folder);
      running -= 1;
    };
    await Promise.all([withLock(path, work), withLock(path, work), withLock(path, work)]);
    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is done after a crash of the one before', async () => {
    const path = join(folder, 'lock');
    const { pid } = spawnSync(process.execPath, ['--version']);
    await writeFile(path, `${pid} ${hostname()}\n`);
    expect(await withLock(path, () => Promise.resolve('done'))).toBe('done');
  });

  it('gives the lock back when it fails', async () => {
    const path = join(folder, 'lock');
    await expect(withLock(path, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await readdir(folder)).toEqual([]);
  });
});
