import type { Clock } from '../../clock/index.ts';

/** Time that the other side may take, and what happens when it is over. Stands still while the user is asked. */
export class Deadline {
  readonly #clock: Clock;
  readonly #onOver: () => void;
  #leftMs = 0;
  #startedMs = 0;
  #paused = 0;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, onOver: () => void) {
    this.#clock = clock;
    this.#onOver = onOver;
  }

  /** Starts again, or as soon as nobody is asked any more. */
  start(durationMs: number): void {
    this.#stopTimer();
    this.#leftMs = durationMs;
    if (this.#paused === 0) this.#run();
  }

  stop(): void {
    this.#stopTimer();
    this.#leftMs = 0;
  }

  /** Runs `work` with the deadline standing still. */
  async pauseWhile<T>(work: () => Promise<T>): Promise<T> {
    if (this.#cancel !== null) {
      this.#leftMs -= this.#clock.monotonicMs() - this.#startedMs;
      this.#stopTimer();
    }
    this.#paused += 1;
    try {
      return await work();
    } finally {
      this.#paused -= 1;
      if (this.#paused === 0 && this.#leftMs > 0) this.#run();
    }
  }

  #run(): void {
    this.#startedMs = this.#clock.monotonicMs();
    this.#cancel = this.#clock.setTimeout(() => {
      this.#cancel = null;
      this.#leftMs = 0;
      this.#onOver();
    }, this.#leftMs);
  }

  #stopTimer(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
