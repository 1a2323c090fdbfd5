import * as z from 'zod/mini';
import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { ActionNotes } from './index.ts';
import { createAccountStore, readableRecord, type AccountFiles } from '../storage/index.ts';

const notesSchema = z.object({
  deletion: z.nullable(z.object({ atMs: z.nullable(z.number()), isShown: z.boolean() })),
  reboot: z.nullable(z.object({ isShown: z.boolean(), seenAway: z.boolean() })),
});

type NotesById = ReadonlyMap<InstanceId, ActionNotes>;

/** What was done to servers and the API may never say, by account, kept from run to run. */
export interface KeptNotes {
  of(accountId: AccountId): NotesById;
  set(accountId: AccountId, notes: NotesById): void;
  /** Drops those of an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

/** Opens the notes under the key `actionNotes` of the account files; what cannot be read is left out. */
export function createKeptNotes(files: AccountFiles): KeptNotes {
  const kept = createAccountStore<Readonly<Record<string, ActionNotes>>>({
    files,
    key: 'actionNotes',
    schema: readableRecord(notesSchema),
    empty: {},
  });
  return {
    of: (accountId) =>
      new Map(Object.entries(kept.of(accountId)).map(([id, notes]) => [id as InstanceId, notes])),
    set: (accountId, notes) => kept.set(accountId, Object.fromEntries(notes)),
    forgetAccount: kept.forgetAccount,
  };
}
