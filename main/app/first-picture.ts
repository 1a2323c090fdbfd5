import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locales } from '../../preload/contract/locales.ts';
import { drawnFor } from '../first-picture/drawn-for.ts';
import { isSealedFor } from '../storage/picture-seal.ts';

/*
 * Looks for the first picture while the window's page is on its way: the files are read as they are, since what checks each
 * of their values takes longer to load than the page. A value of another form is just another one.
 */

/** Values of a file of settings, or of a store that is open, under their names in it. */
interface Values {
  get(key: string): unknown;
}

/** What a picture is drawn for is read from these. */
export interface PictureStores {
  /** `settings.json` */
  readonly settings: Values;
  /** `accounts.json` */
  readonly accounts: Values;
}

/** The window's size, and whether it fills the screen. */
export interface PictureSize {
  readonly width: unknown;
  readonly height: unknown;
  readonly maximized: unknown;
}

/** Where the first picture is looked for. */
export interface PictureOptions {
  /** The folder of the app's data. */
  readonly folder: string;
  /** The folder of the built pages. */
  readonly rendererFolder: string;
  readonly locales: Locales;
}

/** The file in the folder of the app's data. */
export const picturePath = 'cache/first-picture.html';

/** The page that the picture stands in, as it was built: its scripts have other names in each version of them. */
export function readPage(rendererFolder: string): string {
  return readFileSync(join(rendererFolder, 'index.html'), 'utf8');
}

/**
 * What has to be the same for a picture to be shown again, besides the page: who is signed in, how things are written, the
 * theme and the size of the window, by default the one that it had last. Null where none may be shown or kept: nobody is
 * signed in, the app can be locked, or the window has no size yet.
 */
export function pictureConditions(
  { settings, accounts }: PictureStores,
  locales: Locales,
  size: PictureSize | null = lastSize(settings.get('window')),
): string | null {
  const listed = accounts.get('accounts');
  const currentId = accounts.get('currentAccountId');
  const isListed = Array.isArray(listed) && listed.some((each) => fieldOf(each, 'id') === currentId);
  if (typeof currentId !== 'string' || !isListed || size === null || settings.get('appLock') !== undefined)
    return null;
  const theme = fieldOf(settings.get('preferences'), 'theme') ?? 'system';
  return JSON.stringify([currentId, locales, theme, size.width, size.height, size.maximized]);
}

/** The file with the picture that this start shows until its scripts have run; null where there is none. Never throws. */
export function findPicture({ folder, rendererFolder, locales }: PictureOptions): string | null {
  try {
    const path = join(folder, picturePath);
    const text = readFileSync(path, 'utf8');
    const stores = {
      settings: valuesIn(folder, 'settings.json'),
      accounts: valuesIn(folder, 'accounts.json'),
    };
    const conditions = pictureConditions(stores, locales);
    return conditions !== null && isSealedFor(drawnFor(conditions, readPage(rendererFolder)), text)
      ? path
      : null;
  } catch {
    return null;
  }
}

function valuesIn(folder: string, name: string): Values {
  const values: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  return { get: (key) => fieldOf(values, key) };
}

function lastSize(window: unknown): PictureSize | null {
  const bounds = fieldOf(window, 'bounds');
  if (bounds === undefined) return null;
  const [width, height] = [fieldOf(bounds, 'width'), fieldOf(bounds, 'height')];
  return { width, height, maximized: fieldOf(window, 'maximized') };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
