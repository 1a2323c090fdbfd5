import type { Clock } from '../clock/index.ts';

const lookEveryMs = 5_000;

/** What telling that nobody is there takes. */
export interface IdleWatchParts {
  readonly clock: Clock;
  /** For how long the whole computer had no input, as the system says; 0 also where it does not say. */
  readonly systemIdleMs: () => number;
  /** After how long without input nobody is there; null: never. */
  readonly limitMs: () => number | null;
  readonly onIdle: () => void;
}

/**
 * Tells once when nobody has used the computer for a time. A system that does not say for how long it was idle, as some
 * Wayland desktops, is judged by the input in the app alone. Time that the computer slept counts.
 */
export class IdleWatch {
  readonly #parts: IdleWatchParts;
  #stop: (() => void) | null = null;
  #lastInputMs = 0;
  #lastLookAtMs = 0;
  /** The system has said a time other than 0 since the last input here. */
  #systemTells = false;

  constructor(parts: IdleWatchParts) {
    this.#parts = parts;
  }

  /** There was input in the app. */
  input(): void {
    this.#lastInputMs = this.#parts.clock.monotonicMs();
    this.#systemTells = false;
  }

  /** Looks from now on, as if there had been input. */
  start(): void {
    this.stop();
    this.input();
    this.#lastLookAtMs = this.#parts.clock.now();
    this.#later();
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }

  #later(): void {
    this.#stop = this.#parts.clock.setTimeout(() => this.#look(), lookEveryMs);
  }

  #look(): void {
    const { clock, systemIdleMs, limitMs, onIdle } = this.#parts;
    // A clock that counts no sleep would take a night for a moment.
    const sinceLookMs = clock.now() - this.#lastLookAtMs;
    this.#lastLookAtMs = clock.now();
    const sinceInputMs = Math.max(clock.monotonicMs() - this.#lastInputMs, sinceLookMs);
    const idleMs = systemIdleMs();
    if (idleMs > 0) this.#systemTells = true;
    const limit = limitMs();
    const sleptOver = limit !== null && sinceLookMs >= limit;
    if (limit !== null && sinceInputMs >= limit && (sleptOver || idleMs >= limit || !this.#systemTells)) {
      this.stop();
      onIdle();
    } else this.#later();
  }
}
