import { describe, expect, test } from 'vitest';
import {
  hasValues,
  largest,
  loneIndexes,
  nearestIndex,
  seriesInWords,
  usualStepMs,
  withGaps,
} from '../../../../renderer/charts/series.ts';

describe('gaps', () => {
  test('an empty point stands where points are missing', () => {
    const filled = withGaps({
      atMs: [0, 10, 20, 60, 70],
      columns: [
        [1, 2, 3, 4, 5],
        [null, 1, 1, 1, 1],
      ],
    });
    expect(filled.atMs).toEqual([0, 10, 20, 30, 60, 70]);
    expect(filled.columns).toEqual([
      [1, 2, 3, null, 4, 5],
      [null, 1, 1, null, 1, 1],
    ]);
  });

  test('one late point is no gap, and what has none stays as it is', () => {
    const columns = { atMs: [0, 10, 20, 44, 54], columns: [[1, 2, 3, 4, 5]] };
    expect(withGaps(columns)).toEqual(columns);
    expect(withGaps({ atMs: [], columns: [[]] })).toEqual({ atMs: [], columns: [[]] });
    expect(withGaps({ atMs: [5], columns: [[1]] })).toEqual({ atMs: [5], columns: [[1]] });
  });

  test('the usual step is not moved by a gap', () => {
    expect(usualStepMs([0, 10, 20, 500, 510])).toBe(10);
    expect(usualStepMs([7])).toBeNull();
  });

  test('a point between two gaps is found, also at both ends', () => {
    expect(loneIndexes([1, null, 2, null, 3, 4, null, 5])).toEqual([0, 2, 7]);
    expect(loneIndexes([0])).toEqual([0]);
    expect(loneIndexes([])).toEqual([]);
  });
});

test.each([
  [-50, 0],
  [14, 1],
  [15, 2],
  [16, 2],
  [999, 3],
])('the point nearest to %d is number %d', (wantedMs, index) => {
  expect(nearestIndex([0, 10, 20, 30], wantedMs)).toBe(index);
});

test('no point is nearest where there is none', () => {
  expect(nearestIndex([], 5)).toBeNull();
});

test('the largest value and whether there is any look past the gaps', () => {
  expect(largest([null, 3], [7, null])).toBe(7);
  expect(largest([null], [])).toBe(0);
  expect(hasValues([null], [null, 0])).toBe(true);
  expect(hasValues([null], [])).toBe(false);
});

test('a line in words says its range and what is missing', () => {
  const say = (value: number): string => `${value}%`;
  expect(seriesInWords([2, null, 4, 6], say)).toBe(
    'Lowest 2%, average 4%, highest 6%. 1 of 4 points have no data.',
  );
  expect(seriesInWords([3], say)).toBe('Lowest 3%, average 3%, highest 3%.');
  expect(seriesInWords([null], say)).toBe('No data.');
});
