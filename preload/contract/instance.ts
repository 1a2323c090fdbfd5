import type { Cents, InstanceId, ProjectId } from './brands.ts';

/** What the API can do with the power of an instance, by the names of its paths. */
export const powerActions = ['boot', 'shutdown', 'restart', 'poweroff'] as const;
/** One of them; `poweroff` pulls the plug, `shutdown` asks the system first. */
export type PowerAction = (typeof powerActions)[number];

export const lifecycleActions = [
  'upgrade',
  'reinstall',
  'reset-password',
  'delete',
  'cancel-deletion',
  'reactivate',
] as const;
/** What can be done with an instance beyond power: what spends, destroys, or takes such a thing back. */
export type LifecycleAction = (typeof lifecycleActions)[number];

/** The states that the app tells apart; what the API says besides them is `unknown`, with its own word. */
export const stateKinds = [
  'running',
  'stopped',
  'transition',
  'suspended',
  'failed',
  'deletion',
  'unknown',
] as const;

/** What a state means for the user; each has its own shape and colour. */
export type StateKind = (typeof stateKinds)[number];

/** Whether an instance runs, in words. */
export interface PowerState {
  readonly kind: StateKind;
  readonly word: string;
}

/** What a kind of state leaves open: a failure of what ran, the second half of a build, a deletion still to come. */
export type StateSubkind = 'crashed' | 'installing' | 'scheduled';

/** An instance's state as it is shown. */
export interface InstanceState {
  readonly kind: StateKind;
  /** Left out where the kind says all. */
  readonly subkind?: StateSubkind;
  /** The word for it: "Running", "Provisioning", or the API's raw word where that is unknown. */
  readonly word: string;
  /** One more sentence where there is something to say: "not confirmed after 60 s". */
  readonly detail: string | null;
  /** When this state began, as far as the app saw it (epoch). */
  readonly sinceMs: number | null;
  /** How an instance is that runs on until its scheduled deletion; left out where the API does not say. */
  readonly power?: PowerState;
}

/** Whether an instance runs, also where its deletion is scheduled. */
export function powerKind({ kind, power }: InstanceState): StateKind {
  return power?.kind ?? kind;
}

/** An instance as the list shows it: what the API said, joined with what the app expects. */
export interface Instance {
  readonly id: InstanceId;
  readonly name: string;
  readonly hostname: string | null;
  /** The API's own word, as it came. */
  readonly status: string;
  readonly state: InstanceState;
  readonly planSlug: string | null;
  /** The plan's name in the catalog; null where it is not there, or not yet. */
  readonly planName: string | null;
  readonly vcpu: number | null;
  readonly ramGb: number | null;
  readonly storageGb: number | null;
  /** Null while it is being provisioned. */
  readonly mainIp: string | null;
  readonly addresses: readonly string[];
  readonly projectId: ProjectId | null;
  readonly osName: string | null;
  readonly billedTillMs: number | null;
  /** The plan's monthly price: an estimate, since the API does not say what this instance costs. */
  readonly monthlyCents: Cents | null;
  /** What can be asked of it now; a missing action has its reason in words. */
  readonly power: Readonly<Record<PowerAction, Choice>>;
  readonly lifecycle: Readonly<Record<LifecycleAction, Choice>>;
  /** It was asked to shut down, and still runs after its time. */
  readonly isShutdownIgnored: boolean;
  /** A change of plan was paid and works after the next reboot. */
  readonly isRebootPending: boolean;
}

/** Whether an action is possible now, and where not, why. */
export type Choice = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** Live state of one instance, from the hypervisor. */
export interface InstanceDetail {
  readonly id: InstanceId;
  /** `vf_remote_state.state`, the hypervisor's own word. */
  readonly remoteState: string | null;
  readonly cpuPercent: number | null;
  readonly memoryTotalKb: number | null;
  readonly memoryFreeKb: number | null;
}

/** The spans of time that the API measures, by its own names. */
export const metricPeriods = ['5m', '30m', '1h', '6h', '12h', '24h'] as const;
/** One of them. */
export type MetricPeriod = (typeof metricPeriods)[number];

/** One column of a chart; null is a gap. As long as `Metrics.atMs`. */
export type Series = readonly (number | null)[];

/** Metrics of a period, decoded to columns: times rising and unique, counters already turned to rates. */
export interface Metrics {
  readonly instanceId: InstanceId;
  readonly period: MetricPeriod;
  readonly atMs: readonly number[];
  readonly cpuPercent: Series;
  readonly memoryUsedBytes: Series;
  readonly diskUsedBytes: Series;
  readonly rxBitsPerSecond: Series;
  readonly txBitsPerSecond: Series;
  readonly memoryTotalBytes: number | null;
  readonly diskTotalBytes: number | null;
  /** The live point of the answer. */
  readonly current: {
    readonly cpuPercent: number | null;
    readonly memoryUsedBytes: number | null;
    readonly diskUsedBytes: number | null;
  };
}

/** The CPU of an instance over the last hour, in few points: what a row of the list shows. */
export interface CpuTrend {
  readonly instanceId: InstanceId;
  /** Evenly spaced, oldest first; null is a gap. */
  readonly cpuPercent: Series;
  /** The live value; where there is none, the newest measured one. */
  readonly currentPercent: number | null;
}
