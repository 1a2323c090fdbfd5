import type { Series } from '../../../preload/contract/instance.ts';
import type { ShieldRule } from '../../../preload/contract/shield.ts';

/** The rule as the server has it; null where the answer does not say: read the address again. */
export interface SavedRule {
  readonly rule: ShieldRule | null;
}

/** Traffic in bits per second; times rise and are unique. */
export interface BandwidthSeries {
  readonly atMs: readonly number[];
  readonly inBitsPerSecond: Series;
  readonly outBitsPerSecond: Series;
}

/** Packets per second; times rise and are unique. */
export interface PacketSeries {
  readonly atMs: readonly number[];
  readonly packetsPerSecond: Series;
}
