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

/** Remembers until when the server wants no request of this account. */
export class RateGate {
  #closedAtMs = 0;
  #retryAtMs = 0;

  /** Keeps the later of two demands. */
  close(retryAtMs: number, nowMs: number): void {
    this.#retryAtMs = Math.max(this.#retryAtMs, retryAtMs);
    this.#closedAtMs = nowMs;
  }

  /** When the next request may go; null when it may go now. A clock that was set back opens the gate. */
  retryAtMs(nowMs: number): number | null {
    if (nowMs >= this.#retryAtMs || nowMs < this.#closedAtMs) {
      this.#retryAtMs = 0;
      return null;
    }
    return this.#retryAtMs;
  }
}
