import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import * as promises from 'node:fs/promises';
import { dirname } from 'node:path';

/** What a half-written file is called: the name of the real one, and this before a random part. */
export const temporaryInfix = '.tmp-';

/** The calls by which files are replaced; a test puts a full disk in their place. */
export type WritingCalls = Pick<typeof promises, 'mkdir' | 'open' | 'rename' | 'rm' | 'writeFile'>;

const temporaryOf = (path: string): string => `${path}${temporaryInfix}${randomBytes(6).toString('hex')}`;

/**
 * Writes a file, mode 0600, so that a crash or a full disk at any moment leaves either the old text or the new.
 * Throws what the file system throws.
 *
 * Not `atomically` (under `conf` and `electron-store`) or `write-file-atomic`: both call `write` once and do not look
 * at how much of it was taken. On a disk that fills up they put half a file in the place of a whole one.
 */
export function writeFileAtomically(path: string, text: string): void {
  const temporary = temporaryOf(path);
  try {
    // `writeFileSync` goes on until all is written, or throws; `flush` has it on the disk before it takes the name.
    writeFileSync(temporary, text, { flag: 'wx', mode: 0o600, flush: true });
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
}

/** The same without holding up the thread. Once it resolves, a power cut leaves the new text. */
export async function replaceFile(path: string, text: string, calls: WritingCalls = promises): Promise<void> {
  const temporary = temporaryOf(path);
  try {
    await calls.writeFile(temporary, text, { flag: 'wx', mode: 0o600, flush: true });
    await calls.rename(temporary, path);
  } catch (cause) {
    await calls.rm(temporary, { force: true }).catch(() => undefined);
    throw cause;
  }
  await flushFolder(dirname(path), calls);
}

/** Removes a file, if it is there, for good. */
export async function removeFile(path: string, calls: WritingCalls = promises): Promise<void> {
  await calls.rm(path, { force: true });
  await flushFolder(dirname(path), calls);
}

/** The new name of a file is on the disk once its folder is. Windows cannot open a folder, nor needs to. */
async function flushFolder(folder: string, calls: WritingCalls): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await calls.open(folder, 'r');
  try {
    await handle.sync();
  } catch (cause) {
    // Some network file systems cannot flush a folder.
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EINVAL')) throw cause;
  } finally {
    await handle.close();
  }
}
