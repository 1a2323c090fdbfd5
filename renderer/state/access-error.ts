import type { AccountAccess } from '../../preload/contract/account.ts';
import type { AppError } from '../../preload/contract/errors.ts';
import { assertNever } from '../../preload/contract/result.ts';

/** Why an account that cannot be used has no answers; null for one that can, or where its state is not known yet. */
export function accessError(access: AccountAccess | undefined): AppError | null {
  switch (access) {
    case 'signed-out':
      return { kind: 'unauthorized', message: 'The token was refused.' };
    case 'locked':
      return { kind: 'keychain-locked' };
    case 'unavailable':
      return { kind: 'keychain-unavailable', message: 'The token could not be read.' };
    case 'ready':
    case undefined:
      return null;
    default:
      return assertNever(access);
  }
}
