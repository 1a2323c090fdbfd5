import { expect, test } from 'vitest';
import { pointAfterKey } from '../../../../renderer/charts/cursor-keys.ts';

test.each([
  ['ArrowLeft', false, null, 99],
  ['ArrowRight', true, null, 99],
  ['ArrowLeft', false, 50, 49],
  ['ArrowLeft', true, 50, 40],
  ['ArrowLeft', true, 3, 0],
  ['ArrowRight', true, 95, 99],
  ['Home', false, 50, 0],
  ['End', false, null, 99],
  ['Enter', false, 50, null],
])('%s (shift %s) from %s leads to %s', (key, withShift, index, expected) => {
  expect(pointAfterKey(key, withShift, index, 100)).toBe(expected);
});

test('a chart without points has no cursor', () => {
  expect(pointAfterKey('Home', false, null, 0)).toBeNull();
});
