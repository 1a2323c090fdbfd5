import type { WallClock } from '../clock/index.ts';

/** Who waits for the answer: the user's request goes before what is polled. */
export type Priority = 'person' | 'poll';

interface ThrottleOptions {
  readonly clock: WallClock;
  /** How many requests may go at once after a quiet time. */
  readonly burst: number;
  readonly perSecond: number;
}

type Waiter = (admitted: boolean) => void;

/** A token bucket with two queues. The API's limits are not documented, so the app sets its own. */
export class Throttle {
  readonly #clock: WallClock;
  readonly #burst: number;
  readonly #perSecond: number;
  readonly #waiting = { person: new Set<Waiter>(), poll: new Set<Waiter>() };
  #tokens: number;
  #filledAtMs: number;
  #timerRuns = false;

  constructor({ clock, burst, perSecond }: ThrottleOptions) {
    this.#clock = clock;
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#tokens = burst;
    this.#filledAtMs = clock.now();
  }

  /** Waits for a turn; false when `signal` was aborted before it came. */
  take(priority: Priority, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const queue = this.#waiting[priority];
      const onAbort = (): void => waiter(false);
      const waiter: Waiter = (admitted) => {
        queue.delete(waiter);
        signal.removeEventListener('abort', onAbort);
        resolve(admitted);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      queue.add(waiter);
      this.#admit();
    });
  }

  #admit(): void {
    this.#fill();
    for (const queue of [this.#waiting.person, this.#waiting.poll]) {
      for (const waiter of queue) {
        if (this.#tokens < 1) {
          this.#admitLater();
          return;
        }
        this.#tokens -= 1;
        waiter(true);
      }
    }
  }

  #admitLater(): void {
    if (this.#timerRuns) return;
    this.#timerRuns = true;
    const untilTokenMs = Math.ceil(((1 - this.#tokens) * 1_000) / this.#perSecond);
    this.#clock.setTimeout(() => {
      this.#timerRuns = false;
      this.#admit();
    }, untilTokenMs);
  }

  #fill(): void {
    const nowMs = this.#clock.now();
    // A clock that was set back gives nothing, and counts on from its new time.
    const elapsedMs = Math.max(0, nowMs - this.#filledAtMs);
    this.#tokens = Math.min(this.#burst, this.#tokens + (elapsedMs * this.#perSecond) / 1_000);
    this.#filledAtMs = nowMs;
  }
}
