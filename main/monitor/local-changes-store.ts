import * as z from 'zod/mini';
import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { LocalChanges } from './index.ts';
import { createAccountStore, readableRecord, type AccountFiles } from '../storage/index.ts';

const localChangesSchema = z.object({
  deletion: z.nullable(z.object({ atMs: z.nullable(z.number()), isShown: z.boolean() })),
  reboot: z.nullable(z.object({ isShown: z.boolean(), seenAway: z.boolean() })),
});

type LocalChangesById = ReadonlyMap<InstanceId, LocalChanges>;

/** What was done to instances and the API may never say, by account, kept from run to run. */
export interface LocalChangesStore {
  of(accountId: AccountId): LocalChangesById;
  set(accountId: AccountId, localChanges: LocalChangesById): void;
  /** Drops those of an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

/** Opens the localChanges under the key `actionNotes` of the account files; what cannot be read is left out. */
export function createLocalChangesStore(files: AccountFiles): LocalChangesStore {
  const store = createAccountStore<Readonly<Record<string, LocalChanges>>>({
    files,
    key: 'actionNotes',
    schema: readableRecord(localChangesSchema),
    empty: {},
  });
  return {
    of: (accountId) =>
      new Map(
        Object.entries(store.of(accountId)).map(([id, localChanges]) => [id as InstanceId, localChanges]),
      ),
    set: (accountId, localChanges) => store.set(accountId, Object.fromEntries(localChanges)),
    forgetAccount: store.forgetAccount,
  };
}
