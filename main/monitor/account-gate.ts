import type { ApiError } from '../../preload/contract/errors.ts';

/** When the pollers of an account may ask: the server's limit is the account's, and so is the token. */
export class AccountGate {
  #signedOut = false;
  readonly #waitMs: () => number;
  readonly #onReopen: () => void;

  /**
   * `waitMs` tells how long the server wants no request; `onReopen` is called when the token is accepted again.
   */
  constructor(waitMs: () => number, onReopen: () => void) {
    this.#waitMs = waitMs;
    this.#onReopen = onReopen;
  }

  /** The token was refused: nothing is polled until a request succeeds that the user asked for. */
  get signedOut(): boolean {
    return this.#signedOut;
  }

  /** Learns from how a request ended; null is a success. */
  learn(error: ApiError | null): void {
    if (error === null) this.#reopen();
    else if (error.kind === 'unauthorized') this.#signedOut = true;
  }

  /** When a poll that is due at `dueAtMs` may go, asked at `nowMs` (monotonic); null: not by itself. */
  admitAtMs(dueAtMs: number, nowMs: number): number | null {
    return this.#signedOut ? null : Math.max(dueAtMs, nowMs + this.#waitMs());
  }

  #reopen(): void {
    if (!this.#signedOut) return;
    this.#signedOut = false;
    this.#onReopen();
  }
}
