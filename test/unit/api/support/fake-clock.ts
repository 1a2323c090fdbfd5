import type { Clock } from '../../../../main/clock/index.ts';

interface Timer {
  readonly atMs: number;
  readonly run: () => void;
}

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #nowMs: number;
  #monotonicMs = 0;
  #timers: Timer[] = [];

  constructor(nowMs = Date.UTC(2026, 4, 14, 12)) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  setTimeout(run: () => void, delayMs: number): () => void {
    const timer = { atMs: this.#nowMs + delayMs, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((it) => it !== timer);
    };
  }

  /** Delays of the timers that run now, shortest first. */
  get delaysMs(): readonly number[] {
    return this.#timers.map((it) => it.atMs - this.#nowMs).sort((a, b) => a - b);
  }

  /** Sets the time without running timers: a machine whose clock was changed. */
  jumpTo(nowMs: number): void {
    this.#nowMs = nowMs;
  }

  /** Goes on by `ms`, running each timer at its time and letting promises settle after each. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await settle();
    for (;;) {
      const next = this.#timers.filter((it) => it.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((it) => it !== next);
      this.#goTo(Math.max(this.#nowMs, next.atMs));
      next.run();
      await settle();
    }
    this.#goTo(untilMs);
  }

  #goTo(nowMs: number): void {
    this.#monotonicMs += nowMs - this.#nowMs;
    this.#nowMs = nowMs;
  }
}

/** Lets everything that waits for resolved promises go on; two rounds of the event loop cover streams too. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 4; round += 1) await new Promise((resolve) => setImmediate(resolve));
}
