import { alertLimitInWords, alertMetricNames } from '../../preload/contract/alert-words.ts';
import type { AlertRule } from '../../preload/contract/alerts.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import { displayName } from '../../preload/contract/display-text.ts';
import { formatClock } from '../../preload/contract/format.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';

/** What a notice of a rule is made of. */
export interface AlertEvent {
  readonly accountId: AccountId;
  readonly instance: Instance;
  readonly rule: AlertRule;
  /** Since when the value is, or was, above the limit (epoch). */
  readonly sinceMs: number;
  readonly nowMs: number;
}

/** A value was above its limit for the whole time that the rule names. */
export function firingNotice(event: AlertEvent): Notice {
  const { instance, rule, sinceMs } = event;
  return {
    ...commonOf(event),
    key: keyOf(event, 'threshold'),
    kind: 'threshold',
    title: `${displayName(instance)}: ${alertLimitInWords(rule)}`,
    body: `For ${rule.forMinutes} minutes or more, since ${formatClock(sinceMs)}.`,
  };
}

/** The value came down and stayed there. */
export function overNotice(event: AlertEvent): Notice {
  const { instance, rule, sinceMs } = event;
  return {
    ...commonOf(event),
    key: keyOf(event, 'threshold-over'),
    kind: 'threshold-over',
    title: `${displayName(instance)}: ${alertMetricNames[rule.metric]} is back to normal`,
    body: `${alertLimitInWords(rule)}: resolved. It began at ${formatClock(sinceMs)}.`,
  };
}

function commonOf({ instance, nowMs }: AlertEvent): Pick<Notice, 'instanceId' | 'atMs'> {
  return { instanceId: instance.id, atMs: nowMs };
}

function keyOf({ accountId, instance, rule, sinceMs }: AlertEvent, what: string): string {
  return `${accountId}/${instance.id}/${what}/${rule.id}/${sinceMs}`;
}
