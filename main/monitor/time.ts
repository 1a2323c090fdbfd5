/**
 * Time as the monitor sees it: the wall's clock for dates, a monotonic one for spans, so that a clock that
 * jumps moves no deadline. Injected, so that tests own it.
 */
export interface Clock {
  /** Milliseconds since the epoch; can jump. */
  now(): number;
  /** Milliseconds since some start; never goes back. */
  monotonicMs(): number;
  /** Runs once after `delayMs`, or later where the system naps; gives a function that cancels it. */
  setTimeout(run: () => void, delayMs: number): () => void;
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

/** One instant on both clocks. */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** Reads both clocks. */
export function momentOf(clock: Clock): Moment {
  return { wallMs: clock.now(), monotonicMs: clock.monotonicMs() };
}
