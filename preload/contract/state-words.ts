import { displayText } from './display-text.ts';
import type { Instance, PowerAction } from './instance.ts';

/** What each power action is called on buttons and in menus. */
export const powerLabels: Readonly<Record<PowerAction, string>> = {
  boot: 'Start',
  shutdown: 'Shut down',
  restart: 'Restart',
  poweroff: 'Power off',
};

/** Why what needs an instance's address cannot be done before it has one; `name` begins the sentence. */
export function noAddressYet(name: string): string {
  return `${name} has no address yet`;
}

/** True for a failed instance that was built and ran: it can be started again. */
export function hasCrashed({ kind, subkind }: Instance['state']): boolean {
  return kind === 'failed' && subkind === 'crashed';
}

/** Whether an instance is renewed by itself when what is paid ends. */
export function isRenewed({ state }: Pick<Instance, 'state'>): boolean {
  return state.kind !== 'suspended' && state.kind !== 'deletion';
}

/** What happened to a failed instance, as a sentence: quoted is only what the API said. */
export function failureInWords({ status, state }: Pick<Instance, 'status' | 'state'>): string {
  const said = displayText(status, 40);
  const reported = said === '' ? '' : ` Evorxa reports “${said}”.`;
  return `${hasCrashed(state) ? 'It stopped by itself.' : 'Its operating system could not be installed.'}${reported}`;
}
