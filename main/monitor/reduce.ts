import type { Cents, InstanceId } from '../../preload/contract/brands.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import { assertNever, type Result } from '../../preload/contract/result.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import type { Transaction } from '../../preload/contract/wallet.ts';
import { sameGaps } from './gaps.ts';
import { apiStatusOf } from './api-status.ts';
import type { LocalChange } from './local-changes.ts';
import type { ExpectedAction } from './expected-state.ts';
import { mergeList } from './merge-list.ts';
import { noAbsence, type MonitorState } from './monitor-state.ts';
import { byId, sameJson, type InstanceRecord } from '../api/index.ts';
import type { Answer } from './monitor-api.ts';
import type { ListedPlan } from '../domain/index.ts';
import type { LiveState } from './project.ts';
import type { InstancesAhead } from './project-ahead.ts';
import {
  afterDispatch,
  observe,
  passTime,
  withAction,
  without,
  withLocalChangeOf,
  type DispatchOutcome,
} from './reduce-actions.ts';
import { runwayAfter } from './runway-state.ts';
import { shownInstances } from './show.ts';
import type { Moment } from './time.ts';

type Outcome<T> = Result<Answer<T>, ApiError>;

/** All that can change what is known of an account. */
export type MonitorEvent =
  | {
      readonly kind: 'instances';
      readonly outcome: Outcome<readonly InstanceRecord[]>;
      readonly askedMonotonicMs: number;
      /** What was made of its rows already, from the state as it was then. */
      readonly ahead?: InstancesAhead;
    }
  /** The first pages of a list whose others are on their way. */
  | { readonly kind: 'arriving'; readonly rows: readonly InstanceRecord[]; readonly total: number | null }
  /** An instance was asked for by itself. */
  | { readonly kind: 'found'; readonly record: InstanceRecord }
  | { readonly kind: 'wallet'; readonly outcome: Outcome<Cents> }
  | { readonly kind: 'plans'; readonly outcome: Outcome<ReadonlyMap<string, ListedPlan>> }
  | { readonly kind: 'payments'; readonly outcome: Outcome<readonly Transaction[]> }
  | { readonly kind: 'live'; readonly id: InstanceId; readonly live: LiveState }
  /** Whether an instance that the list no longer has exists, asked for by itself. */
  | { readonly kind: 'absence-checked'; readonly id: InstanceId; readonly exists: boolean }
  | { readonly kind: 'expect'; readonly id: InstanceId; readonly action: ExpectedAction }
  | { readonly kind: 'dispatch'; readonly id: InstanceId; readonly outcome: DispatchOutcome }
  /** Something was done here that the API may never say. */
  | { readonly kind: 'note'; readonly id: InstanceId; readonly change: LocalChange }
  /** Deadlines may have passed. */
  | { readonly kind: 'time' }
  | { readonly kind: 'network-lost' }
  /** What the account's tokens were shown to lack, all of it. */
  | { readonly kind: 'abilities'; readonly missing: readonly string[] };

/**
 * What is known after an event. Pure. Old data outlives a failure; an instance that did not change stays
 * the same object, and a list without changes the same array. The snapshot is the same where nothing in it
 * changed, else its revision rises by one.
 */
export function reduce(state: MonitorState, event: MonitorEvent, now: Moment): MonitorState {
  const next = apply(state, event, now);
  if (next === state) return state;
  const ahead = event.kind === 'instances' ? event.ahead : undefined;
  const instances = shownInstances(state, next, now.wallMs, ahead);
  const snapshot: Snapshot = {
    ...next.snapshot,
    instances,
    apiStatus: apiStatusOf(next),
    runway: runwayAfter(state, next, instances, now.wallMs),
  };
  if (sameFields(state.snapshot, snapshot)) return { ...next, snapshot: state.snapshot };
  return { ...next, snapshot: { ...snapshot, revision: state.snapshot.revision + 1 } };
}

function apply(state: MonitorState, event: MonitorEvent, now: Moment): MonitorState {
  switch (event.kind) {
    case 'instances':
      return afterList(state, event.outcome, event.askedMonotonicMs, now);
    case 'arriving':
      return afterRows(state, event.rows, event.total);
    case 'found':
      return afterFound(state, event.record);
    case 'wallet':
      return afterWallet(state, event.outcome, now);
    case 'plans':
      return afterPlans(state, event.outcome);
    case 'payments':
      return afterPayments(state, event.outcome);
    case 'live': {
      const live = new Map(state.live).set(event.id, event.live);
      return observe({ ...state, live }, event.live.askedMonotonicMs);
    }
    case 'absence-checked':
      if (!event.exists) return forget(state, event.id);
      return { ...state, absences: new Map(state.absences).set(event.id, noAbsence) };
    case 'expect':
      return withAction(state, event.id, event.action, now);
    case 'dispatch':
      return afterDispatch(state, event.id, event.outcome, now);
    case 'note':
      return withLocalChangeOf(state, event.id, event.change);
    case 'time':
      return passTime(state, now);
    case 'network-lost':
      return state.poll.offline ? state : { ...state, poll: { ...state.poll, offline: true } };
    case 'abilities':
      return { ...state, snapshot: { ...state.snapshot, missingAbilities: event.missing } };
    default:
      return assertNever(event);
  }
}

function afterList(
  state: MonitorState,
  outcome: Outcome<readonly InstanceRecord[]>,
  askedMonotonicMs: number,
  now: Moment,
): MonitorState {
  if (!outcome.ok) {
    const next = withError(state, 'instancesFreshness', outcome.error);
    return { ...next, poll: { ...next.poll, failures: next.poll.failures + 1 } };
  }
  const merged = observe(mergeList(state, outcome.value, askedMonotonicMs), askedMonotonicMs);
  const instancesFreshness = { checkedAtMs: now.wallMs, error: null };
  const instancesGaps = sameGaps(state.snapshot.instancesGaps, outcome.value.gaps);
  return { ...merged, snapshot: { ...merged.snapshot, instancesFreshness, instancesGaps } };
}

/** The first rows are shown at once, where the last run left nothing to show. */
function afterRows(
  state: MonitorState,
  records: readonly InstanceRecord[],
  total: number | null,
): MonitorState {
  const { poll, snapshot } = state;
  if (poll.answered || (!poll.arriving && snapshot.instances.length > 0)) return state;
  const cut = { shown: records.length, total, isArriving: true };
  return {
    ...state,
    records,
    recordOf: byId(records),
    snapshot: { ...snapshot, instancesGaps: { cut, unreadable: [] } },
    poll: { ...poll, arriving: true, offline: false },
  };
}

/** An instance that stands on a page that could not be read is known by its own answer alone. */
function afterFound(state: MonitorState, record: InstanceRecord): MonitorState {
  const { id } = record;
  if (!state.poll.answered || state.poll.whole) return state;
  const held = state.recordOf(id);
  if (held !== undefined && !state.absences.has(id)) return state;
  if (held !== undefined && sameJson(held, record)) return state;
  const records =
    held === undefined ? [...state.records, record] : state.records.map((it) => (it.id === id ? record : it));
  const absences = new Map(state.absences).set(id, noAbsence);
  return { ...state, records, recordOf: byId(records), absences };
}

function afterWallet(state: MonitorState, outcome: Outcome<Cents>, now: Moment): MonitorState {
  if (!outcome.ok) return withError(state, 'walletFreshness', outcome.error);
  const { value: balanceCents } = outcome.value;
  const walletFreshness = { checkedAtMs: now.wallMs, error: null };
  return {
    ...state,
    snapshot: { ...state.snapshot, balanceCents, walletFreshness },
    poll: { ...state.poll, offline: false },
  };
}

function afterPlans(state: MonitorState, outcome: Outcome<ReadonlyMap<string, ListedPlan>>): MonitorState {
  const asked = state.poll.askedPrices ? state : { ...state, poll: { ...state.poll, askedPrices: true } };
  // Prices are an extra: without them the list says "unknown price", and nothing else changes.
  if (!outcome.ok) return asked;
  return { ...asked, plans: outcome.value.value };
}

function afterPayments(state: MonitorState, outcome: Outcome<readonly Transaction[]>): MonitorState {
  const asked = state.poll.askedPayments ? state : { ...state, poll: { ...state.poll, askedPayments: true } };
  // An extra too: without them the runway assumes months.
  if (!outcome.ok) return asked;
  return { ...asked, payments: outcome.value.value };
}

function withError(
  state: MonitorState,
  part: 'instancesFreshness' | 'walletFreshness',
  error: ApiError,
): MonitorState {
  if (error.kind === 'aborted') return state;
  const freshness = { ...state.snapshot[part], error };
  return {
    ...state,
    snapshot: { ...state.snapshot, [part]: freshness },
    poll: { ...state.poll, offline: error.kind === 'offline' },
  };
}

function forget(state: MonitorState, id: InstanceId): MonitorState {
  if (state.recordOf(id) === undefined) return state;
  const records = state.records.filter((record) => record.id !== id);
  return {
    ...state,
    records,
    recordOf: byId(records),
    absences: without(state.absences, id),
    live: without(state.live, id),
    expectations: without(state.expectations, id),
    localChanges: without(state.localChanges, id),
  };
}

function sameFields(one: Snapshot, other: Snapshot): boolean {
  return (Object.keys(other) as (keyof Snapshot)[]).every((key) => one[key] === other[key]);
}
