import type { Clock } from '../clock/index.ts';

export interface PollerOptions {
  readonly clock: Clock;
  /** One request and all that follows from it. Expected failures are handled inside. */
  readonly poll: (signal: AbortSignal) => Promise<void>;
  /** When the next poll is due (monotonic) after one that ended at `endedAtMs`; null: not until asked for. */
  readonly dueAtMs: (endedAtMs: number) => number | null;
  /** A poll threw: a bug of ours. Polling goes on. */
  readonly onBug: (error: unknown) => void;
}

/** Polling goes on after so long where its own schedule throws. */
const afterBugMs = 60_000;

interface Flight {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/**
 * Asks for one resource again and again, with one request in flight at most. Waits by the monotonic clock:
 * a timer that fires early is set again, one that fires late polls once.
 */
export class Poller {
  readonly #options: PollerOptions;
  #flight: Flight | null = null;
  #endedAtMs: number | null = null;
  #cancelTimer: (() => void) | null = null;
  #running = false;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  /** Polls now and from then on. */
  start(): void {
    this.#running = true;
    void this.pollNow();
  }

  /** Polls from then on, as the schedule says. */
  startWaiting(): void {
    this.#running = true;
    this.reschedule();
  }

  /** Ends polling; the request in flight is given up. */
  stop(): void {
    this.#running = false;
    this.#clearTimer();
    this.#flight?.abort.abort();
    this.#flight = null;
  }

  /** Polls at once, or joins the request that is in flight. Resolves when it is done. */
  pollNow(): Promise<void> {
    if (this.#flight) return this.#flight.done;
    this.#clearTimer();
    const abort = new AbortController();
    const flight: Flight = { abort, done: this.#run(abort.signal) };
    this.#flight = flight;
    return flight.done;
  }

  /** Polls once more after the request that is in flight: its answer may be from before something happened. */
  async pollAfterCurrent(): Promise<void> {
    await this.#flight?.done;
    await this.pollNow();
  }

  /** Looks once more when the next poll is due: it became another time. */
  reschedule(): void {
    if (!this.#running || this.#flight || this.#endedAtMs === null) return;
    this.#clearTimer();
    const dueAtMs = this.#dueAtMs(this.#endedAtMs);
    if (dueAtMs === null) return;
    const leftMs = dueAtMs - this.#options.clock.monotonicMs();
    if (leftMs <= 0) void this.pollNow();
    else this.#cancelTimer = this.#options.clock.setTimeout(() => this.reschedule(), leftMs);
  }

  async #run(signal: AbortSignal): Promise<void> {
    try {
      // `pollNow` has to have set the flight before the request can end.
      await Promise.resolve();
      await this.#options.poll(signal);
    } catch (error) {
      this.#options.onBug(error);
    } finally {
      // A flight that was stopped is nobody's any more: another may be under way.
      if (!signal.aborted) {
        this.#flight = null;
        this.#endedAtMs = this.#options.clock.monotonicMs();
        this.reschedule();
      }
    }
  }

  #dueAtMs(endedAtMs: number): number | null {
    try {
      return this.#options.dueAtMs(endedAtMs);
    } catch (error) {
      this.#options.onBug(error);
      return endedAtMs + afterBugMs;
    }
  }

  #clearTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }
}
