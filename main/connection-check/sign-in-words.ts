import type { SignInCheck } from '../terminal/index.ts';
import type { CheckTarget, Found } from './evidence.ts';

/** What the server showed as its key. */
export function hostKeyFound({ hostKey, end }: SignInCheck, where: string): Found {
  if (hostKey === null) {
    const isChanged = end?.reason === 'host-key-changed' || end?.reason === 'host-key-revoked';
    return {
      state: 'problem',
      finding: end?.sentence ?? 'The server showed no host key.',
      ...(isChanged && {
        next: 'Compare the key with the one on the instance’s screen before you forget the old one.',
        action: { kind: 'known-hosts' },
      }),
    };
  }
  if (hostKey.kind === 'trusted')
    return { state: 'ok', finding: `The host key of ${where} is the one that this computer knows.` };
  const { kind, keyType, fingerprint } = hostKey;
  return {
    state: 'ok',
    finding:
      kind === 'expected'
        ? `The host key is new (${fingerprint}), as after the reinstall. You are asked about it.`
        : `The host key is not known yet (${keyType}, ${fingerprint}). You are asked whether you trust it.`,
  };
}

/** How far the sign-in gets. */
export function signInFound(check: SignInCheck, { user, auth }: CheckTarget): Found {
  const { hostKey, methods, keysOffered, asked, opened, end } = check;
  if (hostKey === null) return { state: 'skipped', finding: 'Not checked: the host key comes first.' };
  const takes = methods === null ? '' : ` The server takes ${listed(methods)}.`;
  if (opened !== null)
    return {
      state: 'ok',
      finding:
        opened.keyFingerprint === null
          ? `${user} is let in without a key or a password.`
          : `${user} is let in by the key ${opened.keyFingerprint}.`,
    };
  const isStranger = hostKey.kind !== 'trusted';
  const byKey = methods?.includes('publickey') === true;
  const byPassword = methods?.some((method) => passwordMethods.has(method)) === true;
  if (isStranger && methods !== null && methods.length > 0)
    return {
      state: 'ok',
      finding: `${user} can sign in by ${listed(methods)}. Keys are offered once you trust the host key.`,
    };
  const offered =
    keysOffered === 0
      ? 'This computer has no key to offer.'
      : `${keysOffered === 1 ? 'The key' : `None of the ${keysOffered} keys`} of this computer ${keysOffered === 1 ? 'is not accepted' : 'is accepted'} for ${user}.`;
  if (asked?.kind === 'passphrase')
    return {
      state: 'ok',
      finding: `The key ${asked.path} can be tried once you enter its passphrase.${takes}`,
    };
  if (asked !== null) {
    const keyPart = auth === 'password' ? '' : `${offered} `;
    return {
      state: 'ok',
      finding: `${keyPart}The server asks ${user} for ${asked.kind === 'password' ? 'a password' : 'answers, such as a password or a code'}.`,
      next: 'Sign in with the password. If you do not have it, reset it under Plan & system.',
      action: { kind: 'system' },
    };
  }
  if (methods !== null && byPassword && !byKey && (auth === 'agent' || auth === 'key-file'))
    return settings(
      `The server takes no keys.${takes}`,
      'Choose “Automatic” or “Password” in the SSH settings.',
    );
  if (methods !== null && byPassword && (auth === 'agent' || auth === 'key-file'))
    return settings(
      `${offered}${takes}`,
      'The SSH settings allow keys only. Choose another key, or “Automatic” to be asked for the password too.',
    );
  if (methods !== null && byKey && !byPassword)
    return {
      state: 'problem',
      finding: auth === 'password' ? `The server takes no password.${takes}` : `${offered}${takes}`,
      next:
        auth === 'password'
          ? 'Choose “Automatic” or “Key file” in the SSH settings.'
          : 'Add your public key to ~/.ssh/authorized_keys from the console, or choose the right key in the SSH settings.',
      action: { kind: 'ssh-settings' },
    };
  return {
    state: 'problem',
    finding: `${end?.sentence ?? `${user} was not let in.`}${takes}`,
    next: 'Sign in at the console, and look there at the SSH server’s log: journalctl -u ssh.',
    action: { kind: 'console' },
  };
}

const passwordMethods: ReadonlySet<string> = new Set(['password', 'keyboard-interactive']);

const words: ReadonlyMap<string, string> = new Map([
  ['publickey', 'keys'],
  ['password', 'a password'],
  ['keyboard-interactive', 'questions (keyboard-interactive)'],
  ['gssapi-with-mic', 'Kerberos'],
  ['hostbased', 'the client’s host key'],
]);

function listed(methods: readonly string[]): string {
  const named = methods.map((method) => words.get(method) ?? method);
  return named.length < 2
    ? (named[0] ?? 'nothing')
    : `${named.slice(0, -1).join(', ')} or ${named.at(-1) ?? ''}`;
}

const settings = (finding: string, next: string): Found => ({
  state: 'problem',
  finding,
  next,
  action: { kind: 'ssh-settings' },
});
