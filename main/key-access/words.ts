import type { KeyInstall } from '../terminal/index.ts';

/** Why a key was not installed, and what to do. */
export interface InstallFailure {
  readonly text: string;
  readonly next: string;
  readonly canRetry: boolean;
}

const asked: ReadonlyMap<string, string> = new Map([
  ['keyboard-interactive', 'answers, such as a password or a code'],
  ['passphrase', 'the passphrase of a key'],
]);

const failures: ReadonlyMap<string, readonly [text: string, next: string]> = new Map([
  [
    'home',
    ['The user has no home folder on the server.', 'Make one, or choose another user in the SSH settings.'],
  ],
  [
    'folder',
    [
      'The folder ~/.ssh could not be made.',
      'See that the home folder belongs to the user and can be written.',
    ],
  ],
  [
    'link',
    ['~/.ssh/authorized_keys is a symbolic link that leads nowhere useful.', 'Mend the link on the server.'],
  ],
  ['kind', ['~/.ssh/authorized_keys is no regular file.', 'See on the server what it is.']],
  [
    'write',
    [
      '~/.ssh/authorized_keys could not be written.',
      'See that the disk is not full and that the file may be changed.',
    ],
  ],
]);

/** A change of authorized_keys that did not come about, in words; the server is as it was but for `lost`. */
export function failureOf(
  install: Exclude<KeyInstall, { readonly kind: 'added' | 'present' | 'removed' | 'host-key' }>,
  hadPassword: boolean,
): InstallFailure {
  switch (install.kind) {
    case 'asks':
      if (install.what === 'password')
        return {
          text: hadPassword
            ? 'The server did not accept the password. Nothing was changed.'
            : 'The server asks for a password, which this app does not have. Nothing was changed.',
          next: 'Type it here: it is sent to the server once, and not kept. Or reset the root password under Plan & system: it is used from here.',
          canRetry: true,
        };
      return {
        text: `The server asks for ${asked.get(install.what) ?? install.what}, which this app does not have. Nothing was changed.`,
        next: 'Sign in in a terminal and leave it open. Then try again: the key is installed over that session.',
        canRetry: true,
      };
    case 'no-sign-in':
      return {
        text: `${install.sentence} Nothing was changed.`,
        next: 'Find out why with “Why can’t I connect?”, then try again.',
        canRetry: true,
      };
    case 'failed': {
      const [text, next] = failures.get(install.what) ?? [
        'The key could not be installed.',
        'See the server.',
      ];
      const detail = install.detail === '' ? '' : ` The server says: ${install.detail}.`;
      return { text: `${text}${detail} Nothing was changed.`, next, canRetry: true };
    }
    case 'no-shell':
      return {
        text: 'The server runs no POSIX shell, or allows no commands. Nothing was changed.',
        next: 'Windows servers are not supported. Elsewhere add the public key to authorized_keys by hand.',
        canRetry: false,
      };
    case 'lost':
      return {
        text: 'The connection ended while the key was installed: it may be there or not.',
        next: 'Try again: the key is not added twice.',
        canRetry: true,
      };
  }
}
