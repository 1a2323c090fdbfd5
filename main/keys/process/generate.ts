import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { newKeyPair, type MakePair } from '../../terminal/process/auth/key-pair.ts';
import type { KeyJob, WrittenKey } from './jobs.ts';

type GenerateJob = Extract<KeyJob, { readonly kind: 'generate' }>;

/**
 * Makes an ed25519 key and writes both halves to ~/.ssh, in OpenSSH's own format; with a passphrase the private one is
 * encrypted. Never writes over a file. What was written is read back; where a step fails nothing is left.
 */
export async function generateKey(
  { fileName, comment, passphrase }: GenerateJob,
  home: string,
  makePair?: MakePair,
): Promise<Result<WrittenKey>> {
  const folder = join(home, '.ssh');
  const path = join(folder, fileName);
  const written: string[] = [];
  const write = async (file: string, text: string, mode: number): Promise<void> => {
    await writeFile(file, text, { flag: 'wx', mode }).catch(async (cause: unknown) => {
      // Half a file, as on a full disk, is ours to remove; one that was there before is not.
      if (codeOf(cause) !== 'EEXIST') await rm(file, { force: true });
      throw cause;
    });
    written.push(file);
    if ((await readFile(file, 'utf8')) !== text) throw new Error('it reads otherwise than it was written');
  };
  let fileBeingWritten = fileName;
  try {
    const pair = newKeyPair({ comment, passphrase }, makePair);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await write(path, `${pair.private.trim()}\n`, 0o600);
    fileBeingWritten = `${fileName}.pub`;
    await write(`${path}.pub`, `${pair.public.trim()}\n`, 0o644);
    return ok({ path: `~/.ssh/${fileName}`, publicKey: pair.public.trim() });
  } catch (cause) {
    // Half a pair would stand in the way of the next attempt. It is ours: it was not there before.
    for (const file of written) await rm(file, { force: true });
    return fail(notWritten(cause, fileBeingWritten));
  }
}

function notWritten(
  cause: unknown,
  fileName: string,
): { readonly kind: 'refused'; readonly message: string } {
  const code = codeOf(cause);
  const message =
    code === 'EEXIST'
      ? `There is a file ~/.ssh/${fileName} already. Give the key another name: nothing was written over.`
      : `The key could not be written to ~/.ssh/${fileName} (${code}).`;
  return { kind: 'refused', message };
}

function codeOf(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : String(cause);
}
