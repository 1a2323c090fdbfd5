import { describe, expect, test } from 'vitest';
import { initials } from '../../../../renderer/components/data/initials.ts';
import { sparkPaths } from '../../../../renderer/components/data/sparkline-path.ts';
import { clampSize, sizeAfterKey } from '../../../../renderer/components/layout/split.ts';

describe('a sparkline', () => {
  const frame = { widthPx: 30, heightPx: 10, min: 0, max: 100 };

  test('runs from edge to edge and stays within its frame', () => {
    expect(sparkPaths([0, 50, 100, 400], frame).line).toBe('M0.0 9.3L10.0 5.0L20.0 0.8L30.0 0.8');
  });

  test('breaks at a gap, and closes the ground on both sides of it', () => {
    const { line, area } = sparkPaths([0, 0, null, 0, 0], { ...frame, widthPx: 40 });
    expect(line.match(/M/gu)).toHaveLength(2);
    expect(area).toBe('M0.0 10L0.0 9.3L10.0 9.3L10.0 10ZM30.0 10L30.0 9.3L40.0 9.3L40.0 10Z');
  });

  test('shows a point between two gaps', () => {
    expect(sparkPaths([null, 50, null], frame).line).toBe('M15.0 5.0h1');
  });

  test('draws nothing of nothing, and a flat range without dividing by zero', () => {
    expect(sparkPaths([], frame)).toEqual({ line: '', area: '' });
    expect(sparkPaths([3, 3], { ...frame, min: 3, max: 3 }).line).not.toContain('NaN');
  });
});

describe('initials', () => {
  test.each([
    ['Jane Operator', 'JO'],
    ['Jane Q. Public Operator', 'JO'],
    ['ops', 'OP'],
    ['  élise  ', 'ÉL'],
    ['', ''],
    ['👩‍🚀 Ride', '👩‍🚀R'],
  ])('of "%s" are "%s"', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});

describe('the divider above the dock', () => {
  const range = { minPx: 96, maxPx: 500 };

  test.each([
    ['ArrowUp', false, 208],
    ['ArrowDown', false, 192],
    ['ArrowUp', true, 280],
    ['Home', false, 96],
    ['End', false, 500],
  ] as const)('%s (shift %s) leads to %d px', (key, shift, sizePx) => {
    expect(sizeAfterKey(key, shift, 200, range)).toBe(sizePx);
  });

  test('stops at both ends and leaves other keys alone', () => {
    expect(sizeAfterKey('ArrowDown', true, 100, range)).toBe(96);
    expect(sizeAfterKey('Enter', false, 100, range)).toBeNull();
  });

  test('keeps its minimum where the window is too small for both', () => {
    expect(clampSize(300, { minPx: 96, maxPx: 40 })).toBe(96);
  });
});
