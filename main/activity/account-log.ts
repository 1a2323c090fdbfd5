import type * as z from 'zod/mini';
import type { AccountId } from '../../preload/contract/brands.ts';
import { createAccountStore, readableList, type AccountFiles } from '../storage/index.ts';

/** Entries of each account, newest first. */
export interface AccountLog<T> {
  of(accountId: AccountId): readonly T[];
  /** Adds entries, the last of them as the newest. */
  add(accountId: AccountId, entries: readonly T[]): void;
  /** Changes entries where they stand; those that stay are given back as they are. */
  change(accountId: AccountId, changed: (entry: T) => T): void;
  /** Drops the entries of an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

/** Where a log is kept, and who hears of additions. */
export interface AccountLogOptions<T> {
  readonly files: AccountFiles;
  /** The log's place in an account's file. */
  readonly key: string;
  /** An entry as it is stored; one that cannot be read is left out. */
  readonly entry: z.ZodMiniType<T>;
  /** Entries of an account that are kept: the log is written whole each time. */
  readonly maxEntries: number;
  readonly onChange: (accountId: AccountId, entries: readonly T[]) => void;
  /** Hears how many entries of a file could not be read and were dropped. */
  readonly onUnreadable: (key: string, count: number) => void;
}

/** Opens a log that is kept across restarts. */
export function createAccountLog<T>(options: AccountLogOptions<T>): AccountLog<T> {
  const { files, key, entry, maxEntries, onChange, onUnreadable } = options;
  const schema = readableList(entry, (count) => onUnreadable(key, count));
  const logs = createAccountStore<readonly T[]>({ files, key, schema, empty: [] });
  const keep = (accountId: AccountId, entries: readonly T[]): void => {
    logs.set(accountId, entries);
    onChange(accountId, entries);
  };
  return {
    of: logs.of,
    add: (accountId, entries) => {
      if (entries.length === 0) return;
      keep(accountId, [...entries.toReversed(), ...logs.of(accountId)].slice(0, maxEntries));
    },
    change: (accountId, changed) => {
      const before = logs.of(accountId);
      const after = before.map(changed);
      if (after.some((each, index) => each !== before[index])) keep(accountId, after);
    },
    forgetAccount: logs.forgetAccount,
  };
}
