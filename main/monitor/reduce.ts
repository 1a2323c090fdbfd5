import type { Cents, InstanceId } from '../../preload/contract/brands.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import type { PowerAction } from '../../preload/contract/instance.ts';
import { assertNever, type Result } from '../../preload/contract/result.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { connectionOf } from './connection.ts';
import { afterObservation, afterTime, expectAction, type Expectation } from './expected-state.ts';
import { mergeList } from './merge-list.ts';
import type { MonitorState } from './monitor-state.ts';
import { byId, type InstanceRecord } from '../api/index.ts';
import type { Answer } from './monitor-api.ts';
import { observedOf, type LiveState } from './project.ts';
import { shownInstances } from './show.ts';
import type { Moment } from './time.ts';

type Outcome<T> = Result<Answer<T>, ApiError>;

/** How sending an action ended; `lost`: nobody knows whether it took effect. */
export type DispatchOutcome = 'dispatched' | 'lost' | 'refused';

/** All that can change what is known of an account. */
export type MonitorEvent =
  | {
      readonly kind: 'instances';
      readonly outcome: Outcome<readonly InstanceRecord[]>;
      readonly askedMonotonicMs: number;
    }
  | { readonly kind: 'wallet'; readonly outcome: Outcome<Cents> }
  | { readonly kind: 'prices'; readonly outcome: Outcome<ReadonlyMap<string, Cents>> }
  | { readonly kind: 'live'; readonly id: InstanceId; readonly live: LiveState }
  /** Whether an instance that the list no longer has exists, asked for by itself. */
  | { readonly kind: 'absence-checked'; readonly id: InstanceId; readonly exists: boolean }
  | { readonly kind: 'expect'; readonly id: InstanceId; readonly action: PowerAction }
  | {
      readonly kind: 'dispatch';
      readonly id: InstanceId;
      readonly outcome: 'dispatched' | 'lost' | 'refused';
    }
  /** Deadlines may have passed. */
  | { readonly kind: 'time' }
  | { readonly kind: 'network-lost' }
  /** What the account's tokens were shown to lack, all of it. */
  | { readonly kind: 'abilities'; readonly missing: readonly string[] }
  /** How a request of another poller of the account ended. */
  | { readonly kind: 'heard'; readonly drift: number };

/**
 * What is known after an event. Pure. Old data outlives a failure; an instance that did not change stays
 * the same object, and a list without changes the same array. The snapshot is the same where nothing in it
 * changed, else its revision rises by one.
 */
export function reduce(state: MonitorState, event: MonitorEvent, now: Moment): MonitorState {
  const next = apply(state, event, now);
  if (next === state) return state;
  const snapshot: Snapshot = {
    ...next.snapshot,
    instances: shownInstances(state, next, now.wallMs),
    connection: connectionOf(next),
  };
  if (sameFields(state.snapshot, snapshot)) return { ...next, snapshot: state.snapshot };
  return { ...next, snapshot: { ...snapshot, revision: state.snapshot.revision + 1 } };
}

function apply(state: MonitorState, event: MonitorEvent, now: Moment): MonitorState {
  switch (event.kind) {
    case 'instances':
      return afterList(state, event.outcome, event.askedMonotonicMs, now);
    case 'wallet':
      return afterWallet(state, event.outcome, now);
    case 'prices':
      return afterPrices(state, event.outcome);
    case 'live': {
      const live = new Map(state.live).set(event.id, event.live);
      return observe({ ...state, live }, event.live.askedMonotonicMs);
    }
    case 'absence-checked':
      if (!event.exists) return forget(state, event.id);
      return { ...state, absences: new Map(state.absences).set(event.id, 0) };
    case 'expect':
      return withExpectation(state, event.id, expectAction(event.action, now));
    case 'dispatch':
      return afterDispatch(state, event.id, event.outcome, now);
    case 'time':
      return passTime(state, now);
    case 'network-lost':
      return state.poll.offline ? state : { ...state, poll: { ...state.poll, offline: true } };
    case 'abilities':
      return { ...state, snapshot: { ...state.snapshot, missingAbilities: event.missing } };
    case 'heard':
      return event.drift === 0 ? state : withDrift(state, event.drift);
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
  const next = { ...merged, snapshot: { ...merged.snapshot, instancesFreshness } };
  return withDrift(next, outcome.value.drift);
}

function afterWallet(state: MonitorState, outcome: Outcome<Cents>, now: Moment): MonitorState {
  if (!outcome.ok) return withError(state, 'walletFreshness', outcome.error);
  const { value: balanceCents, drift } = outcome.value;
  const walletFreshness = { checkedAtMs: now.wallMs, error: null };
  const next: MonitorState = {
    ...state,
    snapshot: { ...state.snapshot, balanceCents, walletFreshness },
    poll: { ...state.poll, offline: false },
  };
  return withDrift(next, drift);
}

function afterPrices(state: MonitorState, outcome: Outcome<ReadonlyMap<string, Cents>>): MonitorState {
  // Prices are an extra: without them the list says "unknown price", and nothing else changes.
  if (!outcome.ok) return state;
  const { value: pricesBySlug, drift } = outcome.value;
  return withDrift({ ...state, pricesBySlug }, drift);
}

function withDrift(state: MonitorState, drift: number): MonitorState {
  return { ...state, snapshot: { ...state.snapshot, driftCount: state.snapshot.driftCount + drift } };
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
  };
}

function afterDispatch(
  state: MonitorState,
  id: InstanceId,
  outcome: DispatchOutcome,
  now: Moment,
): MonitorState {
  const held = state.expectations.get(id);
  if (!held) return state;
  return withExpectation(
    state,
    id,
    outcome === 'refused' ? null : { ...held, dispatch: outcome, since: now },
  );
}

/** Holds every expectation against what the API says now. */
function observe(state: MonitorState, askedMonotonicMs: number): MonitorState {
  return mapExpectations(state, (expectation, id) => {
    const record = state.recordOf(id);
    if (!record) return null;
    if (state.absences.has(id)) return expectation;
    return afterObservation(expectation, observedOf(record, state.live.get(id)), askedMonotonicMs);
  });
}

function passTime(state: MonitorState, now: Moment): MonitorState {
  return mapExpectations(state, (expectation) => afterTime(expectation, now));
}

function mapExpectations(
  state: MonitorState,
  map: (expectation: Expectation, id: InstanceId) => Expectation | null,
): MonitorState {
  return [...state.expectations].reduce(
    (next, [id, held]) => withExpectation(next, id, map(held, id)),
    state,
  );
}

function withExpectation(state: MonitorState, id: InstanceId, expectation: Expectation | null): MonitorState {
  if ((state.expectations.get(id) ?? null) === expectation) return state;
  const expectations = expectation
    ? new Map(state.expectations).set(id, expectation)
    : without(state.expectations, id);
  return { ...state, expectations };
}

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const left = new Map(map);
  left.delete(key);
  return left;
}

function sameFields(one: Snapshot, other: Snapshot): boolean {
  return (Object.keys(other) as (keyof Snapshot)[]).every((key) => one[key] === other[key]);
}
