import { describe, expect, it } from 'vitest';
import type { ObservedState } from '../../../main/domain/index.ts';
import { afterObservation, type Observation } from '../../../main/monitor/confirmation.ts';
import {
  afterTime,
  expectAction,
  expectedState,
  isShutdownIgnored,
  nextDeadline,
  targetOf,
  type Expectation,
  type ExpectedAction,
} from '../../../main/monitor/expected-state.ts';
import type { StateKind } from '../../../preload/contract/instance.ts';

const since = { wallMs: 0, monotonicMs: 1_000 };
const state = (kind: StateKind, about: ObservedState['about'] = 'power'): ObservedState => ({
  kind,
  word: kind,
  about,
  detail: null,
});
const seen = (
  kind: StateKind,
  about: ObservedState['about'] = 'power',
  more: Partial<Observation> = {},
): Observation => ({ state: state(kind, about), planSlug: 'scout-2', isRebootPending: false, ...more });
const expected = (action: ExpectedAction, more: Partial<Expectation> = {}): Expectation => ({
  ...expectAction(action, since, 'scout-2'),
  ...more,
});

/** What comes of an action after these observations, one after the other. */
function after(action: ExpectedAction, ...observations: readonly Observation[]): string {
  let left: Expectation | null = expected(action);
  for (const observation of observations) {
    if (left === null) throw new Error('It was settled before the last observation.');
    left = afterObservation(left, observation, 2_000);
  }
  if (left === null) return 'settled';
  return [left.seenAway ? 'away' : 'waits', ...(left.overdue ? ['overdue'] : [])].join(', ');
}

describe('what an observation makes of an action', () => {
  it.each<[ExpectedAction, string, string, readonly Observation[]]>([
    ['boot', 'settled', 'it runs', [seen('running')]],
    ['boot', 'waits', 'it is stopped still', [seen('stopped')]],
    ['boot', 'settled', 'it is suspended', [seen('suspended', 'billing')]],
    ['poweroff', 'settled', 'it is stopped', [seen('stopped')]],
    ['poweroff', 'waits', 'it runs still', [seen('running')]],
    ['poweroff', 'settled', 'it is being built', [seen('transition', 'build')]],
    ['shutdown', 'settled', 'it is stopped', [seen('stopped')]],
    ['shutdown', 'waits', 'it runs still', [seen('running')]],
    ['shutdown', 'away', 'it is on its way', [seen('transition')]],
    ['shutdown', 'away, overdue', 'it runs again', [seen('transition'), seen('running')]],
    ['shutdown', 'settled', 'it stopped after all', [seen('transition'), seen('running'), seen('stopped')]],
    ['shutdown', 'settled', 'it is suspended', [seen('suspended', 'billing')]],
    ['restart', 'waits', 'it runs: that is the old one', [seen('running'), seen('running')]],
    ['restart', 'away', 'it is on its way', [seen('transition')]],
    ['restart', 'settled', 'it runs again', [seen('stopped'), seen('running')]],
    ['restart', 'settled', 'it is suspended', [seen('suspended', 'billing')]],
    ['reinstall', 'waits', 'it runs: that is the old one', [seen('running')]],
    ['reinstall', 'away', 'it is being built', [seen('transition', 'build')]],
    ['reinstall', 'settled', 'it was built', [seen('transition', 'build'), seen('running')]],
    ['reinstall', 'settled', 'the build failed', [seen('failed', 'build')]],
    ['reinstall', 'settled', 'it is suspended', [seen('suspended', 'billing')]],
    ['reinstall', 'waits', 'it restarts as it was', [seen('transition')]],
    ['upgrade', 'waits', 'the plan is the old one', [seen('running')]],
    ['upgrade', 'settled', 'the plan is another', [seen('running', 'power', { planSlug: 'scout-4' })]],
    ['upgrade', 'settled', 'it waits for a restart', [seen('running', 'power', { isRebootPending: true })]],
    ['reactivate', 'waits', 'it is suspended still', [seen('suspended', 'billing')]],
    ['reactivate', 'settled', 'it is stopped', [seen('stopped')]],
    ['schedule-deletion', 'waits', 'it runs', [seen('running')]],
    ['schedule-deletion', 'settled', 'it is to be deleted', [seen('deletion', 'billing')]],
    ['cancel-deletion', 'waits', 'it is to be deleted still', [seen('deletion', 'billing')]],
    ['cancel-deletion', 'settled', 'it runs', [seen('running')]],
    ['delete', 'waits', 'it is being deleted', [seen('deletion', 'billing')]],
    ['delete', 'waits', 'it is stopped', [seen('stopped')]],
  ])('%s: %s where %s', (action, left, _where, observations) => {
    expect(after(action, ...observations)).toBe(left);
  });

  it('is nothing where it was asked for before the action, to the millisecond', () => {
    const boot = expected('boot');
    expect(afterObservation(boot, seen('running'), 999)).toBe(boot);
    expect(afterObservation(boot, seen('running'), 1_000)).toBeNull();
  });

  it('is the same object where it says nothing new', () => {
    const away = expected('shutdown', { seenAway: true });
    expect(afterObservation(away, seen('transition'), 2_000)).toBe(away);
    const ignored = expected('shutdown', { seenAway: true, overdue: true });
    expect(afterObservation(ignored, seen('running'), 2_000)).toBe(ignored);
  });
});

describe('what time makes of an action', () => {
  const at = (monotonicMs: number) => ({ wallMs: 0, monotonicMs });

  it('is nothing before its deadline, overdue from then on, and forgotten ten minutes later', () => {
    const boot = expected('boot');
    expect(nextDeadline(boot)).toBe(61_000);
    expect(afterTime(boot, at(60_999))).toBe(boot);
    const overdue = expected('boot', { overdue: true });
    expect(afterTime(boot, at(61_000))).toEqual(overdue);
    expect(nextDeadline(overdue)).toBe(661_000);
    expect(afterTime(overdue, at(660_999))).toBe(overdue);
    expect(afterTime(overdue, at(661_000))).toBeNull();
  });

  it.each<[ExpectedAction, number]>([
    ['boot', 60_000],
    ['poweroff', 60_000],
    ['shutdown', 120_000],
    ['restart', 120_000],
    ['upgrade', 180_000],
    ['reactivate', 180_000],
    ['delete', 180_000],
    ['reinstall', 1_200_000],
    ['schedule-deletion', 60_000],
    ['cancel-deletion', 60_000],
  ])('%s is given %s ms', (action, lengthMs) => {
    expect(nextDeadline(expected(action))).toBe(1_000 + lengthMs);
  });
});

describe('the state that is shown meanwhile', () => {
  it.each<[ExpectedAction, StateKind | null, StateKind]>([
    ['boot', 'running', 'transition'],
    ['restart', 'running', 'transition'],
    ['shutdown', 'stopped', 'transition'],
    ['poweroff', 'stopped', 'transition'],
    ['reinstall', 'running', 'transition'],
    ['upgrade', 'running', 'transition'],
    ['reactivate', 'running', 'transition'],
    ['delete', 'deletion', 'deletion'],
    ['schedule-deletion', 'deletion', 'transition'],
    ['cancel-deletion', null, 'transition'],
  ])('%s should end in %s and is shown as %s', (action, target, shownAs) => {
    expect(targetOf(action)).toBe(target);
    const shown = expectedState(expected(action), state('running'));
    expect(shown).toMatchObject({ kind: shownAs, detail: null });
    expect(shown.word).not.toBe('running');
  });

  it('says where the answer was lost, and nothing while it is sent or dispatched', () => {
    const detail = (dispatch: Expectation['dispatch']) =>
      expectedState(expected('boot', { dispatch }), state('stopped')).detail;
    expect(detail('lost')).toBe('The answer was lost. Checking whether it took effect.');
    expect(detail('sending')).toBeNull();
    expect(detail('dispatched')).toBeNull();
  });

  it.each<[ExpectedAction, string]>([
    ['boot', 'Starting'],
    ['restart', 'Restarting'],
    ['shutdown', 'Shutting down'],
    ['poweroff', 'Powering off'],
    ['reinstall', 'Reinstalling'],
    ['upgrade', 'Upgrading'],
    ['reactivate', 'Reactivating'],
    ['delete', 'Deleting'],
    ['schedule-deletion', 'Scheduling deletion'],
    ['cancel-deletion', 'Canceling deletion'],
  ])('%s is called %s', (action, word) => {
    expect(expectedState(expected(action), state('running')).word).toBe(word);
  });

  it.each<[ExpectedAction, string]>([
    ['boot', 'Start not confirmed after 60 s.'],
    ['restart', 'Restart not confirmed after 120 s.'],
    ['shutdown', 'Shutdown not confirmed after 120 s.'],
    ['poweroff', 'Power-off not confirmed after 60 s.'],
    ['reinstall', 'Reinstall not confirmed after 20 min. The console shows what it does.'],
    ['upgrade', 'Upgrade not confirmed after 3 min. The ledger shows whether it was paid.'],
    ['reactivate', 'Reactivation not confirmed after 3 min. The ledger shows whether it was paid.'],
    ['delete', 'Deletion not confirmed after 3 min.'],
    ['schedule-deletion', 'Deletion not confirmed after 60 s.'],
    ['cancel-deletion', 'Cancellation not confirmed after 60 s.'],
  ])('%s that was not confirmed says so beside what the API says: %s', (action, detail) => {
    const observed = state('stopped');
    expect(expectedState(expected(action, { overdue: true }), observed)).toEqual({ ...observed, detail });
  });

  it('keeps what the API says of the state before what the app does', () => {
    const observed = { ...state('deletion'), detail: 'Will be deleted.' };
    expect(expectedState(expected('boot', { overdue: true }), observed).detail).toBe('Will be deleted.');
  });

  it('is a shutdown that was ignored only where it runs past its time', () => {
    const overdue = expected('shutdown', { overdue: true });
    expect(isShutdownIgnored(overdue, state('running'))).toBe(true);
    expect(isShutdownIgnored(overdue, state('transition'))).toBe(false);
    expect(isShutdownIgnored(expected('shutdown'), state('running'))).toBe(false);
    expect(isShutdownIgnored(expected('boot', { overdue: true }), state('running'))).toBe(false);
    expect(isShutdownIgnored(undefined, state('running'))).toBe(false);
    // Seen on its way and running again says more than that a time has passed.
    const again = expectedState(expected('shutdown', { overdue: true, seenAway: true }), state('running'));
    expect(again.detail).toBe('It was asked to shut down but is still running.');
    expect(expectedState(overdue, state('running')).detail).toContain('120 s');
    const stopping = expected('shutdown', { overdue: true, seenAway: true });
    expect(expectedState(stopping, state('transition')).detail).toContain('120 s');
  });
});
