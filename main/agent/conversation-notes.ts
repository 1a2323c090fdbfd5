import {
  conversationNote,
  noNote,
  type ConversationNote,
  type ConversationNotes,
} from '../../preload/contract/agent.ts';
import type { AccountId, Cents, ConversationId, InstanceId } from '../../preload/contract/brands.ts';
import { createAccountStore, readableRecord, type AccountFiles } from '../storage/index.ts';
import type { ConversationOf } from './agent-changes.ts';

/** Notes of an account that are kept: the oldest go first. */
const maxNotes = 2_000;

/** What is kept on this computer about one account's conversations. */
export interface NotesOfAccount {
  /** Of the conversations of an instance, by id; those without a note are not in it. */
  of(id: InstanceId): ConversationNotes;
  /** Gives a conversation another title here; null: the one that Evorxa has. */
  rename(conversation: ConversationOf, title: string | null): void;
  /** Adds what a turn cost; null: that is not known. */
  addCost(conversation: ConversationOf, costCents: Cents | null): void;
  /** Drops the note of a conversation that was deleted. */
  drop(conversation: ConversationOf): void;
}

/** The same by account. */
export interface ConversationNotesStore {
  of(accountId: AccountId): NotesOfAccount;
  /** Drops what was noted for an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

/** Opens the notes under the key `conversations` of the account files; what cannot be read is left out. */
export function openConversationNotes(files: AccountFiles): ConversationNotesStore {
  const store = createAccountStore<Readonly<Record<string, ConversationNote>>>({
    files,
    key: 'conversations',
    schema: readableRecord(conversationNote),
    empty: {},
  });
  return {
    of: (accountId) => {
      const set = (conversation: ConversationOf, note: ConversationNote | null): void => {
        const key = keyOf(conversation);
        const others = Object.entries(store.of(accountId)).filter(([other]) => other !== key);
        const next = note === null ? others : [...others, [key, note] as const];
        store.set(accountId, Object.fromEntries(next.slice(-maxNotes)));
      };
      const get = (conversation: ConversationOf): ConversationNote =>
        store.of(accountId)[keyOf(conversation)] ?? noNote;
      return {
        of: (instanceId) => {
          const begin = prefixOf(instanceId);
          return Object.fromEntries(
            Object.entries(store.of(accountId))
              .filter(([key]) => key.startsWith(begin))
              .map(([key, note]) => [decodeURIComponent(key.slice(begin.length)), note]),
          );
        },
        rename: (conversation, title) => {
          const note = { ...get(conversation), title };
          set(conversation, title === null && note.turns === 0 ? null : note);
        },
        addCost: (conversation, costCents) => {
          const before = get(conversation);
          set(conversation, {
            ...before,
            costCents: before.costCents + (costCents ?? 0),
            turns: before.turns + 1,
            unpricedTurns: before.unpricedTurns + Number(costCents === null),
          });
        },
        drop: (conversation) => set(conversation, null),
      };
    },
    forgetAccount: (accountId) => store.forgetAccount(accountId),
  };
}

/** Ids are opaque: a slash in one ends nothing. */
const prefixOf = (id: InstanceId): string => `${encodeURIComponent(id)}/`;
const keyOf = ({ instanceId, conversationId }: ConversationOf): string =>
  `${prefixOf(instanceId)}${encodeURIComponent(conversationId satisfies ConversationId)}`;
