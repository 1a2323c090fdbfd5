import type { Clock } from '../../../main/clock/index.ts';

/** Time that goes on only when it is told to. */
export class FakeClock implements Clock {
  #nowMs = 1_000_000;
  #wallShiftMs = 0;
  #timers = new Map<number, { readonly atMs: number; readonly run: () => void }>();
  #lastId = 0;

  readonly now = (): number => this.#nowMs + this.#wallShiftMs;
  readonly monotonicMs = (): number => this.#nowMs;

  readonly setTimeout = (run: () => void, delayMs: number): (() => void) => {
    const id = (this.#lastId += 1);
    this.#timers.set(id, { atMs: this.#nowMs + delayMs, run });
    return () => this.#timers.delete(id);
  };

  /** Lets time pass, with every timer at its moment. */
  advance(durationMs: number): void {
    const endMs = this.#nowMs + durationMs;
    for (;;) {
      const [next] = [...this.#timers]
        .filter(([, { atMs }]) => atMs <= endMs)
        .sort(([, a], [, b]) => a.atMs - b.atMs);
      if (next === undefined) break;
      const [id, { atMs, run }] = next;
      this.#timers.delete(id);
      this.#nowMs = atMs;
      run();
    }
    this.#nowMs = endMs;
  }

  /** Somebody sets the time of day: nothing waits for longer or for less. */
  setWallClock(byMs: number): void {
    this.#wallShiftMs += byMs;
  }

  get pending(): number {
    return this.#timers.size;
  }
}
