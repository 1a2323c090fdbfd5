import type { OpenEntry } from './keyring-entry.ts';

/** Two ways to open an entry, and which of them is safe now. */
export interface OpenWays {
  /** The system's daemon answers at this moment. Never rejects. */
  readonly isAnswering: () => Promise<boolean>;
  /** Opens it in the thread of who asks, which a daemon that does not answer would hold. */
  readonly here: OpenEntry;
  /** Opens it in a thread of its own, which takes the processor ten times as long to make as the answer takes. */
  readonly apart: OpenEntry;
}

/** Opens entries in this thread where that cannot hold it, else each in a thread of its own. */
export function openWhereSafe({ isAnswering, here, apart }: OpenWays): OpenEntry {
  let asking: Promise<boolean> | null = null;
  /** Those who come while it is being asked share the answer, as many accounts do at a start. */
  const isSafe = (): Promise<boolean> => {
    asking ??= isAnswering().finally(() => {
      asking = null;
    });
    return asking;
  };
  return async (name) => ((await isSafe()) ? here(name) : apart(name));
}
