import { expect, test } from 'vitest';
import { axisTo, niceCeiling, scaleOf } from '../../../../renderer/charts/axis.ts';

test.each([
  [0, 1],
  [-3, 1],
  [Number.NaN, 1],
  [1, 1],
  [1.01, 2],
  [4.2, 5],
  [5.1, 6],
  [99, 100],
  [0.3, 0.3],
  [7_300_000, 8_000_000],
])('the axis for values up to %d ends at %d', (value, ceiling) => {
  expect(niceCeiling(value)).toBeCloseTo(ceiling, 10);
});

test('a value has the unit that it is at least one of', () => {
  const units = ['B', 'KB', 'MB'];
  expect(scaleOf(1023, 1024, units)).toEqual({ divisor: 1, unit: 'B' });
  expect(scaleOf(1024, 1024, units)).toEqual({ divisor: 1024, unit: 'KB' });
  expect(scaleOf(1024 ** 5, 1024, units)).toEqual({ divisor: 1024 ** 2, unit: 'MB' });
});

test('the ticks are at the bottom, the middle and the top, and each names the one unit', () => {
  const gib = 1024 ** 3;
  const { max, ticks } = axisTo(4 * gib, { divisor: gib, unit: 'GB' });
  expect(max).toBe(4 * gib);
  expect(ticks.map(({ value }) => value / gib)).toEqual([0, 2, 4]);
  expect(ticks.map(({ label }) => label)).toEqual(['0', '2 GB', '4 GB']);
});

test.each([
  [50_000, ['0', '25 k', '50 k']],
  [1000, ['0', '0.5 k', '1 k']],
  [800, ['0', '400', '800']],
  [1, ['0', '0.5', '1']],
  [3_000_000, ['0', '1.5 M', '3 M']],
])('an axis of packets up to %d has one unit', (max, labels) => {
  const { ticks } = axisTo(max, scaleOf(max, 1000, ['', 'k', 'M', 'G']));
  expect(ticks.map(({ label }) => label)).toEqual(labels);
});
