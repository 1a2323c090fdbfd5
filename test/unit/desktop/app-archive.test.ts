import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppArchive } from '../../../main/desktop/app-archive.ts';

describe('the archive that the app was started from', () => {
  let folder: string;
  let path: string;
  let told: string[];
  let archive: AppArchive;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evorxa-archive-'));
    path = join(folder, 'app.asar');
    await writeFile(path, 'this version');
    told = [];
    archive = make(path);
  });
  afterEach(async () => {
    archive.stop();
    await rm(folder, { recursive: true });
  });

  const make = (of: string): AppArchive =>
    new AppArchive(of, { onGone: () => told.push('gone'), onReplaced: () => told.push('replaced') });
  /** As dpkg and rpm do. */
  const install = async (content: string): Promise<void> => {
    await writeFile(`${path}.dpkg-new`, content);
    await rename(`${path}.dpkg-new`, path);
  };

  it('is followed: another one in its place is told at once, and once', async () => {
    archive.follow();
    await writeFile(join(folder, 'app-update.yml'), 'nothing of it');
    await install('next version');
    await vi.waitFor(() => expect(told).toEqual(['gone', 'replaced']));
    await install('the one after');
    archive.check();
    expect(told).toEqual(['gone', 'replaced']);
  });

  it('is another one where its bytes and its name are the same', async () => {
    await install('this version');
    archive.check();
    expect(told).toEqual(['gone', 'replaced']);
  });

  it('that is there says nothing', () => {
    archive.check();
    expect(told).toEqual([]);
  });

  it('that was removed is gone, and replaced once one is there again', async () => {
    await rm(path);
    archive.check();
    archive.check();
    expect(told).toEqual(['gone']);
    await install('next version');
    archive.check();
    expect(told).toEqual(['gone', 'replaced']);
  });

  it('is looked at by who asks where the system gives no watch', async () => {
    const elsewhere = make(join(folder, 'none', 'app.asar'));
    elsewhere.follow();
    elsewhere.check();
    expect(told).toEqual([]);
    await install('next version');
    archive.check();
    expect(told).toEqual(['gone', 'replaced']);
  });

  it('is none where the app runs from a folder', async () => {
    const sources = make(folder);
    sources.follow();
    await rm(path);
    sources.check();
    expect(told).toEqual([]);
  });
});
