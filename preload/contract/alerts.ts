import * as z from 'zod/mini';
import type { InstanceId, ShieldIpId } from './brands.ts';
import { tag } from './annotations.ts';
import { instanceId, shieldIpId } from './watch.ts';

/**
 * What a rule watches of instances: `cpu`, `memory` and `disk` in per cent, the network in Mbit/s; `network-in-unusual` in
 * standard deviations above what is usual for what comes in.
 */
export const instanceMetrics = [
  'cpu',
  'memory',
  'disk',
  'network-in',
  'network-out',
  'network-in-unusual',
] as const;
/** What a rule watches of a protected address, as Shield measures it, in standard deviations above what is usual. */
export const trafficMetrics = ['shield-bandwidth-unusual', 'shield-packets-unusual'] as const;
/** All that a rule can watch. */
const alertMetrics = [...instanceMetrics, ...trafficMetrics] as const;
/** One of the metrics of instances. */
export type InstanceMetric = (typeof instanceMetrics)[number];
/** One of those of protected addresses. */
export type TrafficMetric = (typeof trafficMetrics)[number];
/** One of either. */
export type AlertMetric = (typeof alertMetrics)[number];

/** Whether a metric is one of a protected address. */
export function isTrafficMetric(metric: AlertMetric): metric is TrafficMetric {
  return (trafficMetrics as readonly AlertMetric[]).includes(metric);
}

/** Whether a metric is measured by what is usual for it. */
export function isUnusualMetric(metric: AlertMetric): boolean {
  return metric === 'network-in-unusual' || isTrafficMetric(metric);
}

/** The most that a rule can be set to: what is in per cent ends at 100. */
export const alertLimits: Readonly<Record<AlertMetric, number>> = {
  cpu: 100,
  memory: 100,
  disk: 100,
  'network-in': 100_000,
  'network-out': 100_000,
  'network-in-unusual': 20,
  'shield-bandwidth-unusual': 20,
  'shield-packets-unusual': 20,
};

/** The shortest and the longest time, in minutes, that a value has to stay above a rule's limit. */
export const alertMinutes = { min: 5, max: 60 } as const;
/** The same for traffic: Shield gives the last hour, and what is usual is learned before a rule's own time. */
export const trafficMinutes = { min: 5, max: 30 } as const;

/** What a rule is about. */
const alertScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('server'), instanceId }),
  z.object({ kind: z.literal('tag'), tag }),
  z.object({ kind: z.literal('favourites') }),
  z.object({
    kind: z.literal('address'),
    ipId: shieldIpId,
    address: z.string().check(z.minLength(1), z.maxLength(64)),
  }),
]);
/** One instance, or all favorites, or all with a tag; or an address that Shield protects. */
export type AlertScope = z.infer<typeof alertScope>;

/** What the user wants to be told of, as they say it. */
export const alertRuleInput = z
  .object({
    metric: z.enum(alertMetrics),
    /** In the unit of the metric. */
    above: z.number().check(z.gt(0)),
    forMinutes: z.int().check(z.gte(alertMinutes.min), z.lte(alertMinutes.max)),
    scope: alertScope,
    isOn: z.boolean(),
    /** Also say when it is over. */
    tellsEnd: z.boolean(),
  })
  .check(z.refine(({ metric, above }) => above <= alertLimits[metric]))
  .check(z.refine(({ metric, scope }) => isTrafficMetric(metric) === (scope.kind === 'address')))
  .check(z.refine(({ metric, forMinutes }) => !isTrafficMetric(metric) || forMinutes <= trafficMinutes.max));
export type AlertRuleInput = z.infer<typeof alertRuleInput>;

/** A rule's id: made here, unique on this machine. */
export const alertRuleId = z.string().check(z.minLength(1), z.maxLength(100));

/** A rule that is kept. */
export interface AlertRule extends AlertRuleInput {
  readonly id: string;
}

/** A rule whose value is too high on an instance, or at its address. */
export interface FiringAlert {
  readonly ruleId: string;
  /** Null for a rule of an address. */
  readonly instanceId: InstanceId | null;
  /** Since when the value is above the limit (epoch). */
  readonly sinceMs: number;
  /** What was usual at most when it began, in bits or packets a second: it is over below that. Of an address alone. */
  readonly usualUpTo?: number | undefined;
}

/** The rules of an account, and which of them fire. */
export interface AlertState {
  readonly rules: readonly AlertRule[];
  readonly firing: readonly FiringAlert[];
}

/** An account without rules. */
export const noAlerts: AlertState = { rules: [], firing: [] };

/** Instances that the app polls for rules, at most, for each account: Evorxa's limit is one for all that the app asks. */
export const maxAlertInstances = 50;
/** Protected addresses that the app reads for rules, at most, for each account. */
export const maxAlertAddresses = 20;
/** A round through those addresses begins so many minutes after the one before it. */
export const trafficPaceMinutes = 2;
/** Rules of an account, at most. */
export const maxAlertRules = 100;

/** Whether a rule is about a protected address. */
export function alertCoversAddress(scope: AlertScope, ipId: ShieldIpId): boolean {
  return scope.kind === 'address' && scope.ipId === ipId;
}

/** Whether a rule is about an instance with these annotations. */
export function alertCovers(
  scope: AlertScope,
  id: InstanceId,
  annotations: { readonly isFavourite: boolean; readonly tags: readonly string[] },
): boolean {
  switch (scope.kind) {
    case 'server':
      return scope.instanceId === id;
    case 'tag':
      return annotations.tags.includes(scope.tag);
    case 'favourites':
      return annotations.isFavourite;
    case 'address':
      return false;
  }
}
