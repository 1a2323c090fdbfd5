import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { JsonFile, JsonStore } from './json-file.ts';

/** The state of each account, in a file of its own. */
export interface AccountFiles {
  /** What is kept of an account; its file is read when it is asked for first. */
  of(accountId: AccountId): JsonStore;
  /** Removes all that is kept of an account that signs out. */
  forget(accountId: AccountId): void;
}

/** How the files are opened, and for whom. */
export interface AccountFilesOptions {
  readonly folder: string;
  /** Accounts that live as long as the app: nothing of theirs is written. */
  readonly isInMemory: (accountId: AccountId) => boolean;
  readonly open: (path: string) => JsonFile;
}

/** The account files, and those of them that are open. */
export interface OpenAccountFiles extends AccountFiles {
  /** The file of an account that is on disk. */
  fileOf(accountId: AccountId): JsonFile;
  opened(): readonly JsonFile[];
  /**
   * Removes the files of accounts that are gone, which a crash in the middle of a sign-out leaves. `used` gives the
   * accounts whose files are needed, or null where that is not known: then all stay, as do those that are open.
   */
  removeOrphans(used: () => ReadonlySet<AccountId> | null): Promise<void>;
}

/** Keeps a file for each account in a folder. */
export function openAccountFiles({ folder, isInMemory, open }: AccountFilesOptions): OpenAccountFiles {
  const files = new Map<AccountId, JsonFile>();
  const inMemory = new Map<AccountId, JsonStore>();
  const fileOf = (accountId: AccountId): JsonFile => {
    const known = files.get(accountId);
    if (known !== undefined) return known;
    const file = open(join(folder, fileNameOf(accountId)));
    files.set(accountId, file);
    return file;
  };
  return {
    of: (accountId) => {
      if (!isInMemory(accountId)) return fileOf(accountId);
      const known = inMemory.get(accountId) ?? createMemoryStore();
      inMemory.set(accountId, known);
      return known;
    },
    forget: (accountId) => {
      if (!inMemory.delete(accountId) && !isInMemory(accountId)) fileOf(accountId).remove();
    },
    fileOf,
    opened: () => [...files.values()],
    removeOrphans: async (used) => {
      const names = await readdir(folder).catch(() => []);
      // Asked for after the folder was listed: an account comes into the list before its file is made.
      const ids = used();
      if (ids === null) return;
      const needed = new Set([...ids, ...files.keys()].map(fileNameOf));
      const orphans = names.filter((name) => ownName.test(name) && !needed.has(name));
      await Promise.all(orphans.map((name) => rm(join(folder, name), { force: true })));
    },
  };
}

/** What {@link fileNameOf} makes; a file that was set aside has another ending, and stays. */
const ownName = /^(?:[0-9a-f][0-9a-f-]{7,63}|id-[0-9a-f]{64})\.json$/;

/** Ids are made by the app, but read from a file that anybody may have written: no other name reaches a folder. */
function fileNameOf(accountId: AccountId): string {
  const isPlain = /^[0-9a-f][0-9a-f-]{7,63}$/.test(accountId);
  return `${isPlain ? accountId : `id-${createHash('sha256').update(accountId).digest('hex')}`}.json`;
}

function createMemoryStore(): JsonStore {
  const values = new Map<string, unknown>();
  return {
    get: (key) => values.get(key),
    set: (key, value) => {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
    },
  };
}
