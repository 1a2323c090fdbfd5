/** Time as the ssh process sees it; tests bring their own. */
export interface Clock {
  /** Now, in milliseconds since the epoch. */
  readonly nowMs: () => number;
  /** Calls back once after `delayMs`; answers with what takes it back. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
}

/** The machine's own time. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
