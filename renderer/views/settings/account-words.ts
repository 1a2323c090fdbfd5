import type { Account } from '../../../preload/contract/account.ts';

/** Which cloud an account is of. */
export function accountHost({ kind, apiUrl }: Pick<Account, 'kind' | 'apiUrl'>): string {
  return kind === 'demo' ? 'Demo account' : new URL(apiUrl).host;
}

/** Where an account's token is, and whether it can be read. */
export function tokenPlace({ kind, storage, access }: Pick<Account, 'kind' | 'storage' | 'access'>): string {
  if (kind === 'demo') return 'runs on this computer, needs no token';
  if (access === 'signed-out') return 'the token was refused';
  if (access === 'locked') return 'token in the keychain, which is locked';
  if (access === 'unavailable') return 'the token could not be read from the keychain';
  return storage === 'keychain' ? 'token in the keychain of this computer' : 'token in memory until you quit';
}

/** What becomes of changes of firewalls that wait to be confirmed, where the account is signed out of; null: there are none. */
export function openChangesWords(addresses: readonly string[], areLeft: boolean): string | null {
  if (addresses.length === 0) return null;
  const isOne = addresses.length === 1;
  const what = `The firewall ${isOne ? 'change' : 'changes'} of ${addresses.join(', ')}`;
  if (areLeft)
    return `If you sign out anyway, ${what.replace('The', 'the')} ${isOne ? 'stays' : 'stay'} in effect, and nothing takes ${isOne ? 'it' : 'them'} back.`;
  return `${what} ${isOne ? 'waits' : 'wait'} to be confirmed. ${isOne ? 'It is' : 'They are'} taken back first.`;
}

/** The words of a sign-out: the question, its button, and what follows. */
export function signOutWords({ kind, name, writeToken }: Pick<Account, 'kind' | 'name' | 'writeToken'>): {
  readonly question: string;
  readonly verb: string;
  readonly consequence: string;
} {
  if (kind === 'demo')
    return {
      question: 'Close the demo account?',
      verb: 'Close the demo',
      consequence: 'Your changes in it are lost when the app quits.',
    };
  return {
    question: `Sign out ${name}?`,
    verb: 'Sign out',
    consequence:
      writeToken === null
        ? 'The token is removed from the keychain of this computer. It stays valid until you revoke it.'
        : 'Both tokens are removed from the keychain of this computer. They stay valid until you revoke them.',
  };
}
