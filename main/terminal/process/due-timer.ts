import type { Clock } from '../../clock/index.ts';

/** One timer for what may be due at several moments: it runs at the earliest that it was told of, once. */
export class DueTimer {
  readonly #clock: Clock;
  readonly #run: () => void;
  #dueMs = Number.POSITIVE_INFINITY;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, run: () => void) {
    this.#clock = clock;
    this.#run = run;
  }

  /** Runs at a moment of the monotonic clock, unless it does so earlier. */
  at(dueMs: number): void {
    if (this.#dueMs <= dueMs) return;
    this.stop();
    this.#dueMs = dueMs;
    this.#cancel = this.#clock.setTimeout(() => {
      this.stop();
      this.#run();
    }, dueMs - this.#clock.monotonicMs());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }
}
