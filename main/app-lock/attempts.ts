/** So many wrong passphrases in a row cost no wait. */
const freeAttempts = 5;
const longestWaitMs = 60_000;

/** Wrong passphrases in a row, and the wait that they cost: 1 s after the sixth, twice as long after each more. */
export class Attempts {
  #wrong = 0;
  #notBeforeMs = Number.NEGATIVE_INFINITY;

  /** How long until the next try may be made; 0: it may be now. `nowMs` is monotonic. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.#notBeforeMs - nowMs);
  }

  failed(nowMs: number): void {
    this.#wrong += 1;
    const over = this.#wrong - freeAttempts;
    if (over > 0) this.#notBeforeMs = nowMs + Math.min(1000 * 2 ** (over - 1), longestWaitMs);
  }

  succeeded(): void {
    this.#wrong = 0;
    this.#notBeforeMs = Number.NEGATIVE_INFINITY;
  }
}
