import { expect, test, vi } from 'vitest';
import { toasts } from '../../../../renderer/components/feedback/toast-store.ts';
import { leftSecretsWords, warnOfLeftSecrets } from '../../../../renderer/state/left-secrets.ts';

test('a sign-out says what the keychain still holds, and nothing where it holds nothing', () => {
  expect(leftSecretsWords([])).toBeNull();
  expect(leftSecretsWords(['token'])).toBe(
    'You are signed out. The keychain could not delete the API token.',
  );
  expect(leftSecretsWords(['token', 'write-token', 'ssh-password', 'ssh-password', 'ssh-passphrase'])).toBe(
    'You are signed out. The keychain could not delete the API token, the write token, 2 SSH passwords and a passphrase.',
  );
});

test('what the keychain still holds is warned of once, and nothing is said where it holds nothing', () => {
  const show = vi.spyOn(toasts, 'show').mockReturnValue(1);
  warnOfLeftSecrets('Revoke CI', []);
  expect(show).not.toHaveBeenCalled();
  warnOfLeftSecrets('Revoke CI', ['ssh-passphrase']);
  expect(show.mock.calls).toEqual([
    [
      {
        about: 'Revoke CI',
        message: 'You are signed out. The keychain could not delete a passphrase.',
        next: 'The app tries again at its next start.',
        tone: 'warn',
      },
    ],
  ]);
});
