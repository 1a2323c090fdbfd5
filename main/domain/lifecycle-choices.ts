import type { Choice, LifecycleAction } from '../../preload/contract/instance.ts';
import type { ObservedState } from './instance-state.ts';

/** What can be asked of an instance beyond power, action by action. */
export type LifecycleChoices = Readonly<Record<LifecycleAction, Choice>>;

const yes: Choice = { allowed: true };
const no = (reason: string): Choice => ({ allowed: false, reason });

const none = (reason: string): LifecycleChoices => {
  const choice = no(reason);
  return {
    upgrade: choice,
    reinstall: choice,
    'reset-password': choice,
    delete: choice,
    'cancel-deletion': choice,
    reactivate: choice,
  };
};

const notScheduled = no('No deletion is scheduled.');
const notSuspended = no('It is not suspended.');

const whenAtRest: LifecycleChoices = {
  upgrade: yes,
  reinstall: yes,
  'reset-password': yes,
  delete: yes,
  'cancel-deletion': notScheduled,
  reactivate: notSuspended,
};
const whenFailed: LifecycleChoices = {
  ...none('Its build failed: reinstall it first.'),
  reinstall: yes,
  delete: yes,
  'cancel-deletion': notScheduled,
  reactivate: notSuspended,
};
const whenSuspended: LifecycleChoices = {
  ...none('It is suspended: reactivate it first.'),
  delete: yes,
  'cancel-deletion': notScheduled,
  reactivate: yes,
};
const whenScheduled: LifecycleChoices = {
  ...none('Its deletion is scheduled: cancel that first.'),
  'reset-password': yes,
  delete: yes,
  'cancel-deletion': yes,
  reactivate: notSuspended,
};
const whenUnknown = none('The app does not know this state. The web dashboard can do more.');
const whenDeleted = none('It is being deleted.');

/**
 * What can be asked of an instance in this state. A missing action says why, in words. What changes can only be
 * deleted, and an unknown state allows nothing: nobody knows what it would do.
 */
export function lifecycleChoices(state: ObservedState): LifecycleChoices {
  switch (state.kind) {
    case 'running':
    case 'stopped':
      return whenAtRest;
    case 'transition':
      return { ...none(`It is ${state.word.toLowerCase()}: wait until that is done.`), delete: yes };
    case 'failed':
      return state.about === 'build' ? whenFailed : whenAtRest;
    case 'suspended':
      return whenSuspended;
    case 'deletion':
      return state.subkind === 'scheduled' ? whenScheduled : whenDeleted;
    case 'unknown':
      return whenUnknown;
  }
}

/** While an action of the user is awaited, no other starts. */
export function lifecycleChoicesWhile(word: string): LifecycleChoices {
  return none(`${word}: wait until that is done.`);
}
