import type { Clock } from '../../clock/index.ts';

/**
 * A view that cannot follow shows one state at least so long before the next, and so many times as long as it took to have
 * it, but no longer than a second: nearly all of the processor's time is the flood's.
 */
const leastStateMs = 100;
const mostStateMs = 1_000;
const stateTimes = 16;
/** A flood is over once nothing came for a frame: its last screen is due at once. */
const overMs = 16;
/** A view can follow again after that, and once no more came since the last state. */
const slowBytes = 64 * 1024;

/** When a view that cannot follow is shown the next state, and whether it can follow from there on. Times are the monotonic clock's. */
export class StatePacing {
  readonly #clock: Clock;
  #lastOutputMs = Number.NEGATIVE_INFINITY;
  #nextStateMs = Number.NEGATIVE_INFINITY;
  #stateBegunMs = 0;
  #bytesSinceState = 0;
  #isPaused = false;
  /** It was since the last state. */
  #wasPaused = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get lastOutputMs(): number {
    return this.#lastOutputMs;
  }

  /** So much output came. */
  took(bytes: number): void {
    this.#lastOutputMs = this.#clock.monotonicMs();
    this.#bytesSinceState += bytes;
  }

  /** The server has to wait, or may go on: then what was held up is on its way. */
  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    if (isPaused) this.#wasPaused = true;
    else this.#lastOutputMs = this.#clock.monotonicMs();
  }

  /** A state is made for the view. */
  stateBegun(): void {
    this.#stateBegunMs = this.#clock.monotonicMs();
    this.#bytesSinceState = 0;
    this.#wasPaused = this.#isPaused;
  }

  /** The view has parsed it. */
  stateParsed(): void {
    const nowMs = this.#clock.monotonicMs();
    const shownMs = stateTimes * (nowMs - this.#stateBegunMs);
    this.#nextStateMs = nowMs + Math.min(mostStateMs, Math.max(leastStateMs, shownMs));
  }

  /** When the next state is due, where `waitingBytes` are not in it yet. */
  dueMs(waitingBytes: number): number {
    const isCaughtUp = waitingBytes === 0 && !this.#isPaused;
    return isCaughtUp ? Math.min(this.#nextStateMs, this.#lastOutputMs + overMs) : this.#nextStateMs;
  }

  /** Whether a view can follow that has the state of this moment, and is given the `waitingBytes` that are not in it. */
  canFollow(waitingBytes: number): boolean {
    const isOver = this.#clock.monotonicMs() - this.#lastOutputMs >= overMs;
    const isSlow = this.#bytesSinceState <= slowBytes && !this.#wasPaused;
    // A server that waits would send at once what it has.
    return !this.#isPaused && waitingBytes <= slowBytes && (isOver || isSlow);
  }
}
