import { describe, expect, it } from 'vitest';
import { judge, type Sample } from '../../../main/domain/index.ts';

const minuteMs = 60_000;
const threshold = { above: 90, overBelow: 85, forMs: 10 * minuteMs };

/** One value each half minute, the last of them at `endMs`. */
const samples = (values: readonly (number | null)[], endMs = 1_000 * minuteMs): readonly Sample[] =>
  values.map((value, index) => ({ atMs: endMs - (values.length - 1 - index) * 30_000, value }));
const minutes = (count: number, value: number | null): readonly (number | null)[] =>
  Array.from({ length: count * 2 }, () => value);

describe('a threshold', () => {
  it('is passed once the value was above it for the whole time, and says since when', () => {
    const rising = samples([...minutes(5, 40), ...minutes(12, 95)]);
    expect(judge(rising, threshold, null)).toEqual({ kind: 'above', sinceMs: (1_000 - 11.5) * minuteMs });
    expect(judge(samples([...minutes(5, 40), ...minutes(9, 95)]), threshold, null)).toEqual({ kind: 'open' });
  });

  it('is not passed by what only reaches it, nor across one low value', () => {
    expect(judge(samples(minutes(15, 90)), threshold, null).kind).toBe('open');
    expect(judge(samples([...minutes(8, 95), 20, ...minutes(6, 95)]), threshold, null).kind).toBe('open');
  });

  it('does not count a gap as above, neither an empty point nor a missing one', () => {
    expect(judge(samples([...minutes(8, 95), null, ...minutes(6, 95)]), threshold, null).kind).toBe('open');
    const missing = samples(minutes(15, 95)).filter((_, index) => index < 12 || index > 16);
    expect(judge(missing, threshold, null).kind).toBe('open');
  });

  it('is judged by the last measured value: a point at the end that is empty yet changes nothing', () => {
    expect(judge(samples([...minutes(15, 95), null]), threshold, null).kind).toBe('above');
    expect(judge(samples([...minutes(15, 95), null, null]), threshold, null).kind).toBe('above');
    expect(judge(samples([...minutes(12, 95), ...minutes(6, 50), null]), threshold, null).kind).toBe('over');
    // Five minutes without a value are a gap: what is behind it is not known.
    expect(judge(samples([...minutes(15, 95), ...minutes(5, null)]), threshold, null).kind).toBe('open');
    expect(judge(samples(minutes(15, null)), threshold, null).kind).toBe('open');
  });

  it('takes one late sample for no gap', () => {
    const late = samples(minutes(15, 95)).filter((_, index) => index !== 20);
    expect(judge(late, threshold, null).kind).toBe('above');
  });

  it('is not passed by what is no longer above at this moment', () => {
    expect(judge(samples(minutes(15, 95)), threshold, 40).kind).toBe('open');
    expect(judge(samples(minutes(15, 95)), threshold, 94).kind).toBe('above');
  });

  it('is over only well below it, and after five minutes of that', () => {
    expect(judge(samples([...minutes(12, 95), ...minutes(6, 88)]), threshold, null).kind).toBe('open');
    expect(judge(samples([...minutes(12, 95), ...minutes(4, 50)]), threshold, null).kind).toBe('open');
    expect(judge(samples([...minutes(12, 95), ...minutes(6, 50)]), threshold, null).kind).toBe('over');
    expect(judge(samples([...minutes(12, 95), ...minutes(6, null)]), threshold, null).kind).toBe('open');
  });

  it('decides nothing by too few samples', () => {
    expect(judge([], threshold, 99).kind).toBe('open');
    expect(judge(samples([99]), threshold, 99).kind).toBe('open');
    const far = [0, 9, 18].map((minute) => ({ atMs: minute * minuteMs, value: 99 }));
    expect(judge(far, threshold, 99).kind).toBe('open');
  });

  it('is passed since the first high value, which may be the first of all', () => {
    expect(judge(samples(minutes(15, 95)), threshold, null)).toEqual({
      kind: 'above',
      sinceMs: (1_000 - 14.5) * minuteMs,
    });
    // A value that only reaches it is the last low one.
    expect(judge(samples([95, 90, ...minutes(12, 95)]), threshold, null)).toEqual({
      kind: 'above',
      sinceMs: (1_000 - 11.5) * minuteMs,
    });
  });

  it('begins with what is above it at this moment, not with what only reaches it', () => {
    expect(judge(samples(minutes(15, 95)), threshold, 90).kind).toBe('open');
    expect(judge(samples(minutes(15, 95)), threshold, 90.1).kind).toBe('above');
  });

  it('is over after ten low values of half a minute, and not where one only reaches the lower limit', () => {
    const low = (count: number) => samples([...minutes(12, 95), ...minutes(count / 2, 50)]);
    expect(judge(low(9), threshold, null).kind).toBe('open');
    expect(judge(low(10), threshold, null).kind).toBe('over');
    expect(judge(samples([...minutes(12, 95), ...minutes(6, 85)]), threshold, null).kind).toBe('open');
  });

  it('is judged by three values and no less, as far apart as they are', () => {
    const every4 = (...values: readonly number[]) =>
      values.map((value, index) => ({ atMs: index * 4 * minuteMs, value }));
    expect(judge(every4(99, 99, 99, 99), threshold, null).kind).toBe('above');
    expect(judge(every4(99, 50, 50), threshold, null).kind).toBe('open');
    expect(judge(every4(99, 50, 50, 50), threshold, null).kind).toBe('over');
  });

  it('takes what is two and a half times as long as usual for no gap, and what is longer for one', () => {
    const before = (ms: number, values: readonly (number | null)[]): readonly Sample[] => {
      const after = samples(minutes(8, 95));
      const endMs = (after[0]?.atMs ?? 0) - ms;
      return [...samples(values, endMs), ...after];
    };
    expect(judge(before(75_000, minutes(8, 95)), threshold, null).kind).toBe('above');
    expect(judge(before(75_001, minutes(8, 95)), threshold, null).kind).toBe('open');
    // Also one that begins before the time that is looked at.
    const short = samples(minutes(15, 95)).filter(({ atMs }) => atMs > (1_000 - 9) * minuteMs);
    const old = { atMs: (1_000 - 11) * minuteMs, value: 95 };
    expect(judge([old, ...short], threshold, null).kind).toBe('open');
  });

  it('is not judged by values that are too old, next to the empty ones behind them', () => {
    expect(judge(samples([...minutes(15, 95), null, null]), threshold, null).kind).toBe('above');
    expect(judge(samples([...minutes(15, 95), null, null, null]), threshold, null).kind).toBe('open');
  });
});
