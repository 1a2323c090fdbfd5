import type { Series } from './instance.ts';

/** What is usual for a rate, learned from the values before each. Units are those of the rate. */
export interface TrafficBaseline {
  /** The band that each value was judged by; null while what is usual is being learned. */
  readonly low: Series;
  readonly high: Series;
  /** The band for the next value; null where too few were seen. */
  readonly usual: { readonly low: number; readonly high: number } | null;
  /** The newest value; null where none was measured. */
  readonly latest: number | null;
  /** Since when the rate is above what is usual (epoch); null where it is not. */
  readonly sinceMs: number | null;
  /** How many values were learned, and how many it takes. */
  readonly learned: number;
  readonly needed: number;
}
