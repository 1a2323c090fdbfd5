import * as z from 'zod/mini';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { PendingAction, PendingActionId } from '../../preload/contract/lifecycle.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import { instanceId, opaqueId } from '../../preload/contract/watch.ts';
import { readableList, type Journal } from '../storage/index.ts';

/** What of pending actions outlives the app: that there were some, so that the next start can say what became of them. */
export interface PendingActionStore {
  /** Those of the last run, as they ended with it. */
  ended(): readonly PendingAction[];
  /** Writes down those that are not over. Ends once they are on the disk; `refused` where they cannot be put there. */
  keep(pendingActions: readonly PendingAction[]): Promise<Result<undefined>>;
}

const keptSchema = z.object({
  id: opaqueId<PendingActionId>(),
  accountId: opaqueId<AccountId>(),
  instanceId,
  name: z.string(),
  action: z.enum(['delete-now', 'delete-at-end', 'reinstall']),
  // `held` is what earlier versions called `pending`.
  phase: z.enum(['pending', 'held', 'sending', 'lost', 'abandoned']),
});

/**
 * Keeps pendingActions under the key `pendingActions` of the journal. One that was waiting has not left: it was abandoned. Of one that was
 * being sent nobody knows. Those of accounts that live as long as the app (`isInMemory`) are not written.
 */
export function createPendingActionStore(
  journal: Journal,
  isInMemory: (id: AccountId) => boolean,
): PendingActionStore {
  let written = JSON.stringify(journal.get('holds') ?? []);
  return {
    ended: () => {
      const stored = z.safeParse(readableList(keptSchema), journal.get('holds')).data ?? [];
      return stored.map(({ phase, ...pendingAction }): PendingAction => {
        const wasWaiting = phase === 'pending' || phase === 'held' || phase === 'abandoned';
        return { ...pendingAction, state: { phase: wasWaiting ? 'abandoned' : 'lost' } };
      });
    },
    keep: (pendingActions) => {
      const rows = pendingActions
        .filter(
          ({ accountId, state }) =>
            !isInMemory(accountId) && keptSchema.shape.phase.safeParse(state.phase).success,
        )
        .map(({ state, ...pendingAction }) => ({ ...pendingAction, phase: state.phase }));
      const text = JSON.stringify(rows);
      if (text === written) return Promise.resolve(ok(undefined));
      const write = async (writing: Promise<Result<undefined>>): Promise<Result<undefined>> => {
        let isWritten = false;
        try {
          const result = await writing;
          isWritten = result.ok;
          return result;
        } finally {
          // What is not on the disk is tried again.
          if (!isWritten && written === text) written = '';
        }
      };
      const writing = journal.write('holds', rows);
      written = text;
      return write(writing);
    },
  };
}
