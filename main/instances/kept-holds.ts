import * as z from 'zod/mini';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { Hold } from '../../preload/contract/lifecycle.ts';
import type { JsonStore } from '../storage/index.ts';

/** What of holds outlives the app: that there were some, so that the next start can say what became of them. */
export interface KeptHolds {
  /** Those of the last run, as they ended with it. */
  ended(): readonly Hold[];
  /** Writes down those that are not over. */
  keep(holds: readonly Hold[]): void;
}

const keptSchema = z.object({
  id: z.string().check(z.minLength(1)),
  accountId: z.string(),
  instanceId: z.string(),
  name: z.string(),
  action: z.enum(['delete-now', 'delete-at-end', 'reinstall']),
  phase: z.enum(['held', 'sending', 'lost', 'abandoned']),
});

/**
 * Keeps holds under the key `holds` of a store. One that was waiting has not left: it was abandoned. Of one that was being
 * sent nobody knows. Those of accounts that live as long as the app (`isInMemory`) are not written.
 */
export function createKeptHolds(store: JsonStore, isInMemory: (id: AccountId) => boolean): KeptHolds {
  let written = '';
  return {
    ended: () => {
      const stored = store.get('holds');
      return (Array.isArray(stored) ? stored : []).flatMap((row: unknown) => {
        const parsed = z.safeParse(keptSchema, row);
        if (!parsed.success) return [];
        const { phase, ...hold } = parsed.data;
        const wasWaiting = phase === 'held' || phase === 'abandoned';
        // Ids get their names back here: the schema knows only that they are texts.
        return [{ ...hold, state: { phase: wasWaiting ? 'abandoned' : 'lost' } } as unknown as Hold];
      });
    },
    keep: (holds) => {
      const rows = holds
        .filter(
          ({ accountId, state }) =>
            !isInMemory(accountId) && keptSchema.shape.phase.safeParse(state.phase).success,
        )
        .map(({ state, ...hold }) => ({ ...hold, phase: state.phase }));
      const text = JSON.stringify(rows);
      if (text === written) return;
      written = text;
      store.set('holds', rows);
    },
  };
}
