import * as z from 'zod/mini';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { AccountFiles } from './account-files.ts';

/** One kind of thing that is kept of each account, in memory and in the account's file. */
export interface AccountStore<T> {
  readonly of: (accountId: AccountId) => T;
  /** Keeps a value. It is written later: one that changes afterwards must be another one. */
  readonly set: (accountId: AccountId, value: T) => void;
  /** Drops what is kept for an account that signs out; false where that was nothing. */
  readonly forgetAccount: (accountId: AccountId) => boolean;
}

/** Where it is kept, and what it is. */
export interface AccountStoreOptions<T> {
  readonly files: AccountFiles;
  /** Its place in an account's file. */
  readonly key: string;
  /** What is read back: it leaves out what cannot be read (`readableList`, `readableRecord`) or fails as a whole. */
  readonly schema: z.ZodMiniType<T>;
  /** What an account has of which nothing is kept, or nothing that can be read. */
  readonly empty: T;
}

/** Opens a store under a key of the account files. */
export function createAccountStore<T>({
  files,
  key,
  schema,
  empty,
}: AccountStoreOptions<T>): AccountStore<T> {
  const values = new Map<AccountId, T>();
  return {
    of: (accountId) => {
      const known = values.get(accountId);
      if (known !== undefined) return known;
      const stored = files.of(accountId).get(key);
      const parsed = stored === undefined ? null : z.safeParse(schema, stored);
      const value = parsed?.success === true ? parsed.data : empty;
      values.set(accountId, value);
      return value;
    },
    set: (accountId, value) => {
      values.set(accountId, value);
      files.of(accountId).set(key, value);
    },
    forgetAccount: (accountId) => {
      values.delete(accountId);
      const file = files.of(accountId);
      const isThere = file.get(key) !== undefined;
      if (isThere) file.set(key, undefined);
      return isThere;
    },
  };
}
