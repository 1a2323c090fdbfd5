import type { AccountId } from '../../preload/contract/brands.ts';
import type { JsonStore } from '../storage/index.ts';

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
  readonly store: JsonStore;
  /** The log's place in the store. */
  readonly storeKey: string;
  /** Reads an entry as it was stored; null for what cannot be read, which is left out. */
  readonly read: (stored: unknown) => T | null;
  /** Entries of an account that are kept: the store is written whole each time. */
  readonly keptAtMost: number;
  /** Accounts that live as long as the app: their entries are not written. */
  readonly isInMemory: (accountId: AccountId) => boolean;
  readonly onChange: (accountId: AccountId, entries: readonly T[]) => void;
  /** Hears how many entries of the store could not be read and were dropped. */
  readonly onUnreadable: (storeKey: string, count: number) => void;
}

/** Opens a log that is kept across restarts. */
export function createAccountLog<T>(options: AccountLogOptions<T>): AccountLog<T> {
  const { store, storeKey, read, keptAtMost, isInMemory, onChange, onUnreadable } = options;
  const stored = store.get(storeKey);
  const logs = new Map<AccountId, readonly T[]>();
  let unreadable = 0;
  const readRow = (row: unknown): readonly T[] => {
    const entry = read(row);
    if (entry !== null) return [entry];
    unreadable += 1;
    return [];
  };
  if (typeof stored === 'object' && stored !== null && !Array.isArray(stored)) {
    for (const [id, rows] of Object.entries(stored)) {
      if (!Array.isArray(rows)) unreadable += 1;
      logs.set(id as AccountId, (Array.isArray(rows) ? rows : []).flatMap(readRow));
    }
  } else if (stored !== undefined) {
    unreadable += 1;
  }
  if (unreadable > 0) onUnreadable(storeKey, unreadable);
  const write = (): void => {
    store.set(storeKey, Object.fromEntries([...logs].filter(([id]) => !isInMemory(id))));
  };
  const of = (accountId: AccountId): readonly T[] => logs.get(accountId) ?? [];
  return {
    of,
    add: (accountId, entries) => {
      if (entries.length === 0) return;
      logs.set(accountId, [...entries.toReversed(), ...of(accountId)].slice(0, keptAtMost));
      write();
      onChange(accountId, of(accountId));
    },
    change: (accountId, changed) => {
      const before = of(accountId);
      const after = before.map(changed);
      if (after.every((entry, index) => entry === before[index])) return;
      logs.set(accountId, after);
      write();
      onChange(accountId, after);
    },
    forgetAccount: (accountId) => {
      if (logs.delete(accountId)) write();
    },
  };
}
