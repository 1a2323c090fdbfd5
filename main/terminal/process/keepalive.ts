import type { Clock } from '../../clock/index.ts';

export interface KeepaliveLimits {
  readonly intervalMs: number;
  /** So many questions without any sign of life, and the other side is dead. */
  readonly maxUnanswered: number;
  /** How long the answer to the last one of them is waited for: no whole interval, so that a dead peer is said soon. */
  readonly lastAnswerMs: number;
  /** After the machine woke, or its network changed, one question must be answered within this time. */
  readonly wakeTimeoutMs: number;
  /** Before that: so late it is said that an answer is waited for. */
  readonly wakeNoticeMs: number;
}

/**
 * Notices a peer that is gone without a word. Whatever comes in counts as a sign of life, so that a busy, slow
 * link is not taken for a dead one; a question is still asked each interval, for the latency.
 */
export class Keepalive {
  readonly #clock: Clock;
  readonly #limits: KeepaliveLimits;
  /** Sends a question; calls back when it is answered. */
  readonly #ask: (answered: () => void) => void;
  readonly #onLatency: (latencyMs: number) => void;
  readonly #onDead: (silentMs: number) => void;
  readonly #onDoubt: () => void;
  #unanswered = 0;
  #stopped = false;
  #cancelNext = (): void => undefined;
  #cancelWake = (): void => undefined;
  #isProbing = false;

  constructor(
    clock: Clock,
    limits: KeepaliveLimits,
    hooks: {
      readonly ask: (answered: () => void) => void;
      readonly onLatency: (latencyMs: number) => void;
      readonly onDead: (silentMs: number) => void;
      /** The answer after a wake takes its time; a latency follows, or the end. */
      readonly onDoubt: () => void;
    },
  ) {
    this.#clock = clock;
    this.#limits = limits;
    this.#ask = hooks.ask;
    this.#onLatency = hooks.onLatency;
    this.#onDead = hooks.onDead;
    this.#onDoubt = hooks.onDoubt;
    this.#question();
  }

  /** Nothing came in for as many questions as it takes, or nearly so. */
  get isSilent(): boolean {
    return this.#unanswered >= this.#limits.maxUnanswered;
  }

  /** Something came in. */
  sign(): void {
    this.#unanswered = 0;
  }

  /**
   * The machine woke, or its network changed: asks at once, and waits less than usual. Only the answer counts here: what was
   * under way before may still come in.
   */
  probe(): void {
    this.#cancelWake();
    const askedMs = this.#clock.monotonicMs();
    const cancelNotice = this.#clock.setTimeout(this.#onDoubt, this.#limits.wakeNoticeMs);
    const cancelDeath = this.#clock.setTimeout(() => {
      this.#die(this.#clock.monotonicMs() - askedMs);
    }, this.#limits.wakeTimeoutMs);
    const answered = (): void => {
      cancelNotice();
      cancelDeath();
      this.#isProbing = false;
    };
    this.#cancelWake = answered;
    this.#isProbing = true;
    this.#send(answered);
  }

  /** After this it asks and tells nothing more; a dying connection calls back all that it owes. */
  stop(): void {
    this.#stopped = true;
    this.#cancelNext();
    this.#cancelWake();
  }

  #question(): void {
    this.#unanswered += 1;
    this.#cancelNext = this.isSilent
      ? this.#clock.setTimeout(() => this.#lastAnswerDue(), this.#limits.lastAnswerMs)
      : this.#clock.setTimeout(() => this.#question(), this.#limits.intervalMs);
    this.#send();
  }

  /** The time for an answer to the last question is over; something may have come in since. */
  #lastAnswerDue(): void {
    const { intervalMs, maxUnanswered, lastAnswerMs } = this.#limits;
    if (this.isSilent) this.#die(intervalMs * (maxUnanswered - 1) + lastAnswerMs);
    else this.#cancelNext = this.#clock.setTimeout(() => this.#question(), intervalMs - lastAnswerMs);
  }

  #send(onAnswer = (): void => undefined): void {
    const askedMs = this.#clock.monotonicMs();
    this.#ask(() => {
      if (this.#stopped) return;
      onAnswer();
      this.sign();
      // Whoever was told that an answer is waited for is told of no other one.
      if (!this.#isProbing) this.#onLatency(this.#clock.monotonicMs() - askedMs);
    });
  }

  #die(silentMs: number): void {
    this.stop();
    this.#onDead(silentMs);
  }
}
