import { describe, expect, test } from 'vitest';
import type { Series } from '../../../../../preload/contract/instance.ts';
import {
  bandwidthChart,
  chartInWords,
  packetChart,
  pointInWords,
  shownIndex,
  spanInWords,
  standingOf,
  type TrafficChart,
} from '../../../../../renderer/views/shield/traffic-charts.ts';

const minuteMs = 60_000;
const startMs = new Date(2026, 4, 24, 13, 10).getTime();
const minutes = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => startMs + index * minuteMs);

function bandwidth(inBitsPerSecond: Series, outBitsPerSecond: Series): TrafficChart {
  const made = bandwidthChart(
    { atMs: minutes(inBitsPerSecond.length), inBitsPerSecond, outBitsPerSecond },
    null,
  );
  if (made === null) throw new Error('There is something to draw.');
  return made;
}

describe('the bandwidth chart', () => {
  test('writes its figures in the unit that its axis has', () => {
    const chart = bandwidth([105e6, 272.4e6], [40e6, 48e6]);
    expect(chart.unit).toBe('Mbit/s');
    expect(chart.figure(272.4e6)).toBe('272');
    expect(chart.data.axis.max).toBeGreaterThanOrEqual(272.4e6);
    expect(bandwidth([900], [0]).unit).toBe('kbit/s');
  });

  test('says a point, with what is missing in it', () => {
    const chart = bandwidth([105e6, 212e6], [40e6, null]);
    expect(pointInWords(chart, 1)).toBe('13:11, in 212 Mbit/s, out no data');
  });

  test('says how its lines went', () => {
    expect(chartInWords(bandwidth([100e6, 200e6], [40e6, 60e6]))).toBe(
      'in: Lowest 100 Mbit/s, average 150 Mbit/s, highest 200 Mbit/s. out: Lowest 40 Mbit/s, average 50 Mbit/s, highest 60 Mbit/s.',
    );
  });

  test('is none where nothing was reported', () => {
    expect(bandwidthChart({ atMs: [], inBitsPerSecond: [], outBitsPerSecond: [] }, null)).toBeNull();
    expect(
      bandwidthChart({ atMs: [startMs], inBitsPerSecond: [null], outBitsPerSecond: [null] }, null),
    ).toBeNull();
  });

  test('of no traffic at all is still drawn: zero was measured', () => {
    expect(bandwidth([0, 0], [0, 0]).data.axis.max).toBeGreaterThan(0);
  });
});

describe('the packet chart', () => {
  test('carries its unit on the axis', () => {
    const chart = packetChart({ atMs: minutes(2), packetsPerSecond: [41_200, 88_000] }, null);
    expect(chart?.unit).toBeNull();
    expect(chart?.data.axis.ticks.at(-1)?.label).toBe('100 k');
    expect(chart?.figure(41_200)).toBe('41.2 k');
  });
});

describe('the span', () => {
  test('is said as it came back', () => {
    expect(spanInWords(bandwidth([1, 2, 3], [1, 2, 3]))).toBe('13:10 – 13:12');
  });

  test('has its days where it is longer than one', () => {
    const chart = packetChart({ atMs: [startMs, startMs + 2 * 86_400_000], packetsPerSecond: [1, 2] }, null);
    expect(chart === null ? null : spanInWords(chart)).toBe('24 May, 13:10 – 26 May, 13:10');
  });

  test('of one point has a length, so that it can be drawn', () => {
    const { data } = bandwidth([1], [1]);
    expect(data.toMs).toBeGreaterThan(data.fromMs);
  });
});

describe('the point that is shown', () => {
  const chart = bandwidth([1, 2, 3, null], [1, 2, null, null]);

  test('is the newest with a value, until one is pointed at', () => {
    expect(shownIndex(chart, null)).toBe(2);
    expect(shownIndex(chart, startMs + 1.2 * minuteMs)).toBe(1);
  });
});

describe('what is usual', () => {
  const minute = (count: number): number => startMs + count * minuteMs;
  const baseline = {
    low: [null, null, 12e6, 12e6],
    high: [null, null, 40e6, 40e6],
    usual: { low: 12e6, high: 40e6 },
    latest: 310e6,
    sinceMs: minute(2),
    learned: 20,
    needed: 15,
  };
  const chartWith = (values: Series, atMs = minutes(values.length)) =>
    bandwidthChart({ atMs, inBitsPerSecond: values, outBitsPerSecond: values }, baseline);
  const words = (other: Partial<typeof baseline> | { readonly usual: null; readonly sinceMs: null }) => {
    const chart = chartWith([1, 2, 3, 4]);
    return chart === null ? null : standingOf({ ...chart, baseline: { ...baseline, ...other } });
  };

  test('is a band behind the line, with its gaps', () => {
    expect(chartWith([1, 2, 3, 4])?.data.band).toEqual({ low: baseline.low, high: baseline.high });
    const gap = [0, 1, 2, 9].map(minute);
    expect(chartWith([1, 2, 3, 4], gap)?.data.band?.low).toEqual([null, null, 12e6, null, 12e6]);
    expect(chartWith([1, 2, 3, 4])?.data.columns).toHaveLength(2);
  });

  test('is said with what is now', () => {
    expect(words({})).toEqual({
      isAbove: true,
      text: 'Usual in: 12 Mbit/s to 40 Mbit/s. Now 310 Mbit/s, above usual since 13:12.',
    });
    expect(words({ latest: 30e6, sinceMs: null } as never)).toEqual({
      isAbove: false,
      text: 'Usual in: 12 Mbit/s to 40 Mbit/s. Now 30 Mbit/s.',
    });
    expect(words({ usual: null, sinceMs: null, learned: 4 } as never)?.text).toBe(
      'Learning what is usual: 4 of 15 values.',
    );
    const packets = packetChart(
      { atMs: minutes(2), packetsPerSecond: [1, 2] },
      { ...baseline, usual: { low: 3_500, high: 26_700 }, latest: 41_200 },
    );
    expect(packets && standingOf(packets)?.text).toBe(
      'Usual: 3.5 k to 26.7 k packets per second. Now 41.2 k, above usual since 13:12.',
    );
    expect(words({ latest: null } as never)).toBeNull();
  });
});
