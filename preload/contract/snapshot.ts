import type { AccountId, Cents, InstanceId, ShieldIpId, WafAppId } from './brands.ts';
import type { AppError } from './errors.ts';
import type { Gaps } from './gaps.ts';
import type { Instance } from './instance.ts';
import type { Runway } from './runway.ts';

/** How true the data on screen is. */
export type ApiStatus =
  /** Nothing was asked yet; the data, if any, is from the last run. */
  | 'starting'
  | 'live'
  /** The last polls failed; the data is old. */
  | 'stale'
  | 'offline'
  /** The token was refused: polling has stopped. */
  | 'signed-out';

/** A part of the snapshot, with its age and what went wrong last. */
export interface Freshness {
  /** When the data on screen was last confirmed by the API (epoch). */
  readonly checkedAtMs: number | null;
  /** What the last attempt ended in; null when it succeeded. */
  readonly error: AppError | null;
}

/** Everything about one account that is always kept fresh, whatever is in view. */
export interface Snapshot {
  readonly accountId: AccountId;
  /** Rises by one with each change. */
  readonly revision: number;
  readonly apiStatus: ApiStatus;
  readonly instances: readonly Instance[];
  readonly instancesFreshness: Freshness;
  /** What is missing in `instances`; null where nothing is. */
  readonly instancesGaps: Gaps | null;
  readonly balanceCents: Cents | null;
  readonly walletFreshness: Freshness;
  /** Null until everything it is made of was asked for, and where it cannot be told. */
  readonly runway: Runway | null;
  /** Abilities that a 403 showed the token to lack. */
  readonly missingAbilities: readonly string[];
}

/** The first push after a subscription is full; later ones carry what changed since `revision - 1`. */
export type SnapshotUpdate =
  | { readonly kind: 'full'; readonly snapshot: Snapshot }
  | {
      readonly kind: 'patch';
      readonly head: Omit<Snapshot, 'instances'>;
      readonly changed: readonly Instance[];
      readonly removed: readonly InstanceId[];
    }
  /** No account is signed in. */
  | { readonly kind: 'none' };

/**
 * What is pushed: an update, or instances of the next one, which comes in parts where it has many. `ahead` is how many
 * came before it: where they are fewer one was missed.
 */
export type SnapshotPush =
  | { readonly kind: 'part'; readonly instances: readonly Instance[] }
  | (SnapshotUpdate & { readonly ahead?: number });

/** What the user is told of by a notification. */
export const noticeKinds = [
  'provisioned',
  'stopped',
  'started',
  'suspended',
  'failed',
  'shutdown-ignored',
  'gone',
  'low-balance',
  'runway',
  'renewal-unpaid',
  'funded',
  'unreachable',
  'agent',
  'threshold',
  'threshold-over',
  'certificate-issued',
  'certificate-failed',
  'waf-changed',
  'waf-firewall-off',
  'firewall-reverted',
  'firewall-not-reverted',
  'automatic-rule',
  'automatic-rule-failed',
  'burst',
] as const;

/** Something that happened, told once; kept so that it can be read later. */
export interface Notice {
  /** The account's id, a slash, and what happened. The same event has the same key, also after a restart. */
  readonly key: string;
  readonly kind: (typeof noticeKinds)[number];
  readonly title: string;
  readonly body: string;
  readonly instanceId: InstanceId | null;
  readonly atMs: number;
  /** The WAF application that it is about. */
  readonly wafAppId?: WafAppId | undefined;
  /** The protected address that it is about; it leads there, whatever instance has it. */
  readonly shieldIpId?: ShieldIpId | undefined;
  /** It was to be shown as a notification, and was not: nothing on this system shows any, or it was refused. */
  readonly notShown?: boolean | undefined;
}
