import { setImmediate } from 'node:timers/promises';
import type { WallClock } from '../clock/index.ts';

/** What is being written gets so long when the app quits; what takes longer hangs, and is cut. */
const graceMs = 2_000;

/** What is being written now; null where nothing is. */
export type WritesDone = () => Promise<void> | null;

/**
 * Waits until all is written, for at most two seconds, and gives whether it was; null where there is nothing to wait for.
 * Never rejects.
 */
export function finishWrites(writesDone: WritesDone, clock: WallClock): Promise<boolean> | null {
  const done = writesDone();
  if (done === null) return null;
  return new Promise((resolve) => {
    const cancel = clock.setTimeout(() => resolve(false), graceMs);
    const end = (): void => {
      cancel();
      resolve(true);
    };
    done.then(end, end);
  });
}

/** All of them as one. */
export function allWrites(...all: readonly WritesDone[]): WritesDone {
  return () => {
    const writing = all.flatMap((writesDone) => writesDone() ?? []);
    return writing.length === 0 ? null : Promise.all(writing).then(() => undefined);
  };
}

/** Writes the files (`flush`) and waits for what is written besides, until neither has left anything to the other. */
export async function writeAll(flush: () => Promise<void>, otherWrites: WritesDone): Promise<void> {
  let writing: Promise<void> | null;
  do {
    await flush();
    // Whoever waited for a file may go on with another one, or with the keychain.
    await setImmediate();
    await flush();
    writing = otherWrites();
    await writing;
  } while (writing !== null);
}
