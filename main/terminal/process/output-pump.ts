import type { Clock } from '../../clock/index.ts';

/** How much may be under way to a view that has not said yet that it has drawn it. */
const typingCreditBytes = 256 * 1024;
const bulkCreditBytes = 4 * 1024 * 1024;
const typingBatchBytes = 64 * 1024;
const bulkBatchBytes = 256 * 1024;
const batchMs = 16;
/** What may still come after a pause was asked for: what one read of the socket brought. */
const lateBytes = 64 * 1024;

export interface OutputHooks {
  /** Sends a batch to the view; the array is the receiver's. */
  readonly send: (bytes: Uint8Array) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Somebody has typed lately, in any session: echo counts for more than throughput. */
  readonly isTyping: () => boolean;
}

/**
 * Carries a shell's output to a view in batches, and only as much as the view keeps up with. The first bytes
 * after a silence leave at once, so that an echo is not held back; a flood is gathered for up to 16 ms. When
 * too much is unacknowledged, the shell's channel is paused, and its server stops sending.
 */
export class OutputPump {
  readonly #clock: Clock;
  readonly #hooks: OutputHooks;
  readonly #batch = Buffer.allocUnsafe(bulkBatchBytes + lateBytes);
  #length = 0;
  #unacknowledged = 0;
  #lastSentMs = Number.NEGATIVE_INFINITY;
  #paused = false;
  #cancelTimer: (() => void) | null = null;

  constructor(clock: Clock, hooks: OutputHooks) {
    this.#clock = clock;
    this.#hooks = hooks;
  }

  /** Takes a chunk, which is copied. */
  write(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      // More than expected after a pause: goes out beyond the credit rather than being lost.
      if (this.#length === this.#batch.length) this.#flush();
      const taken = rest.copy(this.#batch, this.#length);
      this.#length += taken;
      rest = rest.subarray(taken);
    }
    this.#advance();
  }

  /** The view has drawn this much. */
  acknowledge(bytes: number): void {
    this.#unacknowledged = Math.max(0, this.#unacknowledged - bytes);
    this.#advance();
  }

  /** Sends what is left, whatever the credit: the session is over or a replay follows. */
  drain(): void {
    if (this.#length > 0) this.#flush();
  }

  /** The view cannot follow: the shell waits for it. */
  get isPaused(): boolean {
    return this.#paused;
  }

  /**
   * Another view, or none, or one that is not to follow: forgets what it owes, and what it was about to get; says how
   * many bytes that were.
   */
  reset(): number {
    this.#stopTimer();
    const unsentBytes = this.#length;
    this.#length = 0;
    this.#unacknowledged = 0;
    this.#setPaused(false);
    return unsentBytes;
  }

  #advance(): void {
    const typing = this.#hooks.isTyping();
    const credit = typing ? typingCreditBytes : bulkCreditBytes;
    const batchBytes = typing ? typingBatchBytes : bulkBatchBytes;
    const hasCredit = this.#unacknowledged < credit;
    if (this.#length > 0 && hasCredit) {
      const quietMs = this.#clock.monotonicMs() - this.#lastSentMs;
      if (this.#length >= batchBytes || quietMs >= batchMs) this.#flush();
      else this.#cancelTimer ??= this.#clock.setTimeout(() => this.#onTimer(), batchMs - quietMs);
    }
    if (this.#paused) this.#setPaused(this.#length > 0 || this.#unacknowledged > credit / 2);
    else this.#setPaused(!hasCredit && this.#length >= batchBytes);
  }

  #onTimer(): void {
    this.#cancelTimer = null;
    this.#advance();
  }

  #flush(): void {
    this.#stopTimer();
    // An array of its own: structured clone copies the whole buffer that lies under a view.
    const bytes = new Uint8Array(this.#batch.subarray(0, this.#length));
    this.#unacknowledged += this.#length;
    this.#length = 0;
    this.#lastSentMs = this.#clock.monotonicMs();
    this.#hooks.send(bytes);
  }

  #stopTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #setPaused(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    if (paused) this.#hooks.pause();
    else this.#hooks.resume();
  }
}
