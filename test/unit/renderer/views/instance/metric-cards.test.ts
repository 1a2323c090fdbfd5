import { describe, expect, test } from 'vitest';
import type { InstanceId } from '../../../../../preload/contract/brands.ts';
import type { Metrics } from '../../../../../preload/contract/instance.ts';
import {
  legendAt,
  metricCards,
  readingAt,
  type MetricCard,
} from '../../../../../renderer/views/instance/metric-cards.ts';

const gib = 1024 ** 3;
const minuteMs = 60_000;
const size = { ramGb: 4, storageGb: 60 };

function metrics(change: Partial<Metrics> = {}): Metrics {
  return {
    instanceId: 'one' as InstanceId,
    period: '5m',
    atMs: [4 * minuteMs, 5 * minuteMs],
    cpuPercent: [12.44, 71.3],
    memoryUsedBytes: [2.5 * gib, null],
    diskUsedBytes: [12 * gib, 12 * gib],
    rxBitsPerSecond: [4_100_000, 7_300_000],
    txBitsPerSecond: [1_200_000, null],
    memoryTotalBytes: 4 * gib,
    diskTotalBytes: 60 * gib,
    current: { cpuPercent: 12.44, memoryUsedBytes: 2.5 * gib, diskUsedBytes: 12 * gib },
    ...change,
  };
}

function card(
  title: string,
  change: Partial<Metrics> = {},
  plan: typeof size | typeof unknownSize = size,
): MetricCard {
  const found = metricCards(metrics(change), plan).cards.find((each) => each.title === title);
  if (found === undefined) throw new Error(`No card is called ${title}.`);
  return found;
}

const unknownSize = { ramGb: null, storageGb: null };

describe('figures', () => {
  test('live values are written with their total and unit', () => {
    expect(card('CPU').figures).toEqual(['12.4%']);
    expect(card('Memory').figures).toEqual(['2.50 of 4 GB']);
    expect(card('Disk').figures).toEqual(['12.0 of 60 GB']);
    expect(card('Network').figures).toEqual(['7.3', '1.2']);
  });

  test('a value that is not known is none', () => {
    const current = { cpuPercent: null, memoryUsedBytes: null, diskUsedBytes: null };
    for (const title of ['CPU', 'Memory', 'Disk']) expect(card(title, { current }).figures).toEqual([null]);
  });

  test('without a total in the answer it is the plan’s, and without a plan there is none', () => {
    const change = { memoryTotalBytes: null };
    expect(card('Memory', change).figures).toEqual(['2.50 of 4 GB']);
    expect(card('Memory', change, unknownSize).figures).toEqual(['2.50 GB']);
    // Also without history.
    const memoryUsedBytes = [null, null];
    expect(card('Memory', { ...change, memoryUsedBytes }, unknownSize).figures).toEqual(['2.50 GB']);
  });
});

describe('axes', () => {
  const top = ({ axis }: MetricCard): string => axis.ticks.at(-1)?.label ?? '';

  test('they end at the whole, and the network above its largest value', () => {
    expect(top(card('CPU'))).toBe('100%');
    expect(top(card('Memory'))).toBe('4 GB');
    expect(top(card('Disk'))).toBe('60 GB');
    expect(top(card('Network'))).toBe('8');
    expect(card('Network').unit).toBe('Mbit/s');
  });

  test('a value above the whole is not cut off', () => {
    expect(card('CPU', { cpuPercent: [180, 20] }).axis.max).toBe(200);
    expect(card('Memory', { memoryUsedBytes: [6 * gib, null] }).axis.max).toBe(6 * gib);
  });

  test('no traffic at all has an axis still', () => {
    const idle = card('Network', { rxBitsPerSecond: [0, 0], txBitsPerSecond: [0, 0] });
    expect(idle.axis.max).toBe(1000);
    expect(idle.figures).toEqual(['0.0', '0.0']);
  });
});

describe('points', () => {
  test('a point is read out with its unit, and a gap as a gap', () => {
    expect(readingAt(card('CPU'), 1)).toBe('71.3%');
    expect(readingAt(card('Memory'), 1)).toBe('no data');
    expect(readingAt(card('Network'), 0)).toBe('in 4.1 Mbit/s, out 1.2 Mbit/s');
  });

  test('the legend leaves the unit to the heading', () => {
    expect(legendAt(card('Network'), 0, 0)).toBe('4.1');
    expect(legendAt(card('Network'), 1, 1)).toBeNull();
  });
});

test('the time axis is as long as the period and ends with the newest point', () => {
  expect(metricCards(metrics(), size)).toMatchObject({ fromMs: 0, toMs: 5 * minuteMs });
  const none = {
    atMs: [],
    cpuPercent: [],
    memoryUsedBytes: [],
    diskUsedBytes: [],
    rxBitsPerSecond: [],
    txBitsPerSecond: [],
  };
  expect(metricCards(metrics(none), size).atMs).toEqual([]);
});

test('missing points become gaps in all columns alike', () => {
  const atMs = [0, 1, 2, 9, 10].map((minute) => minute * minuteMs);
  const model = metricCards(metrics({ atMs, cpuPercent: [1, 2, 3, 4, 5] }), size);
  expect(model.atMs).toHaveLength(6);
  expect(model.cards[0]?.columns[0]).toEqual([1, 2, 3, null, 4, 5]);
});
