import type { Series } from '../../../preload/contract/instance.ts';

/**
 * Turns a counter of bytes into bits per second. A point without a neighbour before it has no rate, and neither
 * has one where the counter went back: after a reset nobody knows how much was counted before.
 */
export function bitRates(atMs: readonly number[], counterBytes: Series): (number | null)[] {
  return atMs.map((timeMs, index) => {
    const beforeMs = atMs[index - 1];
    const before = counterBytes[index - 1] ?? null;
    const value = counterBytes[index] ?? null;
    if (beforeMs === undefined || before === null || value === null || value < before) return null;
    return timeMs > beforeMs ? ((value - before) * 8 * 1_000) / (timeMs - beforeMs) : null;
  });
}
