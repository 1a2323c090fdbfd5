import type { ApiError } from '../../preload/contract/errors.ts';
import { backoffMs } from '../api/index.ts';
import type { AccountGate } from './account-gate.ts';
import { Poller } from './poller.ts';
import { delayMs, slowsDown, type Interval, type Visibility } from './schedule.ts';
import type { Clock } from '../clock/index.ts';

/** What all polled resources of an account share. */
export interface ResourceContext {
  readonly clock: Clock;
  readonly random: () => number;
  readonly gate: AccountGate;
  readonly visibility: () => Visibility;
  /** Calls `listener` when the view became another, or the token is accepted again: time to look at the schedule. */
  readonly onPaceChange: (listener: () => void) => void;
  readonly onBug: (error: unknown) => void;
}

export interface ResourceOptions extends ResourceContext {
  readonly interval: () => Interval | null;
  /** Asks once; gives what it ended in, null for a success. */
  readonly ask: (signal: AbortSignal) => Promise<ApiError | null>;
  /** Something is under way: ask faster until it is done. */
  readonly isChanging?: () => boolean;
}

/** One resource of an account, kept fresh: how often depends on the view, on what is going on and on failures. */
export class Resource {
  readonly #options: ResourceOptions;
  readonly #poller: Poller;
  #failures = 0;
  #backoffMs: number | null = null;
  #fastPolls = 0;

  constructor(options: ResourceOptions) {
    this.#options = options;
    this.#poller = new Poller({
      clock: options.clock,
      onBug: options.onBug,
      poll: (signal) => this.#poll(signal),
      dueAtMs: (endedAtMs) => this.#dueAtMs(endedAtMs),
    });
  }

  /** Polls now and from then on; once the token is accepted again, where it was refused. */
  start(): void {
    if (this.#options.gate.signedOut) this.#poller.startWaiting();
    else this.#poller.start();
  }

  stop(): void {
    this.#poller.stop();
  }

  /** Asks at once, whatever the schedule says. */
  refresh(): Promise<void> {
    return this.#poller.pollNow();
  }

  /** Asks with a request of its own, after the one that is in flight. */
  refreshAfterCurrent(): Promise<void> {
    return this.#poller.pollAfterCurrent();
  }

  /** The view or what is going on became another. */
  reschedule(): void {
    this.#poller.reschedule();
  }

  /** Something began: the next polls follow fast, beginning with the shortest wait. */
  hurry(): void {
    this.#fastPolls = 0;
    this.#poller.reschedule();
  }

  async #poll(signal: AbortSignal): Promise<void> {
    const { ask, gate, random, isChanging } = this.#options;
    const error = await ask(signal);
    if (signal.aborted) return;
    gate.learn(error);
    if (error?.kind === 'rate-limited') {
      // The gate knows until when; after it, at the usual pace.
      this.#backoffMs = 0;
    } else if (error !== null && slowsDown(error)) {
      this.#backoffMs = backoffMs(this.#failures, random);
      this.#failures += 1;
    } else {
      this.#backoffMs = null;
      this.#failures = 0;
    }
    this.#fastPolls = isChanging?.() ? this.#fastPolls + 1 : 0;
  }

  #dueAtMs(endedAtMs: number): number | null {
    const { interval, visibility, isChanging, gate, clock } = this.#options;
    const pace = {
      interval: interval(),
      visibility: visibility(),
      fastPolls: isChanging?.() ? this.#fastPolls : null,
      backoffMs: this.#backoffMs,
    };
    const waitMs = delayMs(pace);
    return waitMs === null ? null : gate.admitAtMs(endedAtMs + waitMs, clock.monotonicMs());
  }
}
