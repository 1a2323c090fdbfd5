import type { Clock } from '../../../main/terminal/process/clock.ts';

/** Time that goes on only when it is told to. */
export class FakeClock implements Clock {
  #nowMs = 1_000_000;
  #timers = new Map<number, { readonly atMs: number; readonly callback: () => void }>();
  #lastId = 0;

  readonly nowMs = (): number => this.#nowMs;

  readonly after = (delayMs: number, callback: () => void): (() => void) => {
    const id = (this.#lastId += 1);
    this.#timers.set(id, { atMs: this.#nowMs + delayMs, callback });
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
      const [id, { atMs, callback }] = next;
      this.#timers.delete(id);
      this.#nowMs = atMs;
      callback();
    }
    this.#nowMs = endMs;
  }

  get pending(): number {
    return this.#timers.size;
  }
}
