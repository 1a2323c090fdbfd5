import { expect, it } from 'vitest';
import { lifecycleChoices, lifecycleChoicesWhile, observedState } from '../../../main/domain/index.ts';
import { lifecycleActions } from '../../../preload/contract/instance.ts';

it.each<[string, readonly string[]]>([
  ['running', ['upgrade', 'reinstall', 'reset-password', 'delete']],
  ['stopped', ['upgrade', 'reinstall', 'reset-password', 'delete']],
  ['crashed', ['upgrade', 'reinstall', 'reset-password', 'delete']],
  ['restarting', ['delete']],
  ['provisioning', ['delete']],
  ['build_failed', ['reinstall', 'delete']],
  ['suspended', ['delete', 'reactivate']],
  ['pending_deletion', ['reset-password', 'delete', 'cancel-deletion']],
  ['deleting', []],
  ['hibernated', []],
])('%s', (status, actions) => {
  const choices = lifecycleChoices(observedState({ status }));
  expect(lifecycleActions.filter((action) => choices[action].allowed)).toEqual(actions);
});

it.each<[string, Readonly<Record<string, string>>]>([
  ['running', { 'cancel-deletion': 'No deletion is scheduled.', reactivate: 'It is not suspended.' }],
  ['upgrading', whyNot('It is upgrading: wait until that is done.', 'delete')],
  [
    'build_failed',
    {
      upgrade: 'Its build failed: reinstall it first.',
      'reset-password': 'Its build failed: reinstall it first.',
      'cancel-deletion': 'No deletion is scheduled.',
      reactivate: 'It is not suspended.',
    },
  ],
  [
    'suspended',
    {
      upgrade: 'It is suspended: reactivate it first.',
      reinstall: 'It is suspended: reactivate it first.',
      'reset-password': 'It is suspended: reactivate it first.',
      'cancel-deletion': 'No deletion is scheduled.',
    },
  ],
  [
    'pending_deletion',
    {
      upgrade: 'Its deletion is scheduled: cancel that first.',
      reinstall: 'Its deletion is scheduled: cancel that first.',
      reactivate: 'It is not suspended.',
    },
  ],
  ['deleting', whyNot('It is being deleted.')],
  ['hibernated', whyNot('The app does not know this state. The web dashboard can do more.')],
])('%s: what cannot be asked of it says why', (status, reasons) => {
  const choices = lifecycleChoices(observedState({ status }));
  const said = lifecycleActions.flatMap((action) => {
    const choice = choices[action];
    return choice.allowed ? [] : [[action, choice.reason]];
  });
  expect(Object.fromEntries(said)).toEqual(reasons);
});

it('nothing is asked while something is awaited', () => {
  const choices = lifecycleChoicesWhile('Deleting');
  for (const action of lifecycleActions)
    expect(choices[action]).toEqual({ allowed: false, reason: 'Deleting: wait until that is done.' });
});

/** One reason for every action but these. */
function whyNot(reason: string, ...allowed: readonly string[]): Readonly<Record<string, string>> {
  const actions = lifecycleActions.filter((action) => !allowed.includes(action));
  return Object.fromEntries(actions.map((action) => [action, reason]));
}
