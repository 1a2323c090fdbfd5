import type { WallClock } from '../clock/index.ts';

/** What is being written gets so long when the app quits; what takes longer hangs, and is cut. */
const graceMs = 2_000;

/** What is being written now; null where nothing is. */
export type WritesDone = () => Promise<void> | null;

/** Waits until all is written, for at most two seconds; null where there is nothing to wait for. Never rejects. */
export function finishWrites(writesDone: WritesDone, clock: WallClock): Promise<void> | null {
  const done = writesDone();
  if (done === null) return null;
  return new Promise((resolve) => {
    const cancel = clock.setTimeout(resolve, graceMs);
    const end = (): void => {
      cancel();
      resolve();
    };
    done.then(end, end);
  });
}
