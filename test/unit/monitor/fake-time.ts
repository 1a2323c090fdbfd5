import type { Clock } from '../../../main/clock/index.ts';

interface Timer {
  readonly atMs: number;
  readonly run: () => void;
}

/** Both clocks and the timers of a test. Nothing moves unless the test moves it. */
export class FakeTime implements Clock {
  #monotonicMs = 1_000;
  #wallMs = Date.UTC(2026, 4, 14, 12);
  readonly #timers = new Set<Timer>();

  now = (): number => this.#wallMs;
  monotonicMs = (): number => this.#monotonicMs;

  setTimeout = (run: () => void, delayMs: number): (() => void) => {
    const timer = { atMs: this.#monotonicMs + Math.max(0, delayMs), run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** The wall's clock is set, which is no passing of time. */
  jump(byMs: number): void {
    this.#wallMs += byMs;
  }

  /** Time passes while no timer can fire: the machine sleeps, or naps. */
  sleep(ms: number): void {
    this.#monotonicMs += ms;
    this.#wallMs += ms;
  }

  /** Lets time pass, timer by timer, with all that each of them causes. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#monotonicMs + ms;
    await settle();
    for (;;) {
      const due = [...this.#timers].filter((timer) => timer.atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (!due) break;
      this.#timers.delete(due);
      this.sleep(Math.max(0, due.atMs - this.#monotonicMs));
      due.run();
      await settle();
    }
    this.sleep(endMs - this.#monotonicMs);
  }

  get pendingTimers(): number {
    return this.#timers.size;
  }
}

/** Lets everything that only waits for promises run to its end. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
