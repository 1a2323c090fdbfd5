import { formatAsIs, formatPercent } from './format.ts';
import type { AlertMetric, AlertRule } from './alerts.ts';

/** What is watched, by its name in words. */
export const alertMetricNames: Readonly<Record<AlertMetric, string>> = {
  cpu: 'CPU',
  memory: 'Memory',
  disk: 'Disk',
  'network-in': 'Network in',
  'network-out': 'Network out',
  'network-in-unusual': 'Network in, above usual',
};

/** The unit of a rule's limit. */
export function alertUnit(metric: AlertMetric): '%' | 'Mbit/s' | 'deviations' {
  if (metric === 'network-in-unusual') return 'deviations';
  return metric === 'network-in' || metric === 'network-out' ? 'Mbit/s' : '%';
}

/** A rule's limit with its unit: "90%", "12.5 Mbit/s". */
export function formatAlertLimit({ metric, above }: Pick<AlertRule, 'metric' | 'above'>): string {
  const unit = alertUnit(metric);
  return unit === '%' ? formatPercent(above, { decimals: 10 }) : `${formatAsIs(above)} ${unit}`;
}

/** The limit of a rule: "CPU above 90%", "Network in above usual by 4 deviations". */
export function alertLimitInWords(rule: Pick<AlertRule, 'metric' | 'above'>): string {
  if (rule.metric === 'network-in-unusual') return `Network in above usual by ${formatAlertLimit(rule)}`;
  return `${alertMetricNames[rule.metric]} above ${formatAlertLimit(rule)}`;
}
