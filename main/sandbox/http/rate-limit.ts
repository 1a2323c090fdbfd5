const windowMs = 60_000;

/** What Laravel's throttle says: how many are left, or when to come back. */
export type RateVerdict =
  | { readonly allowed: true; readonly remaining: number }
  | { readonly allowed: false; readonly retryAfterSeconds: number };

/** Counts requests per token and minute, in fixed windows. */
export class RateLimit {
  readonly perMinute: number;
  readonly #now: () => number;
  readonly #windows = new Map<string, { readonly startMs: number; count: number }>();

  constructor(perMinute: number, now: () => number) {
    this.perMinute = perMinute;
    this.#now = now;
  }

  take(key: string): RateVerdict {
    const nowMs = this.#now();
    let window = this.#windows.get(key);
    if (!window || nowMs - window.startMs >= windowMs || nowMs < window.startMs) {
      window = { startMs: nowMs, count: 0 };
      this.#windows.set(key, window);
    }
    if (window.count >= this.perMinute) {
      return {
        allowed: false,
        retryAfterSeconds: Math.ceil((window.startMs + windowMs - nowMs) / 1000),
      };
    }
    window.count += 1;
    return { allowed: true, remaining: this.perMinute - window.count };
  }
}
