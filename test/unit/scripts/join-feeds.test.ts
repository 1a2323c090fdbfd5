import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { judgeFeed, type InstallerExtension } from '../../../main/updates/feed.ts';
import { readPublicKey } from '../../../main/updates/minisign.ts';
import { projectRoot } from '../../../scripts/lib/files.mjs';
import { commentOf, createReleaseKey, describeFile, feedText } from '../../support/update-feed.ts';

const run = promisify(execFile);
const nowMs = Date.parse('2026-11-30T12:00:00Z');
let folder = '';
let built = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evorxa-feeds-'));
  built = join(folder, 'built');
});
afterEach(() => rm(folder, { recursive: true }));

/** What one machine has made: packages, and the feed that electron-builder wrote for them. */
async function machine(name: string, feed: string, packages: readonly string[], version = '1.3.0') {
  await put(
    join(built, name, feed),
    feedText(
      version,
      packages.map((each) => describeFile(each, contentOf(each))),
    ),
  );
  for (const each of packages) await put(join(built, name, each), contentOf(each));
}
async function put(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
const contentOf = (name: string): Buffer => Buffer.from(`the bytes of ${name}`);

async function joined(): Promise<{ readonly code: number; readonly said: string }> {
  const script = join(projectRoot, 'scripts/join-feeds.mjs');
  try {
    const { stderr } = await run(process.execPath, [script, built, join(folder, 'feeds')]);
    return { code: 0, said: stderr };
  } catch (error) {
    const { code, stderr } = error as { readonly code: number; readonly stderr: string };
    return { code, said: stderr };
  }
}

/** The file that the app would take from a joined feed, once it is signed. */
async function taken(name: string, extension: InstallerExtension, arch: string): Promise<unknown> {
  const key = createReleaseKey();
  const feed = await readFile(join(folder, 'feeds', name));
  const publicKey = readPublicKey(key.publicKey);
  const judged = judgeFeed(feed, key.sign(feed, commentOf('1.3.0', nowMs, name)), {
    keys: publicKey === null ? [] : [publicKey],
    feedName: name,
    currentVersion: '1.2.0',
    highestVersion: null,
    nowMs,
    installer: { extension, arch },
  });
  return judged.ok ? judged.value.file?.name : judged.error;
}

it('makes one feed of those of all processors, in which the app finds its own file', async () => {
  await machine('macos-x64', 'latest-mac.yml', ['Evorxa-1.3.0-mac-x64.zip', 'Evorxa-1.3.0-mac-x64.dmg']);
  await machine('macos-arm64', 'latest-mac.yml', ['Evorxa-1.3.0-mac-arm64.zip']);
  await machine('macos-universal', 'latest-mac.yml', ['Evorxa-1.3.0-mac-universal.zip']);
  await machine('windows-x64', 'latest.yml', ['Evorxa-1.3.0-win-x64.exe']);
  await machine('windows-arm64', 'latest.yml', ['Evorxa-1.3.0-win-arm64.exe']);
  await machine('linux-x64', 'latest-linux.yml', ['Evorxa-1.3.0-linux-x86_64.AppImage']);
  await machine('linux-arm64', 'latest-linux-arm64.yml', ['Evorxa-1.3.0-linux-arm64.AppImage']);
  await put(join(built, 'linux-x64', 'builder-debug.yml'), 'x: 1');
  expect(await joined()).toMatchObject({ code: 0 });
  expect((await readdir(join(folder, 'feeds'))).sort()).toEqual([
    'latest-linux-arm64.yml',
    'latest-linux.yml',
    'latest-mac.yml',
    'latest.yml',
  ]);
  for (const [feed, extension, arch, file] of [
    ['latest-mac.yml', 'zip', 'x64', 'Evorxa-1.3.0-mac-x64.zip'],
    ['latest-mac.yml', 'zip', 'arm64', 'Evorxa-1.3.0-mac-arm64.zip'],
    ['latest.yml', 'exe', 'x64', 'Evorxa-1.3.0-win-x64.exe'],
    ['latest.yml', 'exe', 'arm64', 'Evorxa-1.3.0-win-arm64.exe'],
    ['latest-linux.yml', 'AppImage', 'x64', 'Evorxa-1.3.0-linux-x86_64.AppImage'],
    ['latest-linux-arm64.yml', 'AppImage', 'arm64', 'Evorxa-1.3.0-linux-arm64.AppImage'],
  ] as const)
    expect(await taken(feed, extension, arch)).toBe(file);
});

it('says that there are none where no address was set', async () => {
  await put(join(built, 'linux-x64', 'evorxa.deb'), 'x');
  const { code, said } = await joined();
  expect([code, said]).toEqual([0, expect.stringContaining('There are no feeds')]);
  expect(await readdir(join(folder, 'feeds'))).toEqual([]);
});

it('joins nothing of several versions, of a file that was not built, or that is another', async () => {
  await machine('windows-x64', 'latest.yml', ['Evorxa-x64.exe']);
  await machine('windows-arm64', 'latest.yml', ['Evorxa-arm64.exe'], '1.4.0');
  expect(await joined()).toMatchObject({
    code: 1,
    said: expect.stringContaining('several versions') as string,
  });
  await machine('windows-arm64', 'latest.yml', ['Evorxa-x64.exe']);
  expect(await joined()).toMatchObject({
    code: 1,
    said: expect.stringContaining('have a file Evorxa-x64.exe') as string,
  });
  await machine('windows-arm64', 'latest.yml', ['Evorxa-arm64.exe']);
  await put(join(built, 'windows-arm64', 'Evorxa-arm64.exe'), 'another');
  expect(await joined()).toMatchObject({
    code: 1,
    said: expect.stringContaining('is not what its feed describes') as string,
  });
  await rm(join(built, 'windows-arm64', 'Evorxa-arm64.exe'));
  expect(await joined()).toMatchObject({
    code: 1,
    said: expect.stringContaining('which was not built') as string,
  });
  await put(join(built, 'windows-arm64', 'latest.yml'), 'version: 1.3.0');
  expect(await joined()).toMatchObject({
    code: 1,
    said: expect.stringContaining('lacks something') as string,
  });
  await expect(readdir(join(folder, 'feeds'))).rejects.toThrow('ENOENT');
});
