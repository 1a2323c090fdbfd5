import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** What a half-written file is called: the name of the real one, and this before a random part. */
export const temporaryInfix = '.tmp-';

/**
 * Writes a file, mode 0600, so that a crash or a full disk at any moment leaves either the old text or the new.
 * Throws what the file system throws.
 *
 * Not `atomically` (under `conf` and `electron-store`) or `write-file-atomic`: both call `write` once and do not look
 * at how much of it was taken. On a disk that fills up they put half a file in the place of a whole one.
 */
export function writeFileAtomically(path: string, text: string): void {
  const temporary = `${path}${temporaryInfix}${randomBytes(6).toString('hex')}`;
  try {
    // `writeFileSync` goes on until all is written, or throws; `flush` has it on the disk before it takes the name.
    writeFileSync(temporary, text, { flag: 'wx', mode: 0o600, flush: true });
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
}
