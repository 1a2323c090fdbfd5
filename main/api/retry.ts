import type { Clock } from '../clock/index.ts';
import type { AnswerHeaders } from './fetch.ts';

const backoffBaseMs = 1_000;
const backoffCapMs = 5 * 60_000;

/** No server is obeyed for longer: a broken date must not silence the app for a day. */
const retryAfterCapMs = 60 * 60_000;

/**
 * How long to wait before try number `attempt` (0 for the first repetition): exponential with full jitter,
 * five minutes at most. `random` gives [0, 1).
 */
export function backoffMs(attempt: number, random: () => number): number {
  const ceilingMs = Math.min(backoffCapMs, backoffBaseMs * 2 ** Math.min(attempt, 30));
  return Math.round(random() * ceilingMs);
}

/**
 * The delay that a `Retry-After` header asks for (RFC 9110, 10.2.3): seconds, or an HTTP date, which is
 * compared with the server's own `Date` where there is one. Null where the header says nothing usable.
 */
export function retryAfterMs(header: string | null, serverTimeMs: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1_000, retryAfterCapMs);
  // Date.parse takes much that is no date ("-1", "abc 1"): every form of an HTTP date begins with a weekday.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return null;
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) return null;
  return Math.min(Math.max(0, atMs - serverTimeMs), retryAfterCapMs);
}

/** Until when the server wants no request of an account: one gate for all of its requests. */
export class RateGate {
  readonly #clock: Clock;
  readonly #random: () => number;
  /** When it opens, by each clock: the wall's jumps, the monotonic one can stand still while the machine sleeps. */
  #opensAt = { wallMs: -Infinity, monotonicMs: -Infinity };
  /** 429s in a row, for the backoff where the server names no time. */
  #refusals = 0;

  /** `random` gives [0, 1). */
  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Closes for as long as a 429 with these headers asks, or for a backoff; the later of two demands counts. */
  refused(headers: AnswerHeaders): void {
    const wallMs = this.#clock.now();
    const askedMs = retryAfterMs(headers.get('retry-after'), serverTimeMs(headers) ?? wallMs);
    const closedMs = Math.max(this.waitMs(), askedMs ?? backoffMs(this.#refusals, this.#random));
    this.#refusals += 1;
    this.#opensAt = { wallMs: wallMs + closedMs, monotonicMs: this.#clock.monotonicMs() + closedMs };
  }

  /** A request was answered: the next refusal is the first in a row. */
  accepted(): void {
    this.#refusals = 0;
  }

  /** How long until the next request may go; 0: now. */
  waitMs(): number {
    const { wallMs, monotonicMs } = this.#opensAt;
    return Math.max(0, Math.min(wallMs - this.#clock.now(), monotonicMs - this.#clock.monotonicMs()));
  }
}

/** The server's clock, from the `Date` header. */
export function serverTimeMs(headers: AnswerHeaders): number | null {
  const ms = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(ms) ? null : ms;
}
