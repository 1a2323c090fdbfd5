import { join } from 'node:path';
import * as z from 'zod/mini';
import type { AccountId } from '../../preload/contract/brands.ts';
import { openAccountFiles, type AccountFiles } from './account-files.ts';
import type { WritingCalls } from './atomic-write.ts';
import { createJournal, type Journal } from './journal.ts';
import { entriesOf } from './lenient.ts';
import { openJsonFile, type JsonFile, type JsonStore, type Migration, type SavedStore } from './json-file.ts';
import { openPictureFile, type PictureFile } from './picture-file.ts';
import { createSnapshotCache, type SnapshotCache } from './snapshot-cache.ts';
import { splitSettings } from './split-settings.ts';

/** How it stands with all files together. */
export interface StorageHealth {
  /** Where the settings were set aside that could not be read; null when all was well. */
  readonly settingsBackupPath: string | null;
  /** The same of all other files. */
  readonly otherBackupPaths: readonly string[];
  /** Something cannot be written: changes of it hold until the app quits. */
  readonly isUnwritable: boolean;
  /** Files of a later version of the app, which are left as they are. */
  readonly newerPaths: readonly string[];
}

/** All that the app keeps on disk, besides secrets, which it does not. */
export interface Storage {
  /** `settings.json`: the preferences, and what is of this computer. */
  readonly settings: JsonStore;
  /** `accounts.json`: who is signed in, and the names of what the keychain holds. */
  readonly accounts: SavedStore;
  /** `accounts/`: what is kept of each account. */
  readonly accountFiles: AccountFiles;
  /** `journal.json` */
  readonly journal: Journal;
  /** `cache/` */
  readonly cache: SnapshotCache;
  /** `cache/first-picture.html` */
  readonly picture: PictureFile;
  readonly health: () => StorageHealth;
  /** Removes what a crash in the middle of a sign-out left of accounts that are gone. */
  removeOrphans(): Promise<void>;
  /** Writes what is not on the disk yet; ends also where that is not possible. */
  flush(): Promise<void>;
}

/** Where the files are, and who hears of trouble. */
export interface StorageOptions {
  readonly folder: string;
  /** Accounts that live as long as the app: nothing of theirs is written. */
  readonly isInMemory: (accountId: AccountId) => boolean;
  /** The health is another; with the cause where a file cannot be written, else with null. */
  readonly onProblem: (cause: unknown) => void;
  /** Never goes back. */
  readonly monotonicMs: () => number;
  /** Brings to today's form what `settings.json` holds of the version that had no other file. */
  readonly beforeSplit?: (settings: JsonStore) => void;
  readonly calls?: WritingCalls | undefined;
}

/** Versions begin at 1: what has none was written by hand, or by the version that had one file only. */
const migrations: readonly Migration[] = [(values) => values];

/** Opens the files in the app's data folder, and takes over what an earlier version kept in one. */
export function openStorage(options: StorageOptions): Storage {
  const { folder, isInMemory, onProblem, monotonicMs, beforeSplit = () => undefined, calls } = options;
  const open = (path: string): JsonFile => {
    const file = openJsonFile(path, { migrations, onProblem, calls });
    const { setAsidePath, problem } = file.health();
    if (setAsidePath !== null || problem !== null) onProblem(null);
    return file;
  };
  const settings = open(join(folder, 'settings.json'));
  const accounts = open(join(folder, 'accounts.json'));
  const journal = open(join(folder, 'journal.json'));
  const accountFiles = openAccountFiles({ folder: join(folder, 'accounts'), isInMemory, open });
  const cache = createSnapshotCache(join(folder, 'cache'), monotonicMs, calls);
  const picture = openPictureFile(join(folder, 'cache', 'first-picture.html'), calls);
  beforeSplit(settings);
  const endSplit = splitSettings({ settings, accounts, journal, stateOf: (id) => accountFiles.fileOf(id) });
  void endSplit();
  const files = (): readonly JsonFile[] => [settings, accounts, journal, ...accountFiles.opened()];
  return {
    settings,
    accounts,
    accountFiles,
    journal: createJournal(journal),
    cache,
    picture,
    health: () => {
      const all = files().map((file) => ({ path: file.path, ...file.health() }));
      return {
        settingsBackupPath: settings.health().setAsidePath,
        otherBackupPaths: all.flatMap(({ path, setAsidePath }) =>
          path === settings.path ? [] : (setAsidePath ?? []),
        ),
        isUnwritable: all.some(({ problem }) => problem === 'unwritable'),
        newerPaths: all.flatMap(({ path, problem }) => (problem === 'newer' ? [path] : [])),
      };
    },
    removeOrphans: () => accountFiles.removeOrphans(() => accountsInUse(accounts, journal)),
    flush: async () => {
      await Promise.all([...files().map((file) => file.saved()), cache.settled(), picture.settled()]);
      // Where it could not be ended at the start.
      await endSplit();
    },
  };
}

const accountRows = z.array(z.looseObject({ id: z.string() }));
const pendingRows = z._default(z.array(z.looseObject({ accountId: z.string() })), []);

/**
 * The accounts that are signed in, or of which the journal has a request whose end is not known. Null where one of the
 * files could not be read as a whole: an account that is missing in it may be there all the same.
 */
function accountsInUse(accounts: JsonFile, journal: JsonFile): ReadonlySet<AccountId> | null {
  const isWhole = [accounts, journal].every((file) => {
    const { setAsidePath, problem } = file.health();
    return setAsidePath === null && problem === null;
  });
  const listed = z.safeParse(accountRows, accounts.get('accounts'));
  const pending = z.safeParse(pendingRows, journal.get('holds'));
  if (!isWhole || !listed.success || !pending.success) return null;
  const ids = [
    ...listed.data.map(({ id }) => id),
    ...pending.data.map(({ accountId }) => accountId),
    ...entriesOf(journal.get('creations')).map(([id]) => id),
  ];
  return new Set(ids as AccountId[]);
}
