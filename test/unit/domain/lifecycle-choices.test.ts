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

it('nothing is asked while something is awaited', () => {
  const choices = lifecycleChoicesWhile('Deleting');
  for (const action of lifecycleActions)
    expect(choices[action]).toEqual({ allowed: false, reason: 'Deleting: wait until that is done.' });
});
