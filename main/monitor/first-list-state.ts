import type { AccountId } from '../../preload/contract/brands.ts';
import { ok } from '../../preload/contract/result.ts';
import type { Snapshot, SnapshotUpdate } from '../../preload/contract/snapshot.ts';
import type { InstanceRecord } from '../api/index.ts';
import { initialState, type MonitorState } from './monitor-state.ts';
import { reduce } from './reduce.ts';
import type { Moment } from './time.ts';
import { toUpdate } from './to-update.ts';

/** What a first list is made of. */
export interface FirstListParts {
  readonly accountId: AccountId;
  /** What the last run knew; null where it left nothing. */
  readonly cached: Snapshot | null;
  /** The whole list, just answered. */
  readonly rows: readonly InstanceRecord[];
  readonly asked: Moment;
  readonly now: Moment;
}

/** An account's first list, made as its monitor makes it. */
export interface FirstList {
  readonly accountId: AccountId;
  /** What the monitor goes on from. */
  readonly state: MonitorState;
  /** Brings a window that shows what the last run knew up to it. */
  readonly update: SnapshotUpdate;
}

/** Makes the first list of an account of which nothing was noted that the API may never say. */
export function firstListOf({ accountId, cached, rows, asked, now }: FirstListParts): FirstList {
  const before = initialState(accountId, cached);
  const outcome = ok({ value: rows, gaps: null, isWhole: true });
  const state = reduce(before, { kind: 'instances', outcome, askedMonotonicMs: asked.monotonicMs }, now);
  const update: SnapshotUpdate =
    cached === null ? { kind: 'full', snapshot: state.snapshot } : toUpdate(before.snapshot, state.snapshot);
  return { accountId, state, update };
}
