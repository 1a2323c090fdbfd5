import { expect, it } from 'vitest';
import { accessError } from '../../../../renderer/state/access-error.ts';

it.each([
  ['ready', undefined],
  [undefined, undefined],
  ['signed-out', 'unauthorized'],
  ['locked', 'keychain-locked'],
  ['unavailable', 'keychain-unavailable'],
] as const)('an account that is %s has the error %s', (access, kind) => {
  expect(accessError(access)?.kind).toBe(kind);
});
