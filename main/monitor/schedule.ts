import type { ApiError } from '../../preload/contract/errors.ts';

export type Visibility = 'in-view' | 'hidden';

/** How often a resource is asked for when nothing is going on. */
export interface Interval {
  readonly inViewMs: number;
  readonly hiddenMs: number;
}

export const listInterval: Interval = { inViewMs: 30_000, hiddenMs: 120_000 };
export const walletInterval: Interval = { inViewMs: 60_000, hiddenMs: 120_000 };
export const pricesInterval: Interval = { inViewMs: 3_600_000, hiddenMs: 3_600_000 };
/** What was paid, for the cycles of instances; asked for also when the balance changed. */
export const paymentsInterval: Interval = { ...pricesInterval };

const shortestRetryMs = 10_000;
const firstFastMs = 2_000;
const slowestFastMs = 10_000;
const fastGrowth = 1.3;
/** About ten minutes of fast polls: a transition that takes longer is stuck, and watched like all else. */
const maxFastPolls = 60;

export interface Pace {
  /** Null: not by itself, only again after a failure. */
  readonly interval: Interval | null;
  readonly visibility: Visibility;
  /** Polls since something began to change; null where nothing does. */
  readonly fastPolls: number | null;
  /** The wait that the last failure brought; null after a success. */
  readonly backoffMs: number | null;
}

/** How long after the end of one poll the next one is due; null: when it is asked for. */
export function delayMs({ interval, visibility, fastPolls, backoffMs }: Pace): number | null {
  if (interval === null) return backoffMs === null ? null : Math.max(shortestRetryMs, backoffMs);
  const baseMs = visibility === 'in-view' ? interval.inViewMs : interval.hiddenMs;
  // A failure slows polling down and never speeds it up.
  if (backoffMs !== null) return Math.max(baseMs, backoffMs);
  if (fastPolls === null || fastPolls >= maxFastPolls) return baseMs;
  return Math.min(baseMs, slowestFastMs, Math.round(firstFastMs * fastGrowth ** fastPolls));
}

/**
 * Whether a failure makes the next polls wait longer each time: something is wrong with the way or the server. Another one is
 * an answer, and is asked for again at the usual pace: an ability that the token lacks can be added on the web.
 */
export function slowsDown({ kind }: ApiError): boolean {
  switch (kind) {
    case 'unauthorized':
    case 'forbidden':
    case 'insufficient-funds':
    case 'not-found':
    case 'invalid':
    case 'no-write-token':
    case 'aborted':
      return false;
    case 'rate-limited':
    case 'unavailable':
    case 'offline':
    case 'tls':
    case 'unknown-outcome':
    case 'drift':
      return true;
  }
}
