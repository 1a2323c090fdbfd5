import * as z from 'zod/mini';
import type { AgentCredits, AgentOverview, Conversation, TelegramLink } from './agent.ts';
import type {
  ApiTokenId,
  ConversationId,
  InstanceId,
  OsTemplateId,
  PackageId,
  ShieldIpId,
  SshKeyId,
} from './brands.ts';
import type { BillingCycle, OsTemplateGroup, Plan } from './catalog.ts';
import type { AppError } from './errors.ts';
import type { Gaps } from './gaps.ts';
import { metricPeriods, type CpuTrend, type InstanceDetail, type Metrics } from './instance.ts';
import type { ApiToken, SshKey } from './keys.ts';
import type { InstancePlan } from './lifecycle.ts';
import type { ShieldIp, ShieldIpProfile, ShieldTraffic } from './shield.ts';
import { wafAppId, type FollowedWafApp } from './waf.ts';
import { ledgerFilters, ledgerLimits, type Ledger } from './wallet.ts';

/** The guard of an id of the API: opaque, but neither empty nor endless. */
export const opaqueId = <T>(): z.ZodMiniType<T> =>
  z.string().check(z.minLength(1), z.maxLength(200)) as unknown as z.ZodMiniType<T>;

/** Guards the id of an instance. */
export const instanceId = opaqueId<InstanceId>();
/** Guards the id of a conversation. */
export const conversationId = opaqueId<ConversationId>();
/** Guards the id of a protected address. */
export const shieldIpId = opaqueId<ShieldIpId>();
/** Guards the id of a plan. */
export const packageId = opaqueId<PackageId>();
/** Guards the id of an operating system. */
export const osTemplateId = opaqueId<OsTemplateId>();
export const sshKeyId = opaqueId<SshKeyId>();
export const apiTokenId = opaqueId<ApiTokenId>();

/** What a view can ask main to keep fresh while it is in view. */
export const watchKey = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('instance'), instanceId }),
  z.object({ kind: z.literal('metrics'), instanceId, period: z.enum(metricPeriods) }),
  z.object({ kind: z.literal('cpu-trend'), instanceId }),
  z.object({ kind: z.literal('ledger'), filter: z.enum(ledgerFilters), limit: z.enum(ledgerLimits) }),
  z.object({ kind: z.literal('agent-credits') }),
  z.object({ kind: z.literal('agent'), instanceId }),
  z.object({ kind: z.literal('conversation'), instanceId, conversationId }),
  z.object({ kind: z.literal('telegram'), instanceId }),
  z.object({ kind: z.literal('shield-ips') }),
  z.object({ kind: z.literal('shield-ip'), ipId: shieldIpId }),
  z.object({ kind: z.literal('shield-traffic'), ipId: shieldIpId }),
  z.object({ kind: z.literal('waf-apps') }),
  z.object({ kind: z.literal('waf-app'), appId: wafAppId }),
  z.object({ kind: z.literal('plans') }),
  z.object({ kind: z.literal('billing-cycles') }),
  z.object({ kind: z.literal('os-templates'), packageId }),
  z.object({ kind: z.literal('reinstall-options'), instanceId }),
  z.object({ kind: z.literal('instance-plan'), instanceId }),
  z.object({ kind: z.literal('ssh-keys') }),
  z.object({ kind: z.literal('api-tokens') }),
]);
/** What is watched: a kind of resource, and which one. */
export type WatchKey = z.infer<typeof watchKey>;
/** The kinds of what can be watched. */
export type WatchKind = WatchKey['kind'];
/** The key of one kind of watch. */
export type WatchKeyOf<K extends WatchKind> = { [P in K]: WatchKey & { readonly kind: P } }[K];

/** Every form in which the ledger can be watched: once money moved, all of them are old. */
export const ledgerKeys: readonly WatchKey[] = ledgerFilters.flatMap((filter) =>
  ledgerLimits.map((limit) => ({ kind: 'ledger', filter, limit }) as const),
);

/** What each kind of watch brings. */
export interface WatchData {
  readonly instance: InstanceDetail;
  readonly metrics: Metrics;
  readonly 'cpu-trend': CpuTrend;
  readonly ledger: Ledger;
  readonly 'agent-credits': AgentCredits;
  readonly agent: AgentOverview;
  readonly conversation: Conversation;
  readonly telegram: TelegramLink;
  readonly 'shield-ips': readonly ShieldIp[];
  readonly 'shield-ip': ShieldIpProfile;
  readonly 'shield-traffic': ShieldTraffic;
  readonly 'waf-apps': readonly FollowedWafApp[];
  readonly 'waf-app': FollowedWafApp;
  readonly plans: readonly Plan[];
  readonly 'billing-cycles': readonly BillingCycle[];
  readonly 'os-templates': readonly OsTemplateGroup[];
  readonly 'reinstall-options': readonly OsTemplateGroup[];
  readonly 'instance-plan': InstancePlan;
  readonly 'ssh-keys': readonly SshKey[];
  readonly 'api-tokens': readonly ApiToken[];
}

/** A watched resource: the data outlives an error, so that a view can show both. */
export interface Watched<T> {
  readonly data: T | null;
  /** When `data` was confirmed (epoch). */
  readonly checkedAtMs: number | null;
  readonly error: AppError | null;
  /** What is missing in `data`; null where nothing is. */
  readonly gaps: Gaps | null;
}

/** The next state of something that is watched: its data is what its kind brings. */
export interface WatchUpdate<K extends WatchKind = WatchKind> {
  readonly kind: K;
  /** `watchName` of the key. */
  readonly name: string;
  readonly state: Watched<WatchData[K]>;
}
