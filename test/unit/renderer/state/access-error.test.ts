import { expect, it } from 'vitest';
import { accessError } from '../../../../renderer/state/access-error.ts';

it.each([
  ['ready', null],
  [undefined, null],
  ['signed-out', { kind: 'unauthorized', message: 'The token was refused.' }],
  ['locked', { kind: 'keychain-locked' }],
  ['unavailable', { kind: 'keychain-unavailable', message: 'The token could not be read.' }],
] as const)('an account that is %s has the error %j', (access, error) => {
  expect(accessError(access)).toEqual(error);
});
