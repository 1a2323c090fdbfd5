import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import { conversationId, instanceId } from '../../preload/contract/watch.ts';
import { readableRecord, type Journal } from '../storage/index.ts';

/** A turn whose request has left, or is about to, as it is on disk. */
const sentTurn = z.object({
  instanceId,
  /** Null: it begins a new conversation. */
  conversationId: z.nullable(conversationId),
  /** Of the message, which may hold a secret and is not kept: `hashOf`. */
  messageHash: z.string(),
  /** How often the same message stood in the conversation before; null where that is not known. */
  sameBefore: z.nullable(z.number()),
  /** The conversations from before; null where they are not known, or not needed. */
  knownIds: z.nullable(z.array(conversationId)),
  /** The credits from before, in cents; null where they are not known. */
  balanceCents: z.nullable(z.number()),
  startedAtMs: z.number(),
});
export type SentTurn = z.infer<typeof sentTurn>;

/** By what a message is found in a transcript, whatever became of the spaces in it. */
export function hashOf(message: string): string {
  return createHash('sha256').update(message.replace(/\s+/gu, ' ').trim()).digest('hex');
}

/** The turns of one account whose end is not known. One an instance. */
export interface SentTurnsOfAccount {
  all(): readonly SentTurn[];
  /** Ends once the turn is on the disk; `refused` where it cannot be put there, and then nothing may be sent. */
  begin(turn: SentTurn): Promise<Result<undefined>>;
  /** It is known how the turn of an instance ended, or nobody waits for it. */
  end(id: InstanceId): void;
}

/** The same by account. */
export interface SentTurns {
  of(accountId: AccountId): SentTurnsOfAccount;
  /** Drops what was kept for an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

export interface SentTurnsOptions {
  /** Holds them under the key `agent-turns`. */
  readonly journal: Journal;
  /** Accounts that live as long as the app: nothing of theirs is written. */
  readonly isInMemory: (accountId: AccountId) => boolean;
}

/** Opens the turns that were under way when the app ended. */
export function openSentTurns({ journal, isInMemory }: SentTurnsOptions): SentTurns {
  const stored = z.safeParse(readableRecord(readableRecord(sentTurn)), journal.get('agent-turns')).data ?? {};
  const turns = new Map<string, Map<string, SentTurn>>(
    Object.entries(stored).map(([id, byInstance]) => [id, new Map(Object.entries(byInstance))]),
  );
  const write = async (accountId: AccountId): Promise<Result<undefined>> => {
    if (isInMemory(accountId)) return ok(undefined);
    const kept = [...turns].filter(([id, own]) => own.size > 0 && !isInMemory(id as AccountId));
    return journal.write(
      'agent-turns',
      Object.fromEntries(kept.map(([id, own]) => [id, Object.fromEntries(own)])),
    );
  };
  return {
    of: (accountId) => {
      const own = turns.get(accountId) ?? new Map<string, SentTurn>();
      turns.set(accountId, own);
      return {
        all: () => [...own.values()],
        begin: async (turn) => {
          own.set(turn.instanceId, turn);
          const written = await write(accountId);
          if (!written.ok && own.get(turn.instanceId) === turn) own.delete(turn.instanceId);
          return written;
        },
        end: (id) => {
          if (own.delete(id)) void write(accountId);
        },
      };
    },
    forgetAccount: (accountId) => {
      const own = turns.get(accountId);
      turns.delete(accountId);
      if (own !== undefined && own.size > 0) void write(accountId);
    },
  };
}
