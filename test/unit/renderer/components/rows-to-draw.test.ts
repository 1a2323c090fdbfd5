import { expect, it } from 'vitest';
import { rowsToDraw } from '../../../../renderer/components/data/rows-to-draw.ts';

it.each([
  ['is among those in view', 6, [5, 6, 7]],
  ['is above them', 2, [2, 5, 6, 7]],
  ['is below them', 12, [5, 6, 7, 12]],
  ['is the last one', 19, [5, 6, 7, 19]],
  ['is no longer there', 20, [5, 6, 7]],
])('the active row is drawn once, in its place, where it %s', (_, active, drawn) => {
  expect(rowsToDraw({ startIndex: 5, endIndex: 7, overscan: 0, count: 20 }, active)).toEqual(drawn);
});
