import type { ObservedState } from '../domain/index.ts';
import { targetOf, type Expectation } from './expected-state.ts';

/** What the API says of an instance, as far as an action can be told from it. */
export interface Observation {
  readonly state: ObservedState;
  readonly planSlug: string | null;
  readonly isRebootPending: boolean;
}

/** What is left of an expectation after the API said `seen`, asked at `askedMonotonicMs`; null: it is settled. */
export function afterObservation(
  expectation: Expectation,
  seen: Observation,
  askedMonotonicMs: number,
): Expectation | null {
  // An answer to a question from before the action says nothing about the action.
  if (askedMonotonicMs < expectation.since.monotonicMs) return expectation;
  const { state } = seen;
  switch (expectation.action) {
    case 'boot':
    case 'poweroff':
      return isRuledOut(state) || state.kind === targetOf(expectation.action) ? null : expectation;
    case 'shutdown':
      return isRuledOut(state) || state.kind === 'stopped' ? null : afterShutdown(expectation, state);
    case 'restart':
      if (isRuledOut(state)) return null;
      return state.kind === 'running' ? whereSeenAway(expectation) : away(expectation);
    case 'reinstall':
      // While it is built it is not what it was; whatever it comes to after that is the outcome.
      if (state.about === 'build' && state.kind === 'transition') return away(expectation);
      return state.about === 'billing' || state.kind === 'failed' ? null : whereSeenAway(expectation);
    case 'upgrade':
      return seen.planSlug !== expectation.planBefore || seen.isRebootPending ? null : expectation;
    case 'reactivate':
      return state.kind === 'suspended' ? expectation : null;
    case 'schedule-deletion':
      return state.kind === 'deletion' ? null : expectation;
    case 'cancel-deletion':
      return state.kind === 'deletion' ? expectation : null;
    case 'delete':
      // A state confirms no deletion: only that the instance is gone does.
      return expectation;
  }
}

/** Billing or a build has taken over: what was asked for no longer shows. */
function isRuledOut({ about }: ObservedState): boolean {
  return about === 'billing' || about === 'build';
}

/** Back from its way down without having stopped: nothing more comes of it. */
function afterShutdown(expectation: Expectation, { kind }: ObservedState): Expectation {
  if (kind === 'running') {
    return expectation.seenAway && !expectation.overdue ? { ...expectation, overdue: true } : expectation;
  }
  return away(expectation);
}

function whereSeenAway(expectation: Expectation): Expectation | null {
  return expectation.seenAway ? null : expectation;
}

function away(expectation: Expectation): Expectation {
  return expectation.seenAway ? expectation : { ...expectation, seenAway: true };
}
