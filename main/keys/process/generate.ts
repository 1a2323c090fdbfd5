import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { KeyJob, WrittenKey } from './jobs.ts';

type GenerateJob = Extract<KeyJob, { readonly kind: 'generate' }>;

/** As `ssh-keygen` has it since OpenSSH 9.4. */
const kdfRounds = 24;

/**
 * Makes an ed25519 key and writes both halves to ~/.ssh, in OpenSSH's own format; with a passphrase the private one is
 * encrypted (aes256-ctr, its key derived by bcrypt). Never writes over a file.
 */
export async function generateKey(
  { fileName, comment, passphrase }: GenerateJob,
  home: string,
): Promise<Result<WrittenKey>> {
  const folder = join(home, '.ssh');
  const path = join(folder, fileName);
  const pair = ssh2.utils.generateKeyPairSync('ed25519', {
    comment,
    ...(passphrase === null ? {} : { passphrase, cipher: 'aes256-ctr', rounds: kdfRounds }),
  });
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(path, `${pair.private}\n`, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    return fail(notWritten(cause, fileName));
  }
  try {
    await writeFile(`${path}.pub`, `${pair.public}\n`, { flag: 'wx', mode: 0o644 });
  } catch (cause) {
    // Half a pair would stand in the way of the next attempt. It is ours: it was not there before.
    await rm(path, { force: true });
    return fail(notWritten(cause, `${fileName}.pub`));
  }
  return ok({ path: `~/.ssh/${fileName}`, publicKey: pair.public.trim() });
}

function notWritten(
  cause: unknown,
  fileName: string,
): { readonly kind: 'refused'; readonly message: string } {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const message =
    code === 'EEXIST'
      ? `There is a file ~/.ssh/${fileName} already. Give the key another name: nothing was written over.`
      : `The key could not be written to ~/.ssh/${fileName} (${code}).`;
  return { kind: 'refused', message };
}
