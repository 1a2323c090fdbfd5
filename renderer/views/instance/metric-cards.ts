import { formatNumber, formatPercent, formatThreeFigures } from '../../../preload/contract/format.ts';
import type { Instance, MetricPeriod, Metrics, Series } from '../../../preload/contract/instance.ts';
import { axisTo, niceCeiling, scaleOf, type ChartAxis, type Scale } from '../../charts/axis.ts';
import { largest, withGaps } from '../../charts/series.ts';
import type { LineStyle } from '../../charts/time-plot.ts';

/** A line of a card with its name, where the card has more than one. */
export interface MetricLine extends LineStyle {
  readonly name: string | null;
}

/** What one metrics card shows. */
export interface MetricCard {
  readonly title: string;
  /** The unit of the figures and the axis where they do not carry it themselves. */
  readonly unit: string | null;
  readonly lines: readonly MetricLine[];
  readonly columns: readonly Series[];
  readonly axis: ChartAxis;
  /** The live value of each line: "12.4%", "2.50 of 4 GB"; null where it is not known. */
  readonly figures: readonly (string | null)[];
  /** A value with its unit. */
  readonly say: (value: number) => string;
}

/** The four cards over one time axis. */
export interface MetricCards {
  readonly atMs: readonly number[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly cards: readonly MetricCard[];
}

const minuteMs = 60_000;
const gib = 1024 ** 3;

/** The length of each period, and how it is read out. */
export const periodTerms: Readonly<
  Record<MetricPeriod, { readonly lengthMs: number; readonly words: string }>
> = {
  '5m': { lengthMs: 5 * minuteMs, words: 'last 5 minutes' },
  '30m': { lengthMs: 30 * minuteMs, words: 'last 30 minutes' },
  '1h': { lengthMs: 60 * minuteMs, words: 'last hour' },
  '6h': { lengthMs: 360 * minuteMs, words: 'last 6 hours' },
  '12h': { lengthMs: 720 * minuteMs, words: 'last 12 hours' },
  '24h': { lengthMs: 1440 * minuteMs, words: 'last 24 hours' },
};

const bitRateUnits = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s'] as const;
const byteUnits = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/**
 * What the cards show of an answer. Totals that it does not have are those of the plan; where even these are
 * unknown, the axis ends above the largest value. The time axis ends with the newest point and is as long as
 * the period, so that an instance that was off for a while shows it.
 */
export function metricCards(metrics: Metrics, size: Pick<Instance, 'ramGb' | 'storageGb'>): MetricCards {
  const { current, period } = metrics;
  const { atMs, columns } = withGaps({
    atMs: metrics.atMs,
    columns: [
      metrics.cpuPercent,
      metrics.memoryUsedBytes,
      metrics.diskUsedBytes,
      metrics.rxBitsPerSecond,
      metrics.txBitsPerSecond,
    ],
  });
  const [cpu = [], memory = [], disk = [], rx = [], tx = []] = columns;
  const toMs = atMs.at(-1) ?? 0;
  return {
    atMs,
    toMs,
    fromMs: Math.min(atMs[0] ?? toMs, toMs - periodTerms[period].lengthMs),
    cards: [
      cpuCard(cpu, current.cpuPercent),
      sizeCard('Memory', 'series-2', memory, {
        liveBytes: current.memoryUsedBytes,
        totalBytes: metrics.memoryTotalBytes ?? inBytes(size.ramGb),
      }),
      sizeCard('Disk', 'series-3', disk, {
        liveBytes: current.diskUsedBytes,
        totalBytes: metrics.diskTotalBytes ?? inBytes(size.storageGb),
      }),
      networkCard(rx, tx),
    ],
  };
}

/** A point of a card in words: "71.3%", "in 4.1 Mbit/s, out 1.2 Mbit/s". */
export function readingAt({ lines, columns, say }: MetricCard, index: number): string {
  const parts = lines.map(({ name }, line) => {
    const value = columns[line]?.[index] ?? null;
    const text = value === null ? 'no data' : say(value);
    return name === null ? text : `${name} ${text}`;
  });
  return parts.join(', ');
}

/** A line's value at a point without its unit, for the legend; null where there is none. */
export function legendAt({ columns, say, unit }: MetricCard, line: number, index: number): string | null {
  const value = columns[line]?.[index] ?? null;
  return value === null ? null : withoutUnit(say(value), unit);
}

function cpuCard(values: Series, livePercent: number | null): MetricCard {
  const say = (percent: number): string =>
    formatPercent(percent, { decimals: percent < 99.95 ? 1 : 0, fixed: true });
  return {
    title: 'CPU',
    unit: null,
    lines: [{ name: null, colour: 'series-1', isFilled: true }],
    columns: [values],
    // Some hypervisors count each core for 100 %.
    axis: axisTo(Math.max(100, niceCeiling(largest(values))), { divisor: 1, unit: '%' }),
    figures: [livePercent === null ? null : say(livePercent)],
    say,
  };
}

function sizeCard(
  title: string,
  colour: LineStyle['colour'],
  values: Series,
  { liveBytes, totalBytes }: { readonly liveBytes: number | null; readonly totalBytes: number | null },
): MetricCard {
  const most = Math.max(largest(values), liveBytes ?? 0);
  const scale = scaleOf(totalBytes ?? most, 1024, byteUnits);
  const max = Math.max(totalBytes ?? 0, most > (totalBytes ?? 0) ? ceilingIn(scale, most) : 0);
  const say = (bytes: number): string => `${threeFigures(bytes / scale.divisor)} ${scale.unit}`;
  return {
    title,
    unit: null,
    lines: [{ name: null, colour, isFilled: true }],
    columns: [values],
    axis: axisTo(max || scale.divisor, scale),
    figures: [liveBytes === null ? null : usedOf(liveBytes, totalBytes, scale)],
    say,
  };
}

/** The API has no live rate: the newest measured one is the figure. */
function networkCard(rx: Series, tx: Series): MetricCard {
  const most = Math.max(largest(rx, tx), 1000);
  const scale = scaleOf(most, 1000, bitRateUnits);
  const say = (rate: number): string => `${rateFigure(rate / scale.divisor)} ${scale.unit}`;
  const newest = (values: Series): string | null => {
    const value = values.findLast((each) => each !== null) ?? null;
    return value === null ? null : withoutUnit(say(value), scale.unit);
  };
  return {
    title: 'Network',
    unit: scale.unit,
    lines: [
      { name: 'in', colour: 'series-1', isFilled: true },
      { name: 'out', colour: 'series-4', isFilled: false },
    ],
    columns: [rx, tx],
    axis: axisTo(ceilingIn(scale, most), { ...scale, unit: '' }),
    figures: [newest(rx), newest(tx)],
    say,
  };
}

/** "2.50 of 4 GB", both in the unit of the total. */
function usedOf(usedBytes: number, totalBytes: number | null, { divisor, unit }: Scale): string {
  const used = threeFigures(usedBytes / divisor);
  if (totalBytes === null) return `${used} ${unit}`;
  return `${used} of ${formatThreeFigures(totalBytes / divisor)} ${unit}`;
}

function ceilingIn({ divisor }: Scale, value: number): number {
  return niceCeiling(value / divisor) * divisor;
}

function inBytes(gigabytes: number | null): number | null {
  return gigabytes === null ? null : gigabytes * gib;
}

/** Three figures that keep their width from poll to poll: 2.50, 12.0, 512. */
function threeFigures(value: number): string {
  return formatNumber(value, { decimals: value < 9.995 ? 2 : value < 99.95 ? 1 : 0, fixed: true });
}

function rateFigure(value: number): string {
  return formatNumber(value, { decimals: value < 9.95 ? 1 : 0, fixed: true });
}

function withoutUnit(text: string, unit: string | null): string {
  return unit === null ? text : text.replace(` ${unit}`, '');
}
