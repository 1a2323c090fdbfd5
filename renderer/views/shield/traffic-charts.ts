import {
  formatBitRate,
  formatClock,
  formatCount,
  formatDayTime,
  formatThreeFigures,
  formatWhole,
} from '../../../preload/contract/format.ts';
import type { TrafficBaseline } from '../../../preload/contract/baseline.ts';
import type { Series } from '../../../preload/contract/instance.ts';
import type { ShieldTraffic } from '../../../preload/contract/shield.ts';
import { axisTo, niceCeiling, scaleOf, type Scale } from '../../charts/axis.ts';
import { hasValues, largest, nearestIndex, seriesInWords, withGaps } from '../../charts/series.ts';
import type { LineStyle, PlotData } from '../../charts/time-plot.ts';

/** One line of a chart; a chart of one line needs no name for it. */
export interface TrafficLine extends LineStyle {
  readonly name: string | null;
}

/** One chart of an address's traffic, ready to be drawn and to be read out. */
export interface TrafficChart {
  readonly title: string;
  /** The unit of its figures; null where the title says it. */
  readonly unit: string | null;
  readonly lines: readonly TrafficLine[];
  readonly data: PlotData;
  /** A value in the chart's unit, without it: "212". */
  readonly figure: (value: number) => string;
  /** A value in words: "212 Mbit/s". */
  readonly say: (value: number) => string;
  /** What is usual for the first line; null where nothing was learned of it. */
  readonly baseline: TrafficBaseline | null;
}

const bandwidthLines: readonly TrafficLine[] = [
  { name: 'in', colour: 'series-1', isFilled: true },
  { name: 'out', colour: 'series-4', isFilled: false },
];
const packetLines: readonly TrafficLine[] = [{ name: null, colour: 'series-2', isFilled: true }];

const bitRateUnits = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s'] as const;
const countUnits = ['', 'k', 'M', 'G'] as const;
/** A chart is never narrower in time, so that a single point has a place to be drawn. */
const shortestSpanMs = 60_000;
const dayMs = 24 * 60 * 60 * 1000;

/** Bandwidth in and out; null where nothing was reported. */
export function bandwidthChart(
  bandwidth: NonNullable<ShieldTraffic['bandwidth']>,
  baseline: TrafficBaseline | null,
): TrafficChart | null {
  const { atMs, inBitsPerSecond, outBitsPerSecond } = bandwidth;
  const max = niceCeiling(largest(inBitsPerSecond, outBitsPerSecond));
  const scale = scaleOf(max, 1000, bitRateUnits);
  return chart('Bandwidth', atMs, [inBitsPerSecond, outBitsPerSecond], {
    max,
    scale,
    unit: scale.unit,
    lines: bandwidthLines,
    figure: (value) => formatThreeFigures(value / scale.divisor),
    say: formatBitRate,
    baseline,
  });
}

/** Packets per second; null where nothing was reported. */
export function packetChart(
  packets: NonNullable<ShieldTraffic['packets']>,
  baseline: TrafficBaseline | null,
): TrafficChart | null {
  const { atMs, packetsPerSecond } = packets;
  const max = niceCeiling(largest(packetsPerSecond));
  return chart('Packets per second', atMs, [packetsPerSecond], {
    max,
    scale: scaleOf(max, 1000, countUnits),
    unit: null,
    lines: packetLines,
    figure: formatCount,
    say: (value) => `${formatCount(value)} packets per second`,
    baseline,
  });
}

interface Measure extends Pick<TrafficChart, 'unit' | 'lines' | 'figure' | 'say' | 'baseline'> {
  readonly max: number;
  readonly scale: Scale;
}

function chart(
  title: string,
  atMs: readonly number[],
  columns: readonly Series[],
  { max, scale, unit, lines, figure, say, baseline }: Measure,
): TrafficChart | null {
  const fromMs = atMs[0];
  const lastMs = atMs.at(-1);
  if (fromMs === undefined || lastMs === undefined || !hasValues(...columns)) return null;
  const none = atMs.map(() => null);
  const whole = withGaps({ atMs, columns: [...columns, baseline?.low ?? none, baseline?.high ?? none] });
  const data = {
    atMs: whole.atMs,
    columns: whole.columns.slice(0, columns.length),
    band: { low: whole.columns.at(-2) ?? none, high: whole.columns.at(-1) ?? none },
    fromMs,
    toMs: Math.max(lastMs, fromMs + shortestSpanMs),
    axis: axisTo(max, unit === null ? scale : { ...scale, unit: '' }),
  };
  return { title, unit, lines, data, figure, say, baseline };
}

/** The span that came back: "13:10 – 14:09"; the API takes no period. With days where it is longer than one. */
export function spanInWords({ data: { fromMs, toMs } }: TrafficChart): string {
  const write = (atMs: number): string =>
    toMs - fromMs < dayMs ? formatClock(atMs) : formatDayTime(atMs, toMs);
  return `${write(fromMs)} – ${write(toMs)}`;
}

/** The point at a time, or the newest that has a value where no time is pointed at. */
export function shownIndex({ data }: TrafficChart, cursorAtMs: number | null): number {
  if (cursorAtMs !== null) return nearestIndex(data.atMs, cursorAtMs) ?? 0;
  return data.atMs.findLastIndex((_, index) =>
    data.columns.some((column) => (column[index] ?? null) !== null),
  );
}

/** A point in words, for who does not see the chart: "14:02, in 212 Mbit/s, out 48 Mbit/s". */
export function pointInWords({ data, lines, say }: TrafficChart, index: number): string {
  const parts = lines.map(({ name }, line) => {
    const value = data.columns[line]?.[index] ?? null;
    return [name, value === null ? 'no data' : say(value)].filter((part) => part !== null).join(' ');
  });
  return [formatClock(data.atMs[index] ?? 0), ...parts].join(', ');
}

/** All lines in words: "in: Lowest 70 Mbit/s, average …". */
export function chartInWords({ data, lines, say }: TrafficChart): string {
  return lines
    .map(({ name }, line) => {
      const words = seriesInWords(data.columns[line] ?? [], say);
      return name === null ? words : `${name}: ${words}`;
    })
    .join(' ');
}

/** How a rate stands to what is usual for it. */
export interface Standing {
  readonly isAbove: boolean;
  /** "Usual: 12 to 40 Mbit/s. Now 310 Mbit/s, above usual since 14:02." */
  readonly text: string;
}

/** How a chart's first line stands to what is usual; null where there is nothing to say. */
export function standingOf({
  baseline,
  unit,
  figure,
  say,
  lines,
}: Pick<TrafficChart, 'baseline' | 'unit' | 'figure' | 'say' | 'lines'>): Standing | null {
  if (baseline === null || baseline.latest === null) return null;
  const { usual, latest, sinceMs, learned, needed } = baseline;
  if (usual === null)
    return {
      isAbove: false,
      text: `Learning what is usual: ${formatWhole(learned)} of ${formatWhole(needed)} values.`,
    };
  // "3.5 k to 26.7 k packets per second": its unit is long enough once.
  const short = unit === null ? figure : say;
  const way = lines[0]?.name === 'in' ? ' in' : '';
  const range = `Usual${way}: ${short(usual.low)} to ${say(usual.high)}. Now ${short(latest)}`;
  if (sinceMs === null) return { isAbove: false, text: `${range}.` };
  return { isAbove: true, text: `${range}, above usual since ${formatClock(sinceMs)}.` };
}

/** How what is usual is worked out, for who asks. */
export const baselineInWords =
  'The band is a moving average of the values before, with 4 standard deviations to each side and at least a quarter of the ' +
  'average; the newest values count most. Above usual: 3 of 5 values above the band, until 5 in a row are not. What is outside ' +
  'is not learned unless it lasts for 30 values.';
