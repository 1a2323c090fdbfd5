import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { Freshness, Snapshot } from '../../preload/contract/snapshot.ts';
import type { Transaction } from '../../preload/contract/wallet.ts';
import type { LocalChanges } from './local-changes.ts';
import type { Expectation } from './expected-state.ts';
import type { ListedPlan } from '../domain/index.ts';
import { byId, type FindById, type InstanceRecord } from '../api/index.ts';
import type { LiveState } from './project.ts';

/** What the lists have said of an instance that was not in the last one. */
export interface Absence {
  /** Whole lists without it, in a row. */
  readonly lists: number;
  /** When the first of them was asked for (monotonic); null where there is none. */
  readonly sinceMonotonicMs: number | null;
}

/** Nothing says that it is gone: it was asked for by itself, or the list that lacks it was not whole. */
export const noAbsence: Absence = { lists: 0, sinceMonotonicMs: null };

/** The snapshot, and what it is made of. Never changed in place. */
export interface MonitorState {
  readonly snapshot: Snapshot;
  /** The rows as the API gave them last, in its order, with those that are absent at the end. */
  readonly records: readonly InstanceRecord[];
  /** Finds one of the records. */
  readonly recordOf: FindById<InstanceRecord>;
  /** Of the instances that were not in the last list. */
  readonly absences: ReadonlyMap<InstanceId, Absence>;
  readonly live: ReadonlyMap<InstanceId, LiveState>;
  readonly expectations: ReadonlyMap<InstanceId, Expectation>;
  /** What was done here and the API may never say. */
  readonly localChanges: ReadonlyMap<InstanceId, LocalChanges>;
  /** By what an instance can call its plan. */
  readonly plans: ReadonlyMap<string, ListedPlan>;
  /** Debits of the ledger; null where it was not read. */
  readonly payments: readonly Transaction[] | null;
  readonly poll: {
    /** The list was answered at least once since start. */
    readonly answered: boolean;
    /** Its first rows came, and others are on their way. */
    readonly arriving: boolean;
    /** The last answer had all of the list: what it lacks may be gone. */
    readonly whole: boolean;
    /** Prices and payments were asked for at least once, however that ended. */
    readonly askedPrices: boolean;
    readonly askedPayments: boolean;
    /** Failed polls of the list in a row. */
    readonly failures: number;
    /** The last thing heard of the network was that there is none. */
    readonly offline: boolean;
  };
}

const never: Freshness = { checkedAtMs: null, error: null };

/** The state before the first poll; what the last run knew is shown until then, and what it noted stands. */
export function initialState(
  accountId: AccountId,
  cached: Snapshot | null,
  localChanges: MonitorState['localChanges'] = new Map(),
): MonitorState {
  const empty: Snapshot = {
    accountId,
    revision: 0,
    apiStatus: 'starting',
    instances: [],
    instancesFreshness: never,
    instancesGaps: null,
    balanceCents: null,
    walletFreshness: never,
    runway: null,
    missingAbilities: [],
  };
  return {
    // What a token lacks is learned again in each run: it may be another token.
    snapshot: cached
      ? {
          ...cached,
          accountId,
          revision: 0,
          apiStatus: 'starting',
          missingAbilities: [],
          instancesGaps: null,
        }
      : empty,
    records: [],
    recordOf: byId<InstanceRecord>([]),
    absences: new Map(),
    live: new Map(),
    expectations: new Map(),
    localChanges,
    plans: new Map(),
    payments: null,
    poll: {
      answered: false,
      arriving: false,
      whole: false,
      askedPrices: false,
      askedPayments: false,
      failures: 0,
      offline: false,
    },
  };
}
