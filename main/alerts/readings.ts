import type { AlertRule, InstanceMetric } from '../../preload/contract/alerts.ts';
import type { Instance, MetricPeriod, Metrics, Series } from '../../preload/contract/instance.ts';
import { judge, judgeUnusual, type Sample, type Threshold, type Verdict } from '../domain/index.ts';

const gib = 1024 ** 3;
const megabit = 1_000_000;
const minuteMs = 60_000;

/** A metric of an instance in the unit of its rules, over time and at this moment. */
export interface Reading {
  readonly samples: readonly Sample[];
  /** Null where the API has no live value. */
  readonly live: number | null;
}

/** What metrics say of one of them. A part of a whole that is not known says nothing. */
export function readingOf(
  metrics: Metrics,
  metric: InstanceMetric,
  size: Pick<Instance, 'ramGb' | 'storageGb'>,
): Reading {
  const { current } = metrics;
  switch (metric) {
    case 'cpu':
      return reading(metrics, metrics.cpuPercent, current.cpuPercent, 1);
    case 'memory':
      return part(
        metrics,
        metrics.memoryUsedBytes,
        current.memoryUsedBytes,
        metrics.memoryTotalBytes ?? inBytes(size.ramGb),
      );
    case 'disk':
      return part(
        metrics,
        metrics.diskUsedBytes,
        current.diskUsedBytes,
        metrics.diskTotalBytes ?? inBytes(size.storageGb),
      );
    case 'network-in':
    case 'network-in-unusual':
      return reading(metrics, metrics.rxBitsPerSecond, null, megabit);
    case 'network-out':
      return reading(metrics, metrics.txBitsPerSecond, null, megabit);
  }
}

/** The shortest period that holds a rule's whole time, and the steps at its ends. */
export function periodFor(rules: readonly Pick<AlertRule, 'metric' | 'forMinutes'>[]): MetricPeriod {
  const minutes = Math.max(...rules.map(minutesOf));
  if (minutes <= 25) return '30m';
  return minutes <= 50 ? '1h' : '6h';
}

/** What is usual is learned before the rule's own time, from three times as much and half an hour at least. */
const minutesOf = ({ metric, forMinutes }: Pick<AlertRule, 'metric' | 'forMinutes'>): number =>
  metric === 'network-in-unusual' ? Math.max(30, forMinutes * 4) : forMinutes;

/** Judges samples by a rule of either kind. */
export function judgeRule(
  { samples, live }: Reading,
  rule: Pick<AlertRule, 'metric' | 'above' | 'forMinutes'>,
): Verdict {
  return rule.metric === 'network-in-unusual'
    ? judgeUnusual(samples, rule.above, rule.forMinutes * minuteMs)
    : judge(samples, thresholdOf(rule), live);
}

/** A rule in numbers: it is over five points below the limit, or a tenth where it is no percentage. */
export function thresholdOf({
  metric,
  above,
  forMinutes,
}: Pick<AlertRule, 'metric' | 'above' | 'forMinutes'>): Threshold {
  const isPercent = metric === 'cpu' || metric === 'memory' || metric === 'disk';
  // A limit of a few per cent has no five points below it.
  const overBelow = isPercent && above > 10 ? above - 5 : above * 0.9;
  return { above, overBelow, forMs: forMinutes * minuteMs };
}

function part(metrics: Metrics, series: Series, live: number | null, totalBytes: number | null): Reading {
  return totalBytes === null || totalBytes <= 0
    ? { samples: [], live: null }
    : reading(metrics, series, live, totalBytes / 100);
}

function reading({ atMs }: Metrics, series: Series, live: number | null, unit: number): Reading {
  const scaled = (value: number | null): number | null => (value === null ? null : value / unit);
  return {
    samples: atMs.map((at, index) => ({ atMs: at, value: scaled(series[index] ?? null) })),
    live: scaled(live),
  };
}

function inBytes(gigabytes: number | null): number | null {
  return gigabytes === null ? null : gigabytes * gib;
}
