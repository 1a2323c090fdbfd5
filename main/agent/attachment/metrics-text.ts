import type { Metrics, Series } from '../../../preload/contract/instance.ts';
import { figure, localTime, tableOf } from './table-text.ts';

/** So many rows say how a period went. */
const rows = 12;
const megabyte = 1024 ** 2;
const gigabyte = 1024 ** 3;

interface Column {
  readonly name: string;
  readonly of: (metrics: Metrics) => Series;
  readonly per: number;
}

const columns: readonly Column[] = [
  { name: 'CPU %', of: ({ cpuPercent }) => cpuPercent, per: 1 },
  { name: 'Memory MB', of: ({ memoryUsedBytes }) => memoryUsedBytes, per: megabyte },
  { name: 'Disk GB', of: ({ diskUsedBytes }) => diskUsedBytes, per: gigabyte },
  { name: 'In kbit/s', of: ({ rxBitsPerSecond }) => rxBitsPerSecond, per: 1000 },
  { name: 'Out kbit/s', of: ({ txBitsPerSecond }) => txBitsPerSecond, per: 1000 },
];

/** The metrics of a period as two tables: the least, mean and most of each series, then its means over twelfths of the period. */
export function metricsText(metrics: Metrics, timeZone?: string): string {
  const { atMs, memoryTotalBytes, diskTotalBytes } = metrics;
  const first = atMs[0];
  const last = atMs.at(-1);
  if (first === undefined || last === undefined) return 'Nothing was measured in this period.';
  const series = columns.map(({ name, of, per }) => ({
    name,
    values: of(metrics).map((value) => (value === null ? null : value / per)),
  }));
  const totals = [
    memoryTotalBytes === null ? [] : [`Memory in all: ${figure(memoryTotalBytes / megabyte)} MB`],
    diskTotalBytes === null ? [] : [`Disk in all: ${figure(diskTotalBytes / gigabyte)} GB`],
  ].flat();
  const spans = spansOf(first, last);
  return [
    `${localTime(first, timeZone)} to ${localTime(last, timeZone)}, ${atMs.length} points. "-": not measured.`,
    ...totals,
    '',
    tableOf([
      ['', 'Minimum', 'Average', 'Maximum', 'Last'],
      ...series.map(({ name, values }) => [
        name,
        figure(least(values)),
        figure(mean(values)),
        figure(most(values)),
        figure(values.findLast((value) => value !== null) ?? null),
      ]),
    ]),
    '',
    'Averages, each from the time named to the next:',
    tableOf([
      ['From', ...series.map(({ name }) => name)],
      ...spans.map(({ fromMs, toMs }) => {
        const inSpan = (index: number): boolean => (atMs[index] ?? 0) >= fromMs && (atMs[index] ?? 0) < toMs;
        return [
          localTime(fromMs, timeZone),
          ...series.map(({ values }) => figure(mean(values.filter((_value, index) => inSpan(index))))),
        ];
      }),
    ]),
  ].join('\n');
}

/** Equal parts of the time between two points, of which the last holds the last point. */
function spansOf(
  firstMs: number,
  lastMs: number,
): readonly { readonly fromMs: number; readonly toMs: number }[] {
  const lengthMs = (lastMs - firstMs) / rows;
  if (lengthMs === 0) return [{ fromMs: firstMs, toMs: lastMs + 1 }];
  return Array.from({ length: rows }, (_, index) => ({
    fromMs: firstMs + index * lengthMs,
    toMs: index === rows - 1 ? lastMs + 1 : firstMs + (index + 1) * lengthMs,
  }));
}

const known = (values: Series): readonly number[] => values.filter((value) => value !== null);
const least = (values: Series): number | null =>
  known(values).reduce<number | null>((a, b) => Math.min(a ?? b, b), null);
const most = (values: Series): number | null =>
  known(values).reduce<number | null>((a, b) => Math.max(a ?? b, b), null);

function mean(values: Series): number | null {
  const all = known(values);
  return all.length === 0 ? null : all.reduce((sum, value) => sum + value, 0) / all.length;
}
