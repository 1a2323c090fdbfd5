import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sshd } from './sshd.ts';

const outcome = ['account required pam_unix.so', 'session required pam_permit.so'];

/** PAM services for `startSshd`: a code of Google's authenticator alone, or after the password. */
export const codeAlone: readonly string[] = ['auth required pam_google_authenticator.so', ...outcome];
export const passwordAndCode: readonly string[] = ['auth required pam_unix.so', ...codeAlone];

/** Gives the server's user a second factor; answers with two codes that are good once, as kept for a lost phone. */
export function enrol({ home, user }: Sshd): readonly [string, string] {
  const codes = ['31415926', '27182818'] as const;
  const path = join(home, '.google_authenticator');
  writeFileSync(path, ['ABCDEFGHIJKLMNOP', '" TOTP_AUTH', ...codes, ''].join('\n'), { mode: 0o600 });
  execFileSync('chown', [user, path]);
  return codes;
}
