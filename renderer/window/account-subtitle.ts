import type { Account, AccountsState } from '../../preload/contract/account.ts';

/**
 * The line below an account's name: which cloud it is of, and what is wrong with it, which is not known in the phase
 * `loading`.
 */
export function accountSubtitle(
  { kind, apiUrl, access: lastAccess }: Account,
  phase: AccountsState['phase'],
): string {
  const access = phase === 'loading' ? 'ready' : lastAccess;
  if (access === 'signed-out') return 'Signed out';
  if (access === 'locked') return 'The keychain is locked';
  if (access === 'unavailable') return 'The token could not be read';
  return kind === 'demo' ? 'Demo account' : new URL(apiUrl).host;
}
