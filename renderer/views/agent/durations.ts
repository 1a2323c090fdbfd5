import { formatDuration, formatNumber } from '../../../preload/contract/format.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** How long a command took, to a tenth below ten seconds: "0.8 s", "42 s", "3 min 4 s". */
export function tookInWords(durationMs: number): string {
  const tenths = Math.round(Math.max(0, durationMs) / 100);
  return tenths < 100
    ? `${formatNumber(tenths / 10, { decimals: 1, fixed: true })} s`
    : elapsedInWords(durationMs);
}

/** How long something has been going on, in whole seconds: "42 s", "3 min 4 s", "1 h". */
export function elapsedInWords(durationMs: number): string {
  const length = Math.max(0, durationMs);
  const seconds = Math.floor((length % minuteMs) / secondMs);
  const words = formatDuration(length);
  return length < minuteMs || length >= hourMs || seconds === 0 ? words : `${words} ${seconds} s`;
}

/** What is known of when a running command began; all in ms since the epoch. */
export interface RunningTimes {
  /** By the server's clock, which may be wrong. */
  readonly atMs: number | null;
  /** When this window first saw it run. */
  readonly seenAtMs: number;
  /** When the turn began that it belongs to; null where that is not a turn of this app. */
  readonly turnStartedAtMs: number | null;
}

/**
 * When a running command began by this computer's clock: not before its turn, not after it was seen. Null
 * where it belongs to no turn of this app: then nobody here knows.
 */
export function runningSinceMs({ atMs, seenAtMs, turnStartedAtMs }: RunningTimes): number | null {
  if (turnStartedAtMs === null) return null;
  return Math.min(seenAtMs, Math.max(turnStartedAtMs, atMs ?? seenAtMs));
}
