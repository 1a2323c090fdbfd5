import { actionDeadlinesMs, type AwaitedAction } from '../../preload/contract/action-deadlines.ts';
import type { InstanceState, StateKind } from '../../preload/contract/instance.ts';
import type { ObservedState } from '../domain/index.ts';
import type { Moment } from './time.ts';

/** What an instance can be expected to become after. */
export type ExpectedAction = Exclude<AwaitedAction, 'create'>;

/**
 * What an instance is expected to become after an action. The API answers an action when it is dispatched, not
 * when it is done, so the app shows what it expects until the API shows it too.
 */
export interface Expectation {
  readonly action: ExpectedAction;
  readonly since: Moment;
  /** `lost`: the answer to the action never came, so it may not have been dispatched at all. */
  readonly dispatch: 'sending' | 'dispatched' | 'lost';
  /** The deadline has passed: the API's own state is shown again, with a word about the action. */
  readonly overdue: boolean;
  /** It was seen on its way: no longer as it was before the action. For a restart, a "running" before that is the old one. */
  readonly seenAway: boolean;
  /** The plan before the action, which an upgrade changes. */
  readonly planBefore: string | null;
}

/** How an action is spoken of, and in what it should end. */
interface Terms {
  readonly doing: string;
  readonly noun: string;
  /** Null: in no state of its own. */
  readonly target: StateKind | null;
  /** The kind of state shown meanwhile. */
  readonly shownAs: StateKind;
  /** Added when it was not confirmed. */
  readonly advice: string | null;
}

const terms: Readonly<Record<ExpectedAction, Terms>> = {
  boot: power('Starting', 'Start', 'running'),
  restart: power('Restarting', 'Restart', 'running'),
  shutdown: power('Shutting down', 'Shutdown', 'stopped'),
  poweroff: power('Powering off', 'Power-off', 'stopped'),
  reinstall: {
    ...power('Reinstalling', 'Reinstall', 'running'),
    advice: 'The console shows what it does.',
  },
  upgrade: {
    ...power('Upgrading', 'Upgrade', 'running'),
    advice: 'The ledger shows whether it was paid.',
  },
  reactivate: {
    ...power('Reactivating', 'Reactivation', 'running'),
    advice: 'The ledger shows whether it was paid.',
  },
  delete: { ...power('Deleting', 'Deletion', 'deletion'), shownAs: 'deletion' },
  'schedule-deletion': power('Scheduling deletion', 'Deletion', 'deletion'),
  'cancel-deletion': power('Canceling deletion', 'Cancellation', null),
};

function power(doing: string, noun: string, target: StateKind | null): Terms {
  return { doing, noun, target, shownAs: 'transition', advice: null };
}

/** How long an action that was never confirmed is still mentioned. */
const forgetAfterMs = 600_000;

/** The state that an action should end in; null: none of its own. */
export function targetOf(action: ExpectedAction): StateKind | null {
  return terms[action].target;
}

/** An expectation from the moment the action is sent; `planBefore` is the instance's plan then. */
export function expectAction(
  action: ExpectedAction,
  now: Moment,
  planBefore: string | null = null,
): Expectation {
  return { action, since: now, dispatch: 'sending', overdue: false, seenAway: false, planBefore };
}

/** What time makes of an expectation: overdue after its deadline, forgotten later still. */
export function afterTime(expectation: Expectation, now: Moment): Expectation | null {
  const { action, since, overdue } = expectation;
  const ageMs = now.monotonicMs - since.monotonicMs;
  const deadlineMs = actionDeadlinesMs[action];
  if (ageMs >= deadlineMs + forgetAfterMs) return null;
  return !overdue && ageMs >= deadlineMs ? { ...expectation, overdue: true } : expectation;
}

/** When time changes this expectation next (monotonic). */
export function nextDeadline({ since, action, overdue }: Expectation): number {
  const deadlineMs = actionDeadlinesMs[action];
  return since.monotonicMs + deadlineMs + (overdue ? forgetAfterMs : 0);
}

/** It was asked to shut down and runs on: past its time, or again after it was on its way. */
export function isShutdownIgnored(expectation: Expectation | undefined, observed: ObservedState): boolean {
  return expectation?.action === 'shutdown' && expectation.overdue && observed.kind === 'running';
}

/** The state to show while an expectation stands: the expected one, or the API's with what was not confirmed. */
export function expectedState(
  expectation: Expectation,
  observed: ObservedState,
): Omit<InstanceState, 'sinceMs'> {
  const { doing, shownAs } = terms[expectation.action];
  if (expectation.overdue) {
    return { ...observed, detail: observed.detail ?? unconfirmed(expectation, observed) };
  }
  const detail =
    expectation.dispatch === 'lost' ? `The answer was lost. Checking whether it took effect.` : null;
  return { kind: shownAs, word: doing, detail };
}

function unconfirmed(expectation: Expectation, observed: ObservedState): string {
  const { noun, advice } = terms[expectation.action];
  if (isShutdownIgnored(expectation, observed) && expectation.seenAway) {
    return 'It was asked to shut down but is still running.';
  }
  const said = `${noun} not confirmed after ${lengthInWords(actionDeadlinesMs[expectation.action])}.`;
  return advice === null ? said : `${said} ${advice}`;
}

function lengthInWords(lengthMs: number): string {
  const seconds = lengthMs / 1000;
  return seconds <= 120 ? `${seconds} s` : `${seconds / 60} min`;
}
