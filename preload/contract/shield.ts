import type { TrafficBaseline } from './baseline.ts';
import type { InstanceId, ShieldIpId } from './brands.ts';
import type { Series } from './instance.ts';

/** A rule of an address. Null is what could not be read: never "any". Action and protocol are words of the API. */
export interface ShieldRule {
  readonly id: string;
  readonly action: string | null;
  /** `any` is any protocol. */
  readonly protocol: string | null;
  /** What the source really matches: an address, or a network without host bits; everybody is `0.0.0.0/0` or `::/0`. */
  readonly sourceCidr: string | null;
  readonly destinationPort: number | 'any' | null;
  /** False for a rule that is kept and not applied. */
  readonly isEnabled: boolean | null;
  /** It has fields that are not understood: it may match less than what is read of it. */
  readonly hasUnreadFields: boolean;
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
  /** Its unit is the one that the field's name says, and that name where it says none. */
  readonly bandwidthCap: { readonly text: string; readonly unit: string } | null;
  /** Null where they could not be read. */
  readonly rules: readonly ShieldRule[] | null;
}

/** A ranked list. */
export interface Ranking {
  /** `bytes`, `packets`, `%`, `hits`: the unit that the API's field says, or the field's own name where it says none. */
  readonly unit: string;
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
  /** What is usual for what comes in, in bits a second, and for packets a second. */
  readonly baselines: {
    readonly bandwidth: TrafficBaseline | null;
    readonly packets: TrafficBaseline | null;
  };
  readonly topIps: Ranking | null;
  readonly topAsns: Ranking | null;
  readonly countries: Ranking | null;
  readonly ports: Ranking | null;
  /** Why a part could not be read, as a sentence, for each that could not. */
  readonly failed: Readonly<Partial<Record<TrafficPart, string>>>;
}
