import type { InstanceId } from '../../preload/contract/brands.ts';
import { withLocalChange, type LocalChange } from './local-changes.ts';
import { afterTime, expectAction, type Expectation, type ExpectedAction } from './expected-state.ts';
import { afterSeen } from './instance-step.ts';
import type { MonitorState } from './monitor-state.ts';
import type { Moment } from './time.ts';

/**
 * How sending an action ended. `lost`: nobody knows whether it took effect; `done`: there is nothing to wait for;
 * `refused`: it did not take effect.
 */
export type DispatchOutcome = 'dispatched' | 'lost' | 'done' | 'refused';

/** An action is being sent. */
export function withAction(
  state: MonitorState,
  id: InstanceId,
  action: ExpectedAction,
  now: Moment,
): MonitorState {
  const planBefore = state.recordOf(id)?.planSlug ?? null;
  return withExpectation(state, id, expectAction(action, now, planBefore));
}

/** The sending of an action ended. */
export function afterDispatch(
  state: MonitorState,
  id: InstanceId,
  outcome: DispatchOutcome,
  now: Moment,
): MonitorState {
  const held = state.expectations.get(id);
  if (!held) return state;
  const isOver = outcome === 'refused' || outcome === 'done';
  return withExpectation(state, id, isOver ? null : { ...held, dispatch: outcome, since: now });
}

/** Something was done here that the API may never say. */
export function withLocalChangeOf(state: MonitorState, id: InstanceId, change: LocalChange): MonitorState {
  const record = state.recordOf(id);
  if (!record) return state;
  return {
    ...state,
    localChanges: withEntry(
      state.localChanges,
      id,
      withLocalChange(state.localChanges.get(id), change, record),
    ),
  };
}

/** Holds every expectation and every note against what the API says now. */
export function observe(state: MonitorState, askedMonotonicMs: number): MonitorState {
  let { expectations, localChanges } = state;
  for (const id of new Set([...expectations.keys(), ...localChanges.keys()])) {
    const left = afterSeen(
      { live: state.live.get(id), expectation: expectations.get(id), localChanges: localChanges.get(id) },
      { record: state.recordOf(id), isAbsent: state.absences.has(id), askedMonotonicMs },
    );
    expectations = withEntry(expectations, id, left.expectation ?? null);
    localChanges = withEntry(localChanges, id, left.localChanges ?? null);
  }
  if (expectations === state.expectations && localChanges === state.localChanges) return state;
  return { ...state, expectations, localChanges };
}

/** Deadlines may have passed. */
export function passTime(state: MonitorState, now: Moment): MonitorState {
  return [...state.expectations].reduce(
    (next, [id, held]) => withExpectation(next, id, afterTime(held, now)),
    state,
  );
}

function withExpectation(state: MonitorState, id: InstanceId, expectation: Expectation | null): MonitorState {
  const expectations = withEntry(state.expectations, id, expectation);
  return expectations === state.expectations ? state : { ...state, expectations };
}

/** The map with this value, or without the key for null; the same map where that changes nothing. */
function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V | null): ReadonlyMap<K, V> {
  if ((map.get(key) ?? null) === value) return map;
  return value === null ? without(map, key) : new Map(map).set(key, value);
}

/** The map without a key; the same map where it has none. */
export function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const left = new Map(map);
  left.delete(key);
  return left;
}
