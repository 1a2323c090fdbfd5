import { describe, expect, test } from 'vitest';
import { baselineOf, judgeUnusual, type BaselineRule } from '../../../main/domain/baseline.ts';
import type { Sample } from '../../../main/domain/threshold.ts';

const minuteMs = 60_000;
const rule: BaselineRule = {
  alpha: 0.5,
  deviations: 2,
  leastPart: 0.1,
  leastHalf: 1,
  warmUp: 4,
  raise: { atLeast: 2, of: 3 },
  clearAfter: 3,
  adoptAfter: 6,
};

/** A value a minute; null is not measured. */
const each = (...values: readonly (number | null)[]): readonly Sample[] =>
  values.map((value, index) => ({ atMs: index * minuteMs, value }));
const judged = (...values: readonly (number | null)[]) => baselineOf(each(...values), rule);
/** Since which minute it is above; null where it is not. */
const since = (...values: readonly (number | null)[]): number | null => {
  const { sinceMs } = judged(...values);
  return sinceMs === null ? null : sinceMs / minuteMs;
};

describe('what is usual', () => {
  test('is not known before enough values were seen, and nothing is above it', () => {
    expect(judged()).toEqual({
      low: [],
      high: [],
      usual: null,
      latest: null,
      sinceMs: null,
      learned: 0,
      needed: 4,
    });
    expect(judged(100, 100, 900)).toMatchObject({ usual: null, latest: 900, sinceMs: null, learned: 3 });
  });

  test('is the weighted average and its deviation', () => {
    // Means 10, 15, 17.5 and 13.75; variances 0, 25, 18.75 and 23.4375.
    const { usual } = judged(10, 20, 20, 10);
    expect(usual?.low).toBeCloseTo(13.75 - 2 * Math.sqrt(23.4375), 10);
    expect(usual?.high).toBeCloseTo(13.75 + 2 * Math.sqrt(23.4375), 10);
  });

  test('is a tenth of the average wide at least, where nothing varies', () => {
    expect(judged(100, 100, 100, 100).usual).toEqual({ low: 90, high: 110 });
  });

  test('is wide enough for next to nothing, and begins at nothing', () => {
    expect(judged(0, 0, 0, 0).usual).toEqual({ low: 0, high: 1 });
    expect(since(0, 0, 0, 0, 0.5, 0.9)).toBeNull();
  });

  test('is what each value is judged by, from before it', () => {
    expect(judged(100, 100, 100, 100, 105, 900).high).toEqual([
      null,
      null,
      null,
      null,
      110,
      // Of an average of 102.5, and 2 deviations of 2.5.
      112.75,
    ]);
  });
});

describe('above what is usual', () => {
  const usual = [100, 100, 100, 100] as const;

  test.each<[what: string, values: readonly (number | null)[], since: number | null]>([
    ['is not one value', [900], null],
    ['is two values in a row, from the first', [900, 900], 4],
    ['is two of three', [900, 100, 900], 4],
    ['is not two of four', [900, 100, 100, 900], null],
    ['is not below', [0, 0, 0], null],
    ['lasts through two usual values', [900, 900, 100, 100], 4],
    ['is over after three', [900, 900, 100, 100, 100], null],
    ['begins anew where the count begins anew', [900, 900, 100, 100, 100, 900, 900], 9],
    ['is not told by what was not measured', [null, null, null], null],
    ['is no counter that began anew', [-5, -900, Number.NaN], null],
    ['is of the values on both sides of one that is missing', [900, null, 900], 4],
  ])('%s', (_what, values, expected) => {
    expect(since(...usual, ...values)).toBe(expected);
  });

  test('is not learned: what is usual stays through it', () => {
    expect(judged(...usual, 900, 900, 900).usual).toEqual({ low: 90, high: 110 });
  });

  test('is the new usual once it has lasted long enough, after a new warm-up', () => {
    expect(judged(...usual, 900, 900, 900, 900, 900).sinceMs).toBe(4 * minuteMs);
    const adopted = judged(...usual, 900, 900, 900, 900, 900, 900);
    expect(adopted).toMatchObject({ usual: null, sinceMs: null, learned: 1 });
    expect(judged(...usual, 900, 900, 900, 900, 900, 900, 900, 900, 900).usual).toEqual({
      low: 810,
      high: 990,
    });
  });

  test('is not decided across a gap', () => {
    const before = each(...usual, 900);
    const after = (minutes: number): readonly Sample[] => [
      ...before,
      { atMs: (4 + minutes) * minuteMs, value: 900 },
    ];
    expect(baselineOf(after(2), rule).sinceMs).toBe(4 * minuteMs);
    expect(baselineOf(after(5), rule)).toMatchObject({ sinceMs: null, usual: { low: 90, high: 110 } });
  });

  test('is forgotten, with what was usual, after a long gap', () => {
    const samples = [...each(...usual, 900, 900), { atMs: 100 * minuteMs, value: 900 }];
    expect(baselineOf(samples, rule)).toMatchObject({ sinceMs: null, usual: null, learned: 1 });
  });
});

describe('what comes in to an instance', () => {
  const quiet = Array.from({ length: 20 }, () => 30);
  const verdict = (minutes: number, ...values: readonly (number | null)[]) =>
    judgeUnusual(each(...quiet, ...values), 4, minutes * minuteMs);

  test('is unusual once it was for the whole time, but for one value', () => {
    expect(verdict(5, 300, 300, 300, 300)).toEqual({ kind: 'over' });
    expect(verdict(5, 300, 300, 300, 300, 300)).toEqual({ kind: 'above', sinceMs: 20 * minuteMs });
    expect(verdict(5, 300, 300, 30, 300, 300, 300)).toEqual({ kind: 'above', sinceMs: 20 * minuteMs });
    expect(verdict(5, 300, 30, 30, 300, 300, 300)).toEqual({ kind: 'over' });
  });

  test('is over after five usual values', () => {
    const attack = [300, 300, 300, 300, 300];
    expect(verdict(5, ...attack, 30, 30, 30, 30)).toMatchObject({ kind: 'above' });
    expect(verdict(5, ...attack, 30, 30, 30, 30, 30)).toEqual({ kind: 'over' });
  });

  test('is nothing where what is usual is not known', () => {
    expect(judgeUnusual(each(...quiet.slice(0, 5), 300, 300, 300), 4, minuteMs)).toEqual({ kind: 'open' });
    expect(judgeUnusual([], 4, minuteMs)).toEqual({ kind: 'open' });
  });
});
