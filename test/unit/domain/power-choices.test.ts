import { expect, it } from 'vitest';
import { observedState, powerChoices, powerChoicesWhile } from '../../../main/domain/index.ts';
import { powerActions } from '../../../preload/contract/instance.ts';

const unknown = 'The app does not know this state. The web dashboard can do more.';

// Which actions are allowed is in instance-state.test.ts.
it.each<[string, Readonly<Record<string, string>>]>([
  ['running', { boot: 'It is running.' }],
  [
    'stopped',
    { shutdown: 'It is not running.', restart: 'It is not running.', poweroff: 'It is not running.' },
  ],
  ['crashed', { shutdown: 'It is not running.' }],
  [
    'restarting',
    {
      boot: 'It is restarting: wait until that is done.',
      shutdown: 'It is restarting: wait until that is done.',
      restart: 'It is restarting: wait until that is done.',
    },
  ],
  ['upgrading', all('It is upgrading: wait until that is done.')],
  ['build_failed', all('Its build failed: reinstall or delete it.')],
  ['suspended', all('It is suspended: reactivate it first.')],
  ['pending_deletion', {}],
  ['deleting', all('It is being deleted.')],
  ['hibernated', all(unknown)],
])('%s: what cannot be asked of it says why', (status, reasons) => {
  const choices = powerChoices(observedState({ status }));
  const said = powerActions.flatMap((action) => {
    const choice = choices[action];
    return choice.allowed ? [] : [[action, choice.reason]];
  });
  expect(Object.fromEntries(said)).toEqual(reasons);
});

it('nothing is asked while something is awaited, but for the plug where that may be pulled', () => {
  const wait = { allowed: false, reason: 'Shutting down: wait until that is done.' };
  const locked = { boot: wait, shutdown: wait, restart: wait, poweroff: wait };
  expect(powerChoicesWhile('Shutting down', false)).toEqual(locked);
  expect(powerChoicesWhile('Shutting down', true)).toEqual({ ...locked, poweroff: { allowed: true } });
});

function all(reason: string): Readonly<Record<string, string>> {
  return { boot: reason, shutdown: reason, restart: reason, poweroff: reason };
}
