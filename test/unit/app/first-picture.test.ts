import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPicture, pictureConditions, picturePath, readPage } from '../../../main/app/first-picture.ts';
import { drawnFor } from '../../../main/first-picture/drawn-for.ts';
import { createSettings } from '../../../main/settings/index.ts';
import { openStorage, type Storage } from '../../../main/storage/index.ts';
import { sameLocale } from '../../../preload/contract/locales.ts';
import { useFolder } from '../storage/disk.ts';

const folder = useFolder();
const account = {
  name: 'Ada',
  email: null,
  apiUrl: 'https://api.evorxa.com/api',
  projects: [],
  onboarded: true,
};
const british = sameLocale('en-GB');
let storage: Storage;
let rendererFolder: string;

/** What the next start finds, once all is on the disk. */
async function found(locales = british): Promise<string | null> {
  await storage.flush();
  return findPicture({ folder: folder.path(), rendererFolder, locales });
}

const windowOf = (x: number, width: number, maximized = false): object => ({
  bounds: { x, y: 2, width, height: 800 },
  maximized,
});

beforeEach(async () => {
  rendererFolder = join(folder.path(), 'renderer');
  mkdirSync(rendererFolder);
  writeFileSync(join(rendererFolder, 'index.html'), '<div id="app"></div>');
  storage = openStorage({
    folder: folder.path(),
    isInMemory: () => false,
    onProblem: (cause) => {
      throw cause;
    },
    monotonicMs: () => 0,
  });
  storage.accounts.set('accounts', [
    { ...account, id: 'ada' },
    { ...account, id: 'bob' },
  ]);
  storage.accounts.set('currentAccountId', 'ada');
  storage.settings.set('window', windowOf(1, 1280));
  const conditions = pictureConditions(storage, british);
  if (conditions === null) throw new Error('A picture may be kept.');
  storage.picture.keep(drawnFor(conditions, readPage(rendererFolder)), 'page');
  await storage.flush();
});
// What is being written still wants its folder.
afterEach(() => storage.flush());

describe('the picture of the last run', () => {
  it('is found by a start where all is the same, wherever the window stood', async () => {
    expect(await found()).toBe(join(folder.path(), picturePath));
    storage.settings.set('window', windowOf(300, 1280));
    expect(await found()).not.toBeNull();
  });

  it('is that of the size that the window has, where that is known', async () => {
    storage.settings.set('window', windowOf(1, 900));
    expect(await found()).toBeNull();
    expect(pictureConditions(storage, british, { width: 1280, height: 800, maximized: false })).toBe(
      pictureConditions(
        { ...storage, settings: { get: (key) => (key === 'window' ? windowOf(1, 1280) : undefined) } },
        british,
      ),
    );
  });

  it.each<[string, () => void]>([
    ['another account is shown', () => storage.accounts.set('currentAccountId', 'bob')],
    ['no account is shown', () => storage.accounts.set('currentAccountId', null)],
    ['the account is gone', () => storage.accounts.set('accounts', [{ ...account, id: 'bob' }])],
    ['nobody is signed in', () => storage.accounts.set('accounts', [])],
    ['the theme is another', () => createSettings(storage.settings).update({ theme: 'dark' })],
    ['the window is narrower', () => storage.settings.set('window', windowOf(1, 900))],
    ['the window fills the screen', () => storage.settings.set('window', windowOf(1, 1280, true))],
    ['the window has no place', () => storage.settings.set('window', undefined)],
    [
      'the version is another',
      () => writeFileSync(join(rendererFolder, 'index.html'), '<div id="app"> </div>'),
    ],
    ['the page cannot be read', () => (rendererFolder = 'nowhere')],
    [
      'the app can be locked',
      () => storage.settings.set('appLock', { salt: 'AAAA', hash: 'AAAA', cost: 2, parallel: 3 }),
    ],
  ])('is none where %s', async (_what, change) => {
    change();
    expect(await found()).toBeNull();
  });

  it.each(['settings.json', 'accounts.json'])('is none where %s is missing or broken', async (name) => {
    await storage.flush();
    for (const text of ['', '[]', 'null', '{"window":', '{"window":7,"accounts":7}']) {
      writeFileSync(join(folder.path(), name), text);
      expect(findPicture({ folder: folder.path(), rendererFolder, locales: british })).toBeNull();
    }
    rmSync(join(folder.path(), name));
    expect(findPicture({ folder: folder.path(), rendererFolder, locales: british })).toBeNull();
  });

  it('is none where it is a folder, or was changed', async () => {
    await storage.flush();
    const path = join(folder.path(), picturePath);
    writeFileSync(path, 'page');
    expect(await found()).toBeNull();
    rmSync(path);
    mkdirSync(path);
    expect(await found()).toBeNull();
  });

  it('is none where the system writes figures in another way', async () => {
    expect(await found({ ...british, dates: 'de-DE' })).toBeNull();
  });
});
