import * as z from 'zod/mini';
import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { ActionNotes } from './index.ts';
import type { JsonStore } from '../storage/index.ts';

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

/**
 * Opens the notes under the key `actionNotes` of a store; what cannot be read is left out. Those of accounts that live as
 * long as the app (`isInMemory`) are not written.
 */
export function createKeptNotes(store: JsonStore, isInMemory: (id: AccountId) => boolean): KeptNotes {
  const byAccount = new Map<AccountId, NotesById>();
  for (const [id, stored] of entriesOf(store.get('actionNotes')))
    byAccount.set(id as AccountId, readNotes(stored));
  const write = (): void => {
    const kept = [...byAccount].filter(([id, notes]) => !isInMemory(id) && notes.size > 0);
    store.set('actionNotes', Object.fromEntries(kept.map(([id, notes]) => [id, Object.fromEntries(notes)])));
  };
  return {
    of: (accountId) => byAccount.get(accountId) ?? new Map(),
    set: (accountId, notes) => {
      byAccount.set(accountId, notes);
      if (!isInMemory(accountId)) write();
    },
    forgetAccount: (accountId) => {
      if (byAccount.delete(accountId)) write();
    },
  };
}

function readNotes(stored: unknown): NotesById {
  const notes = new Map<InstanceId, ActionNotes>();
  for (const [id, value] of entriesOf(stored)) {
    const parsed = z.safeParse(notesSchema, value);
    if (parsed.success) notes.set(id as InstanceId, parsed.data);
  }
  return notes;
}

function entriesOf(stored: unknown): readonly [string, unknown][] {
  return Object.entries(typeof stored === 'object' && stored !== null ? stored : {});
}
