import { formatWhole } from '../../preload/contract/format.ts';
import type { Series } from '../../preload/contract/instance.ts';

/** Columns over one time axis that rises and has no time twice (epoch). */
export interface TimeColumns {
  readonly atMs: readonly number[];
  readonly columns: readonly Series[];
}

/** A step this many times as long as the usual one is a gap: one late reading is none. */
const gapFactor = 2.5;

/** The usual distance of two points: the median, which a gap does not move. Null with less than two points. */
export function usualStepMs(atMs: readonly number[]): number | null {
  const steps = atMs.slice(1).map((at, index) => at - (atMs[index] ?? at));
  return steps.sort((one, other) => one - other)[Math.floor(steps.length / 2)] ?? null;
}

/**
 * Puts an empty point where points are missing, so that a line is not drawn across what was never measured.
 * Gives the same columns back where nothing is missing.
 */
export function withGaps({ atMs, columns }: TimeColumns): TimeColumns {
  const stepMs = usualStepMs(atMs);
  if (stepMs === null) return { atMs, columns };
  const before = new Set<number>();
  for (let index = 1; index < atMs.length; index += 1) {
    if ((atMs[index] ?? 0) - (atMs[index - 1] ?? 0) > stepMs * gapFactor) before.add(index);
  }
  if (before.size === 0) return { atMs, columns };
  const spread = <T>(values: readonly T[], empty: (index: number) => T): readonly T[] =>
    values.flatMap((value, index) => (before.has(index) ? [empty(index), value] : [value]));
  return {
    atMs: spread(atMs, (index) => (atMs[index - 1] ?? 0) + stepMs),
    columns: columns.map((column) => spread<number | null>(column, () => null)),
  };
}

/** The index of the point that is nearest in time; null where there is none. */
export function nearestIndex(atMs: readonly number[], wantedMs: number): number | null {
  if (atMs.length === 0) return null;
  let low = 0;
  let high = atMs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((atMs[middle] ?? 0) < wantedMs) low = middle + 1;
    else high = middle;
  }
  const isEarlierNearer = low > 0 && wantedMs - (atMs[low - 1] ?? 0) < (atMs[low] ?? 0) - wantedMs;
  return isEarlierNearer ? low - 1 : low;
}

/** Points between two gaps: no line leads to them, so that each is drawn as a dot. */
export function loneIndexes(values: ArrayLike<number | null | undefined>): number[] {
  const lone: number[] = [];
  for (let index = 0; index < values.length; index += 1) {
    const isAlone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
    if ((values[index] ?? null) !== null && isAlone) lone.push(index);
  }
  return lone;
}

/** The largest value; 0 where there is none. */
export function largest(...columns: readonly Series[]): number {
  let max = 0;
  for (const column of columns) for (const value of column) if (value !== null && value > max) max = value;
  return max;
}

/** True where at least one value was measured. */
export function hasValues(...columns: readonly Series[]): boolean {
  return columns.some((column) => column.some((value) => value !== null));
}

/** A line in words, for who does not see it: "Lowest 3.1%, average 14.2%, highest 71.3%." */
export function seriesInWords(values: Series, say: (value: number) => string): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return 'No data.';
  const lowest = known.reduce((one, other) => Math.min(one, other));
  const average = known.reduce((sum, value) => sum + value, 0) / known.length;
  const missing = values.length - known.length;
  const gaps =
    missing === 0 ? '' : ` ${formatWhole(missing)} of ${formatWhole(values.length)} points have no data.`;
  return `Lowest ${say(lowest)}, average ${say(average)}, highest ${say(largest(known))}.${gaps}`;
}
