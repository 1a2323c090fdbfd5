import { describe, expect, it } from 'vitest';
import { judgeRule, periodFor, readingOf, thresholdOf } from '../../../main/alerts/readings.ts';
import { alertTargets } from '../../../main/alerts/targets.ts';
import type { InstanceMetric, AlertRule } from '../../../preload/contract/alerts.ts';
import { noAnnotations } from '../../../preload/contract/annotations.ts';
import type { Metrics } from '../../../preload/contract/instance.ts';
import { instance } from '../domain/samples.ts';
import { instanceId } from '../monitor/builders.ts';

const rule: AlertRule = {
  id: 'r',
  metric: 'cpu',
  above: 90,
  forMinutes: 10,
  scope: { kind: 'favourites' },
  isOn: true,
  tellsEnd: true,
};
const gib = 1_073_741_824;
const metrics: Metrics = {
  instanceId: instanceId('web'),
  period: '30m',
  atMs: [1_000, 2_000],
  cpuPercent: [50, null],
  memoryUsedBytes: [gib, 2 * gib],
  diskUsedBytes: [10 * gib, 20 * gib],
  rxBitsPerSecond: [8_000_000, 500_000],
  txBitsPerSecond: [null, 1_000_000],
  memoryTotalBytes: 4 * gib,
  diskTotalBytes: 40 * gib,
  current: { cpuPercent: 60, memoryUsedBytes: 3 * gib, diskUsedBytes: null },
};
const unknownSize = { ramGb: null, storageGb: null };

describe('what metrics say, in the unit of a rule', () => {
  it.each<[InstanceMetric, readonly (number | null)[], number | null]>([
    ['cpu', [50, null], 60],
    ['memory', [25, 50], 75],
    ['disk', [25, 50], null],
    ['network-in', [8, 0.5], null],
    ['network-out', [null, 1], null],
    ['network-in-unusual', [8, 0.5], null],
  ])('%s', (metric, values, live) => {
    expect(readingOf(metrics, metric, unknownSize)).toEqual({
      samples: [
        { atMs: 1_000, value: values[0] },
        { atMs: 2_000, value: values[1] },
      ],
      live,
    });
  });

  it('takes the size of the plan for a whole that the metrics leave out', () => {
    const without = { ...metrics, memoryTotalBytes: null, diskTotalBytes: null };
    const size = { ramGb: 8, storageGb: 80 };
    expect(readingOf(without, 'memory', size)).toMatchObject({ samples: [{ value: 12.5 }, {}], live: 37.5 });
    expect(readingOf(without, 'disk', size)).toMatchObject({ samples: [{ value: 12.5 }, { value: 25 }] });
  });

  it.each([null, 0, -1])('says nothing of a part of a whole that is %j', (total) => {
    const odd = { ...metrics, memoryTotalBytes: total, diskTotalBytes: total };
    for (const metric of ['memory', 'disk'] as const)
      expect(readingOf(odd, metric, unknownSize)).toEqual({ samples: [], live: null });
  });

  it('has a gap where a column is shorter than its times', () => {
    const short = { ...metrics, cpuPercent: [50] };
    expect(readingOf(short, 'cpu', unknownSize).samples[1]).toEqual({ atMs: 2_000, value: null });
  });
});

it.each([
  [[5], '30m'],
  [[25], '30m'],
  [[26], '1h'],
  [[50], '1h'],
  [[51], '6h'],
  [[60], '6h'],
  [[5, 60, 10], '6h'],
])('rules of %j minutes are judged by the metrics of %s', (minutes, period) => {
  expect(periodFor(minutes.map((forMinutes) => ({ metric: 'cpu', forMinutes })))).toBe(period);
});

it.each([
  [5, '1h'],
  [12, '1h'],
  [15, '6h'],
])('a rule of what is usual, for %d minutes, learns from the metrics of %s', (forMinutes, period) => {
  expect(periodFor([{ metric: 'network-in-unusual', forMinutes }])).toBe(period);
});

it('a rule of what is usual is judged by it, and no other', () => {
  const samples = [...Array.from({ length: 20 }, () => 30), 300, 300, 300, 300, 300].map((value, index) => ({
    atMs: index * 60_000,
    value,
  }));
  const unusual = { metric: 'network-in-unusual', above: 4, forMinutes: 5 } as const;
  expect(judgeRule({ samples, live: null }, unusual)).toEqual({ kind: 'above', sinceMs: 1_200_000 });
  expect(judgeRule({ samples, live: null }, { ...unusual, metric: 'network-in', above: 400 })).toEqual({
    kind: 'over',
  });
});

it.each<[InstanceMetric, number, number]>([
  ['cpu', 90, 85],
  ['memory', 11, 6],
  ['disk', 10, 9],
  ['cpu', 1, 0.9],
  ['network-in', 100, 90],
  ['network-out', 10, 9],
])('a rule of %s above %d is over below %d', (metric, above, overBelow) => {
  const threshold = thresholdOf({ ...rule, metric, above });
  expect(threshold).toMatchObject({ above, forMs: 600_000 });
  expect(threshold.overBelow).toBeCloseTo(overBelow, 10);
});

describe('the instances that are polled for rules', () => {
  const favourite = { ...noAnnotations, isFavourite: true };

  it('are those that run and that a rule in force is about, with their rules', () => {
    const instances = [
      instance('web'),
      instance('db'),
      instance('off', 'stopped'),
      instance('new', 'transition'),
    ];
    const own = { ...rule, id: 'own', scope: { kind: 'server', instanceId: instanceId('web') } } as const;
    const rules = [rule, own, { ...rule, id: 'off', isOn: false }];
    const annotationsOf = (id: string) => (id === 'db' ? noAnnotations : favourite);
    const targets = alertTargets(instances, rules, annotationsOf);
    expect(targets.map((target) => [target.instance.id, target.rules.map(({ id }) => id)])).toEqual([
      ['web', ['r', 'own']],
    ]);
    expect(alertTargets(instances, [{ ...rule, isOn: false }], annotationsOf)).toEqual([]);
    expect(alertTargets(instances, [], annotationsOf)).toEqual([]);
  });

  it('are fifty at most, the first of the list', () => {
    const instances = Array.from({ length: 60 }, (_, index) =>
      instance(`web-${index}`, index === 0 ? 'stopped' : 'running'),
    );
    const targets = alertTargets(instances, [rule], () => favourite);
    expect(targets).toHaveLength(50);
    expect([targets[0]?.instance.id, targets[49]?.instance.id]).toEqual(['web-1', 'web-50']);
  });
});
