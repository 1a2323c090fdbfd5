import type { CheckAction, CheckStep, CheckStepName } from '../../../preload/contract/connection-check.ts';

/** What each step is called. */
export const stepLabels: Readonly<Record<CheckStepName, string>> = {
  instance: 'Instance',
  name: 'Host name',
  shield: 'Shield',
  port: 'Port',
  greeting: 'SSH server',
  'host-key': 'Host key',
  'sign-in': 'Sign-in',
  console: 'Console',
};

/** What a step's mark says to a screen reader. */
export const stateWords: Readonly<Record<CheckStep['state'], string>> = {
  waiting: 'not checked yet',
  running: 'checking',
  ok: 'no problem',
  problem: 'problem',
  unknown: 'not known',
  skipped: 'not relevant',
};

/** The verb of what the app can do about a finding. */
export const actionLabels: Readonly<Record<CheckAction['kind'], string>> = {
  start: 'Start instance',
  system: 'Open Plan & system',
  shield: 'Open Shield rules',
  'ssh-settings': 'Edit SSH settings',
  'known-hosts': 'Open known hosts',
  console: 'Open console',
};

/** What is checked of a target, as a report that can be pasted into a ticket. */
export function checkReport(target: string, steps: readonly CheckStep[], conclusion: string | null): string {
  const lines = steps
    .filter(({ finding }) => finding !== null)
    .map(({ name, state, finding }) => `${stepLabels[name]} (${stateWords[state]}): ${finding ?? ''}`);
  return [`SSH to ${target}`, ...(conclusion === null ? [] : [conclusion]), ...lines].join('\n');
}
