import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, readFileSync, renameSync, rmSync } from 'node:fs';

/**
 * Puts a checked copy of `from` in the place of `target`, at once or not at all: it is copied beside it first, compared with
 * its hash, and then takes its name. Synchronous, since it is the last that the app does. Throws, and leaves `target` as
 * it was, where there is no room or no right.
 */
export function replaceFile(from: string, target: string, sha512: string): void {
  const copy = `${target}.new`;
  try {
    copyFileSync(from, copy);
    const actual = createHash('sha512').update(readFileSync(copy)).digest('base64');
    if (actual !== sha512) throw new Error('The downloaded update is no longer what was checked.');
    chmodSync(copy, 0o755);
    renameSync(copy, target);
  } finally {
    rmSync(copy, { force: true });
  }
}
