import { formatAsIs, formatPercent } from './format.ts';
import { isUnusualMetric, type AlertMetric, type AlertRule } from './alerts.ts';

/** What is watched, by its name in words. */
export const alertMetricNames: Readonly<Record<AlertMetric, string>> = {
  cpu: 'CPU',
  memory: 'Memory',
  disk: 'Disk',
  'network-in': 'Network in',
  'network-out': 'Network out',
  'network-in-unusual': 'Network in, above usual',
  'shield-bandwidth-unusual': 'Shield bandwidth in, above usual',
  'shield-packets-unusual': 'Shield packets per second, above usual',
};

/** The unit of a rule's limit. */
export function alertUnit(metric: AlertMetric): '%' | 'Mbit/s' | 'deviations' {
  if (isUnusualMetric(metric)) return 'deviations';
  return metric === 'network-in' || metric === 'network-out' ? 'Mbit/s' : '%';
}

/** A rule's limit with its unit: "90%", "12.5 Mbit/s". */
export function formatAlertLimit({ metric, above }: Pick<AlertRule, 'metric' | 'above'>): string {
  const unit = alertUnit(metric);
  return unit === '%' ? formatPercent(above, { decimals: 10 }) : `${formatAsIs(above)} ${unit}`;
}

/** The limit of a rule: "CPU above 90%", "Network in above usual by 4 deviations". */
export function alertLimitInWords(rule: Pick<AlertRule, 'metric' | 'above'>): string {
  const name = alertMetricNames[rule.metric];
  return isUnusualMetric(rule.metric)
    ? `${name.replace(',', '')} by ${formatAlertLimit(rule)}`
    : `${name} above ${formatAlertLimit(rule)}`;
}
