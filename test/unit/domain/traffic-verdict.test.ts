import { describe, expect, test } from 'vitest';
import { bandwidthBaseline, judgeTraffic, newLevelMs, type Sample } from '../../../main/domain/index.ts';

const minuteMs = 60_000;
const mbit = 1_000_000;
const rule = { deviations: 4, forMs: 5 * minuteMs };

/** A value a minute, in Mbit/s; null is not measured. */
const hour = (...values: readonly (number | null)[]): readonly Sample[] =>
  values.map((value, index) => ({ atMs: index * minuteMs, value: value === null ? null : value * mbit }));
const many = (count: number, value: number | null): readonly (number | null)[] =>
  Array.from({ length: count }, () => value);
const judged = (samples: readonly Sample[], told: Parameters<typeof judgeTraffic>[3] = null) =>
  judgeTraffic(samples, bandwidthBaseline, rule, told);

describe("an address's traffic", () => {
  test('is above once it was for the whole time of the rule, with what was usual', () => {
    expect(judged(hour(...many(40, 100), ...many(4, 500)))).toEqual({ kind: 'open' });
    expect(judged(hour(...many(40, 100), ...many(5, 500)))).toEqual({
      kind: 'above',
      sinceMs: 40 * minuteMs,
      usualUpTo: 125 * mbit,
      latest: 500 * mbit,
    });
  });

  test('is above also where nobody looked for longer than what becomes usual on the page', () => {
    expect(judged(hour(...many(18, 100), ...many(42, 500)))).toMatchObject({ sinceMs: 18 * minuteMs });
  });

  test('does not begin to be where the newest value is usual, or was not measured lately', () => {
    expect(judged(hour(...many(40, 100), ...many(5, 500), 100))).toEqual({ kind: 'open' });
    expect(judged(hour(...many(40, 100), ...many(5, 500), ...many(4, null)))).toEqual({ kind: 'open' });
    expect(judged(hour(...many(40, 100), ...many(5, 500), null))).toMatchObject({ kind: 'above' });
  });

  test('is open where nothing is known to be usual', () => {
    expect(judged([])).toEqual({ kind: 'open' });
    expect(judged(hour(...many(10, null)))).toEqual({ kind: 'open' });
    expect(judged(hour(...many(10, 100), ...many(20, 110)))).toEqual({ kind: 'open' });
  });
});

describe('traffic that was told of', () => {
  const told = { sinceMs: -30 * minuteMs, usualUpTo: 125 * mbit };

  test('is not over while it goes on, also where it fills the hour and is all that is left to learn', () => {
    expect(judged(hour(...many(60, 500)), told)).toEqual({ kind: 'open' });
    expect(judged(hour(...many(10, 100), ...many(50, 500)), told)).toEqual({ kind: 'open' });
  });

  test('is usual again after five values in a row below the limit of its beginning', () => {
    expect(judged(hour(...many(55, 500), ...many(4, 100)), told)).toEqual({ kind: 'open' });
    expect(judged(hour(...many(55, 500), ...many(5, 100)), told)).toEqual({ kind: 'over', as: 'usual' });
    expect(judged(hour(...many(55, 500), 100, 100, 500, 100, 100, 100), told)).toEqual({ kind: 'open' });
  });

  test('is not over by values with a gap among them, or none lately', () => {
    expect(judged(hour(...many(40, 500), 100, ...many(14, null), ...many(4, 100)), told)).toEqual({
      kind: 'open',
    });
    expect(judged(hour(...many(50, 500), ...many(5, 100), ...many(4, null)), told)).toEqual({ kind: 'open' });
  });

  test('has a new level after six hours', () => {
    const last = 59 * minuteMs;
    const since = (sinceMs: number) => ({ ...told, sinceMs });
    expect(judged(hour(...many(60, 500)), since(last - newLevelMs))).toEqual({ kind: 'over', as: 'level' });
    expect(judged(hour(...many(60, 500)), since(last - newLevelMs + 1))).toEqual({ kind: 'open' });
  });
});
