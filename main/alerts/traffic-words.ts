import type { AlertRule, TrafficMetric } from '../../preload/contract/alerts.ts';
import { canonicalAddress } from '../../preload/contract/address.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import { displayName, displayText } from '../../preload/contract/display-text.ts';
import {
  formatBitRate,
  formatClock,
  formatCount,
  formatDayTime,
  isSameDay,
} from '../../preload/contract/format.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import { newLevelMs } from '../domain/index.ts';

/** What a notice of an address's traffic is made of. */
export interface TrafficEvent {
  readonly accountId: AccountId;
  readonly rule: AlertRule;
  readonly metric: TrafficMetric;
  readonly instances: readonly Instance[];
  /** Since when the rate is, or was, above what is usual (epoch). */
  readonly sinceMs: number;
  readonly nowMs: number;
}

/** A rate was above what is usual for the whole time that the rule names. */
export function trafficNotice(
  event: TrafficEvent,
  { usualUpTo, latest }: { readonly usualUpTo: number; readonly latest: number },
): Notice {
  const { metric, rule, sinceMs, nowMs } = event;
  const rate = rateOf(metric);
  return {
    ...commonOf(event, 'threshold'),
    title: `${subjectOf(event)}: ${rateNames[metric]} above usual`,
    body: `${rate(latest)} now; usual is up to ${rate(usualUpTo)}. For ${rule.forMinutes} minutes or more, since ${timeOf(sinceMs, nowMs)}.`,
  };
}

/** The rate is usual again; or it stayed above for so long (`level`) that it is usual now. */
export function trafficOverNotice(event: TrafficEvent, as: 'usual' | 'level'): Notice {
  const { metric, sinceMs, nowMs } = event;
  const name = rateNames[metric];
  const hours = newLevelMs / 3_600_000;
  return {
    ...commonOf(event, 'threshold-over'),
    title:
      as === 'usual'
        ? `${subjectOf(event)}: ${name} usual again`
        : `${subjectOf(event)}: ${name} at a new level`,
    body:
      as === 'usual'
        ? `Resolved. It began at ${timeOf(sinceMs, nowMs)}.`
        : `It has been above usual for ${hours} hours, since ${timeOf(sinceMs, nowMs)}. From now on this counts as usual.`,
  };
}

const rateNames: Readonly<Record<TrafficMetric, string>> = {
  'shield-bandwidth-unusual': 'bandwidth in',
  'shield-packets-unusual': 'packets per second',
};

function rateOf(metric: TrafficMetric): (value: number) => string {
  return metric === 'shield-bandwidth-unusual'
    ? formatBitRate
    : (value) => `${formatCount(value)} packets per second`;
}

const timeOf = (atMs: number, nowMs: number): string =>
  isSameDay(atMs, nowMs) ? formatClock(atMs) : formatDayTime(atMs, nowMs);

/** "203.0.113.42 (api-prod-1)". */
function subjectOf(event: TrafficEvent): string {
  const instance = ownerOf(event);
  const address = displayText(addressOf(event.rule), 50);
  return instance === undefined ? address : `${address} (${displayName(instance)})`;
}

function commonOf(
  event: TrafficEvent,
  kind: 'threshold' | 'threshold-over',
): Pick<Notice, 'key' | 'kind' | 'instanceId' | 'shieldIpId' | 'atMs'> {
  const { accountId, rule, sinceMs, nowMs } = event;
  return {
    key: `${accountId}/shield/${kind}/${rule.id}/${sinceMs}`,
    kind,
    instanceId: ownerOf(event)?.id ?? null,
    ...(rule.scope.kind === 'address' ? { shieldIpId: rule.scope.ipId } : {}),
    atMs: nowMs,
  };
}

const addressOf = ({ scope }: AlertRule): string => (scope.kind === 'address' ? scope.address : '');

function ownerOf({ rule, instances }: TrafficEvent): Instance | undefined {
  const address = canonicalAddress(addressOf(rule));
  return address === null
    ? undefined
    : instances.find(({ mainIp, addresses }) =>
        [mainIp, ...addresses].some((each) => each !== null && canonicalAddress(each) === address),
      );
}
