const maxReloads = 3;
const windowMs = 5 * 60_000;

/** Lets a crashed page come back at most three times in five minutes, so that a page that crashes at once does not loop. */
export interface CrashGuard {
  /** True if the page may be loaded again; counts it. */
  mayReload(): boolean;
}

/** A guard that reads the time from `now`, in ms, of a clock that nobody sets. */
export function createCrashGuard(now: () => number): CrashGuard {
  let reloadsMs: readonly number[] = [];
  return {
    mayReload: () => {
      reloadsMs = reloadsMs.filter((atMs) => now() - atMs < windowMs);
      if (reloadsMs.length >= maxReloads) return false;
      reloadsMs = [...reloadsMs, now()];
      return true;
    },
  };
}
