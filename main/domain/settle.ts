import type { InstanceId } from '../../preload/contract/brands.ts';
import type { Instance, InstanceState } from '../../preload/contract/instance.ts';
import type { Change } from './changes.ts';

/** A change of state that has not held long enough to be told. */
export interface Unsettled {
  /** The state before it began to change; null for an instance that is new. */
  readonly from: InstanceState | null;
  readonly instance: Instance;
  /** Since when it is as it is now (monotonic). */
  readonly sinceMonotonicMs: number;
}

/** A change that held. */
export interface SettledChange {
  readonly from: InstanceState | null;
  readonly instance: Instance;
}

/** The changes that wait for their instance to come to rest, by its id. */
export type UnsettledChanges = ReadonlyMap<InstanceId, Unsettled>;

/** A state has to be seen for this long before it is told. */
const settleMs = 4_000;

/**
 * Turns changes into settled ones: what goes through a transition, or flaps, is told once, as the change from
 * where it began to where it came to rest; what comes back to where it began is not told at all. Pure.
 */
export function settle(
  unsettled: UnsettledChanges,
  changes: readonly Change[],
  nowMonotonicMs: number,
): { readonly unsettled: UnsettledChanges; readonly settled: readonly SettledChange[] } {
  const next = new Map(unsettled);
  for (const change of changes) {
    if (change.kind === 'balance' || change.kind === 'shutdown-ignored') continue;
    const { id } = change.instance;
    if (change.kind === 'gone') {
      next.delete(id);
      continue;
    }
    const held = next.get(id);
    const from = held ? held.from : change.kind === 'state' ? change.from : null;
    if (from?.kind === change.instance.state.kind) next.delete(id);
    else next.set(id, { from, instance: change.instance, sinceMonotonicMs: nowMonotonicMs });
  }
  const settled = [...next.values()].filter(
    ({ instance, sinceMonotonicMs }) =>
      instance.state.kind !== 'transition' && nowMonotonicMs - sinceMonotonicMs >= settleMs,
  );
  for (const { instance } of settled) next.delete(instance.id);
  return { unsettled: next, settled };
}
