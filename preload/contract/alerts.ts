import * as z from 'zod/mini';
import type { InstanceId } from './brands.ts';
import { tag } from './annotations.ts';
import { instanceId } from './watch.ts';

/**
 * What a rule watches: `cpu`, `memory` and `disk` in per cent, the network in Mbit/s; `network-in-unusual` in standard
 * deviations above what is usual for what comes in.
 */
export const alertMetrics = [
  'cpu',
  'memory',
  'disk',
  'network-in',
  'network-out',
  'network-in-unusual',
] as const;
/** One of them. */
export type AlertMetric = (typeof alertMetrics)[number];

/** The most that a rule can be set to: what is in per cent ends at 100. */
export const alertLimits: Readonly<Record<AlertMetric, number>> = {
  cpu: 100,
  memory: 100,
  disk: 100,
  'network-in': 100_000,
  'network-out': 100_000,
  'network-in-unusual': 20,
};

/** The shortest and the longest time, in minutes, that a value has to stay above a rule's limit. */
export const alertMinutes = { min: 5, max: 60 } as const;

/** Which instances a rule is about. */
const alertScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('server'), instanceId }),
  z.object({ kind: z.literal('tag'), tag }),
  z.object({ kind: z.literal('favourites') }),
]);
/** One instance, or all favorites, or all with a tag. */
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
  .check(z.refine(({ metric, above }) => above <= alertLimits[metric]));
export type AlertRuleInput = z.infer<typeof alertRuleInput>;

/** A rule's id: made here, unique on this machine. */
export const alertRuleId = z.string().check(z.minLength(1), z.maxLength(100));

/** A rule that is kept. */
export interface AlertRule extends AlertRuleInput {
  readonly id: string;
}

/** A rule whose value is too high on an instance. */
export interface FiringAlert {
  readonly ruleId: string;
  readonly instanceId: InstanceId;
  /** Since when the value is above the limit (epoch). */
  readonly sinceMs: number;
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
/** Rules of an account, at most. */
export const maxAlertRules = 100;

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
  }
}
