import type { AlertMetric, AlertRule } from './alerts.ts';
import { withUnit } from './format.ts';

/** What is watched, by its name in words. */
export const alertMetricNames: Readonly<Record<AlertMetric, string>> = {
  cpu: 'CPU',
  memory: 'Memory',
  disk: 'Disk',
  'network-in': 'Network in',
  'network-out': 'Network out',
};

/** The unit of a rule's limit. */
export function alertUnit(metric: AlertMetric): '%' | 'Mbit/s' {
  return metric === 'network-in' || metric === 'network-out' ? 'Mbit/s' : '%';
}

/** The limit of a rule: "CPU above 90%". */
export function alertLimitInWords({ metric, above }: Pick<AlertRule, 'metric' | 'above'>): string {
  return `${alertMetricNames[metric]} above ${withUnit(above, alertUnit(metric))}`;
}
