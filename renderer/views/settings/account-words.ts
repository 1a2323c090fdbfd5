import type { Account, LeftSecret } from '../../../preload/contract/account.ts';

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
      consequence: 'What you did in it is gone when the app quits.',
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

const leftNames: Readonly<Record<LeftSecret, readonly [one: string, many: string]>> = {
  token: ['the API token', 'API tokens'],
  'write-token': ['the write token', 'write tokens'],
  'ssh-password': ['an SSH password', 'SSH passwords'],
  'ssh-passphrase': ['a passphrase', 'passphrases'],
};

/** What the keychain still holds of an account that was signed out, as a sentence; null: nothing. */
export function leftSecretsWords(left: readonly LeftSecret[]): string | null {
  if (left.length === 0) return null;
  const parts = [...new Set(left)].map((kind) => {
    const count = left.filter((each) => each === kind).length;
    const [one, many] = leftNames[kind];
    return count === 1 ? one : `${count} ${many}`;
  });
  const list = parts.length === 1 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  return `You are signed out. The keychain could not delete ${list}.`;
}
