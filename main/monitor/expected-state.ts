import type { InstanceState, PowerAction, StateKind } from '../../preload/contract/instance.ts';
import type { ObservedState } from '../insight/index.ts';
import type { Moment } from './time.ts';

/**
 * What an instance is expected to become after an action. The API answers a power action when it is
 * dispatched, not when it is done, so the app shows what it expects until the API shows it too.
 */
export interface Expectation {
  readonly action: PowerAction;
  readonly since: Moment;
  /** `lost`: the answer to the action never came, so it may not have been dispatched at all. */
  readonly dispatch: 'sending' | 'dispatched' | 'lost';
  /** The deadline has passed: the API's own state is shown again, with a word about the action. */
  readonly overdue: boolean;
  /** For a restart: it was seen not running. A "running" before that is the old one. */
  readonly seenAway: boolean;
}

/** How long the app shows what it expects before it goes back to what the API says. */
const deadlineMs: Readonly<Record<PowerAction, number>> = {
  boot: 60_000,
  restart: 120_000,
  shutdown: 120_000,
  poweroff: 60_000,
};

/** How long an action that was never confirmed is still mentioned. */
const forgetAfterMs = 600_000;

const words: Readonly<Record<PowerAction, { readonly doing: string; readonly noun: string }>> = {
  boot: { doing: 'Starting', noun: 'Start' },
  restart: { doing: 'Restarting', noun: 'Restart' },
  shutdown: { doing: 'Shutting down', noun: 'Shutdown' },
  poweroff: { doing: 'Powering off', noun: 'Power-off' },
};

const targets: Readonly<Record<PowerAction, StateKind>> = {
  boot: 'running',
  restart: 'running',
  shutdown: 'stopped',
  poweroff: 'stopped',
};

/** The state that an action should end in. */
export function targetOf(action: PowerAction): StateKind {
  return targets[action];
}

/** An expectation from the moment the action is sent. */
export function expectAction(action: PowerAction, now: Moment): Expectation {
  return { action, since: now, dispatch: 'sending', overdue: false, seenAway: false };
}

/** What is left of an expectation after the API said `observed`, asked at `askedMonotonicMs`; null: it is settled. */
export function afterObservation(
  expectation: Expectation,
  observed: ObservedState,
  askedMonotonicMs: number,
): Expectation | null {
  // An answer to a question from before the action says nothing about the action.
  if (askedMonotonicMs < expectation.since.monotonicMs) return expectation;
  if (observed.about === 'billing' || observed.about === 'build') return null;
  if (observed.kind !== targets[expectation.action]) {
    const away = expectation.action === 'restart' && !expectation.seenAway;
    return away ? { ...expectation, seenAway: true } : expectation;
  }
  if (expectation.action === 'restart' && !expectation.seenAway) return expectation;
  return null;
}

/** What time makes of an expectation: overdue after its deadline, forgotten later still. */
export function afterTime(expectation: Expectation, now: Moment): Expectation | null {
  const ageMs = now.monotonicMs - expectation.since.monotonicMs;
  if (ageMs >= forgetAfterMs) return null;
  if (!expectation.overdue && ageMs >= deadlineMs[expectation.action])
    return { ...expectation, overdue: true };
  return expectation;
}

/** When time changes this expectation next (monotonic). */
export function nextDeadline(expectation: Expectation): number {
  const { since, action, overdue } = expectation;
  return since.monotonicMs + (overdue ? forgetAfterMs : deadlineMs[action]);
}

/** The state to show while an expectation stands: the expected one, or the API's with what was not confirmed. */
export function expectedState(
  expectation: Expectation,
  observed: ObservedState,
): Omit<InstanceState, 'sinceMs'> {
  const { doing, noun } = words[expectation.action];
  if (expectation.overdue) {
    const seconds = deadlineMs[expectation.action] / 1000;
    const detail = `${noun} not confirmed after ${seconds} s.`;
    return { kind: observed.kind, word: observed.word, detail: observed.detail ?? detail };
  }
  const detail =
    expectation.dispatch === 'lost' ? `The answer was lost. Checking whether it took effect.` : null;
  return { kind: 'transition', word: doing, detail };
}
