/** The time of day and what waits for it: an argument wherever time matters, so that tests own it. */
export interface WallClock {
  /** Milliseconds since the epoch; can jump. */
  now(): number;
  /** Runs once after `delayMs`, or later where the system naps; gives a function that cancels it. */
  setTimeout(run: () => void, delayMs: number): () => void;
}

/** With a monotonic clock for spans beside the wall's for dates, so that a clock that jumps moves no deadline. */
export interface Clock extends WallClock {
  /** Milliseconds since some start; never goes back. */
  monotonicMs(): number;
}

/** The machine's own clocks. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimeout: (run, delayMs) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
