import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatBitRate,
  formatBytes,
  formatCents,
  formatClock,
  formatCount,
  formatCounted,
  formatDay,
  formatDayTime,
  formatDuration,
  formatExact,
  formatPercent,
  formatRelative,
} from '../../../../preload/contract/format.ts';

test.each([
  [0, '0 instances'],
  [1, '1 instance'],
  [2, '2 instances'],
  [999, '999 instances'],
  [1_000, '1,000 instances'],
  [1_234_567, '1,234,567 instances'],
])('%d of a noun are written %j', (count, text) => {
  expect(formatCounted(count, 'instance')).toBe(text);
});

describe('money', () => {
  test.each([
    [5240, '$52.40'],
    [0, '$0.00'],
    [7, '$0.07'],
    [-387, '-$3.87'],
    [123_456_789, '$1,234,567.89'],
  ])('%d cents are written %s', (cents, text) => {
    expect(formatCents(cents)).toBe(text);
  });

  test('a ledger shows the sign of a gain, and none for nothing', () => {
    expect(formatCents(5000, { signed: true })).toBe('+$50.00');
    expect(formatCents(-1000, { signed: true })).toBe('-$10.00');
    expect(formatCents(0, { signed: true })).toBe('$0.00');
  });

  test('no cent is lost in writing', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (cents) => {
        const digits = formatCents(cents).replaceAll(/[$,.]/gu, '');
        expect(Number(digits)).toBe(cents);
      }),
    );
  });
});

describe('sizes', () => {
  test.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KB'],
    [2_684_354_560, '2.5 GB'],
    [12 * 1024 ** 3, '12 GB'],
    [1024 ** 2 - 1, '1 MB'],
    [-2048, '-2 KB'],
  ])('%d bytes are written %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  test('rates and counts go in steps of a thousand', () => {
    expect(formatBitRate(4_100_000)).toBe('4.1 Mbit/s');
    expect(formatBitRate(212_000_000)).toBe('212 Mbit/s');
    expect(formatCount(41_200)).toBe('41.2 k');
    expect(formatCount(999)).toBe('999');
    expect(formatCount(999_999)).toBe('1 M');
  });

  test('small percentages have a decimal', () => {
    expect(formatPercent(6.25)).toBe('6.3%');
    expect(formatPercent(71.3)).toBe('71%');
    expect(formatPercent(0)).toBe('0%');
    expect(formatPercent(9.97)).toBe('10%');
  });
});

describe('time', () => {
  const nowMs = Date.UTC(2026, 4, 24, 14, 2, 0);
  const secondMs = 1000;
  const hourMs = 3_600_000;

  test.each([
    [0, 'now'],
    [-999, 'now'],
    [-4 * secondMs, '4 s ago'],
    [-59_999, '59 s ago'],
    [-60_000, '1 min ago'],
    [-3 * 24 * hourMs, '3 d ago'],
    [20 * 24 * hourMs, 'in 20 d'],
    [90 * 60_000, 'in 1 h'],
  ])('%d ms from now is "%s"', (distanceMs, text) => {
    expect(formatRelative(nowMs + distanceMs, nowMs)).toBe(text);
  });

  test('a duration is rounded down', () => {
    expect(formatDuration(192_000)).toBe('3 min');
    expect(formatDuration(400)).toBe('0 s');
  });

  test('a day of another year names it', () => {
    expect(formatDay(Date.UTC(2026, 5, 14), nowMs, 'UTC')).toBe('14 Jun');
    expect(formatDay(Date.UTC(2027, 0, 2), nowMs, 'UTC')).toBe('2 Jan 2027');
  });

  test('the year turns with the zone', () => {
    const midnightUtcMs = Date.UTC(2027, 0, 1, 0, 30);
    expect(formatDay(midnightUtcMs, nowMs, 'UTC')).toBe('1 Jan 2027');
    expect(formatDay(midnightUtcMs, nowMs, 'America/New_York')).toBe('31 Dec');
  });

  test('a time of day is written in 24 hours', () => {
    expect(formatClock(nowMs, 'UTC')).toBe('14:02');
    expect(formatDayTime(Date.UTC(2026, 4, 22, 9, 2), nowMs, 'UTC')).toBe('22 May, 09:02');
    expect(formatExact(nowMs, 'UTC')).toBe('Sun, 24 May 2026, 14:02:00 UTC');
  });
});
