import type { InstanceId, ShieldIpId } from './brands.ts';
import type { Series } from './instance.ts';

/** A rule of an address. Action and protocol are words of the API. */
export interface ShieldRule {
  readonly id: string;
  readonly action: string;
  readonly protocol: string;
  readonly sourceCidr: string;
  /** Null: any port. */
  readonly destinationPort: number | null;
}

/** A protected address, as the list has it. */
export interface ShieldIp {
  readonly id: ShieldIpId;
  readonly address: string;
  /** The instance with this address; null where none is known. */
  readonly instanceId: InstanceId | null;
  readonly ruleCount: number | null;
  readonly defaultIn: string | null;
  readonly defaultOut: string | null;
}

/** A protected address with its rules. */
export interface ShieldIpProfile extends ShieldIp {
  readonly rdns: string | null;
  /** As the API has it; its unit is not in the reference, so the field's name is shown beside it. */
  readonly bandwidthCap: { readonly field: string; readonly value: string } | null;
  readonly rules: readonly ShieldRule[];
}

/** A ranked share, with the field's own name, since the reference leaves its unit open. */
export interface Ranking {
  /** `bytes`, `packets`, `share`, `hits`: as the API names it. */
  readonly field: string;
  readonly rows: readonly {
    readonly label: string;
    readonly detail: string | null;
    readonly value: number;
  }[];
}

/** The parts of an address's traffic, each from a request of its own. */
export type TrafficPart = 'bandwidth' | 'packets' | 'topIps' | 'topAsns' | 'countries' | 'ports';

/** Traffic of one protected address. A part that failed is null, and said in `failed`. */
export interface ShieldTraffic {
  readonly bandwidth: {
    readonly atMs: readonly number[];
    readonly inBitsPerSecond: Series;
    readonly outBitsPerSecond: Series;
  } | null;
  readonly packets: { readonly atMs: readonly number[]; readonly packetsPerSecond: Series } | null;
  readonly topIps: Ranking | null;
  readonly topAsns: Ranking | null;
  readonly countries: Ranking | null;
  readonly ports: Ranking | null;
  /** Why a part could not be read, as a sentence, for each that could not. */
  readonly failed: Readonly<Partial<Record<TrafficPart, string>>>;
}
