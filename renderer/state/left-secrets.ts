import type { LeftSecret } from '../../preload/contract/account.ts';
import { toasts } from '../components/feedback/toast-store.ts';

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

/** Warns of what the keychain still holds of an account that was signed out; says nothing where it holds nothing. */
export function warnOfLeftSecrets(about: string, left: readonly LeftSecret[]): void {
  const message = leftSecretsWords(left);
  // A warning stays when its page is left, as it is here.
  if (message !== null)
    toasts.show({ about, message, next: 'The app tries again at its next start.', tone: 'warn' });
}
