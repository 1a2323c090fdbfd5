import { ok } from '../../../preload/contract/result.ts';
import type { Accounts } from '../../accounts/index.ts';
import type { Leaving } from '../../app/leaving.ts';
import type { Domain } from './shared.ts';

/** Answers the calls of the domain `accounts`. */
export function createAccountHandlers(
  accounts: Accounts,
  leaving: Pick<Leaving, 'openChanges' | 'signOut'>,
): Domain<'accounts'> {
  return {
    state: () => ok(accounts.state()),
    signIn: ({ token, apiUrl }) => accounts.signIn(token, apiUrl),
    openDemo: () => accounts.openDemo(),
    switchTo: ({ accountId }) => accounts.switchTo(accountId),
    openChanges: ({ accountId }) => ok(leaving.openChanges(accountId)),
    signOut: ({ accountId, leaveChanges }) => leaving.signOut(accountId, leaveChanges),
    addWriteToken: ({ accountId, token }) => accounts.addWriteToken(accountId, token),
    removeWriteToken: ({ accountId }) => accounts.removeWriteToken(accountId),
    retryKeychain: ({ accountId }) => accounts.retryKeychain(accountId),
  };
}
