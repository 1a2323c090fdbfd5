import type { PowerAction, Choice } from '../../preload/contract/instance.ts';
import type { ObservedState } from './instance-state.ts';

/** What can be asked of an instance, action by action. */
export type PowerChoices = Readonly<Record<PowerAction, Choice>>;

const yes: Choice = { allowed: true };
const no = (reason: string): Choice => ({ allowed: false, reason });

const none = (reason: string): PowerChoices => {
  const choice = no(reason);
  return { boot: choice, shutdown: choice, restart: choice, poweroff: choice };
};

const whenRunning: PowerChoices = { boot: no('It is running.'), shutdown: yes, restart: yes, poweroff: yes };
const notRunning = no('It is not running.');
const whenStopped: PowerChoices = {
  boot: yes,
  shutdown: notRunning,
  restart: notRunning,
  poweroff: notRunning,
};
const whenNotBuilt = none('Its build failed: reinstall or delete it.');
const whenCrashed: PowerChoices = { boot: yes, shutdown: notRunning, restart: yes, poweroff: yes };
const whenScheduled: PowerChoices = { boot: yes, shutdown: yes, restart: yes, poweroff: yes };
const whenSuspended = none('It is suspended: reactivate it first.');
const whenUnknown = none('The app does not know this state. The web dashboard can do more.');
const whenDeleted = none('It is being deleted.');

/** While it changes by itself, only the plug can be pulled: that is how a hung boot or shutdown is ended. */
function whileChanging(word: string): PowerChoices {
  const wait = `It is ${word.toLowerCase()}: wait until that is done.`;
  return { ...none(wait), poweroff: yes };
}

/**
 * What can be asked of an instance in this state. A missing action says why, in words. An instance that is
 * being built cannot be powered at all; an unknown state allows nothing, since nobody knows what it would do.
 */
export function powerChoices(state: ObservedState): PowerChoices {
  switch (state.kind) {
    case 'running':
      return whenRunning;
    case 'stopped':
      return whenStopped;
    case 'transition':
      return state.about === 'power'
        ? whileChanging(state.word)
        : none(`It is ${state.word.toLowerCase()}: wait until that is done.`);
    case 'suspended':
      return whenSuspended;
    case 'failed':
      return state.about === 'build' ? whenNotBuilt : whenCrashed;
    case 'deletion':
      if (state.subkind !== 'scheduled') return whenDeleted;
      // It runs, or not, until then as any other.
      return state.power === undefined
        ? whenScheduled
        : powerChoices({ ...state.power, about: 'power', detail: null });
    case 'unknown':
      return whenUnknown;
  }
}

/** While an action of the user is awaited, no second one starts; but what hangs may be forced (`canForce`). */
export function powerChoicesWhile(word: string, canForce: boolean): PowerChoices {
  const locked = none(`${word}: wait until that is done.`);
  return canForce ? { ...locked, poweroff: yes } : locked;
}
