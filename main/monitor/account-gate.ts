import type { ApiError } from '../../preload/contract/errors.ts';
import type { Moment } from './time.ts';

/** What one answer says to all pollers of an account: the limit is the account's, and so is the token. */
export class AccountGate {
  #heldUntilMs = 0;
  #signedOut = false;
  readonly #onReopen: () => void;

  /** `onReopen` is called when the token is accepted again. */
  constructor(onReopen: () => void) {
    this.#onReopen = onReopen;
  }

  /** The token was refused: nothing is polled until a request succeeds that a person asked for. */
  get signedOut(): boolean {
    return this.#signedOut;
  }

  /** Learns from how a request ended; null is a success. */
  learn(error: ApiError | null, now: Moment): void {
    if (error === null) this.#reopen();
    else if (error.kind === 'unauthorized') this.#signedOut = true;
    else if (error.kind === 'rate-limited') this.#holdUntil(error.retryAtMs, now);
  }

  /** When a poll that is due at `dueAtMs` may go (monotonic); null: not by itself. */
  admitAtMs(dueAtMs: number): number | null {
    return this.#signedOut ? null : Math.max(dueAtMs, this.#heldUntilMs);
  }

  #reopen(): void {
    if (!this.#signedOut) return;
    this.#signedOut = false;
    this.#onReopen();
  }

  /** The server's date becomes a span at once, so that a clock that jumps later changes nothing. */
  #holdUntil(retryAtMs: number, now: Moment): void {
    const spanMs = Math.min(Math.max(0, retryAtMs - now.wallMs), 3_600_000);
    this.#heldUntilMs = Math.max(this.#heldUntilMs, now.monotonicMs + spanMs);
  }
}
