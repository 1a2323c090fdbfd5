import { expect, test } from 'vitest';
import { pictureLayout } from '../../../../renderer/charts/picture-layout.ts';

const chart = { widthPx: 400, heightPx: 100 };

test('four charts stand in two columns below the title, with the same space around', () => {
  expect(pictureLayout([chart, chart, chart, chart])).toEqual({
    widthPx: 24 + 400 + 24 + 400 + 24,
    heightPx: 24 + 64 + 124 + 24 + 124 + 24,
    places: [
      { leftPx: 24, headingPx: 101, topPx: 112 },
      { leftPx: 448, headingPx: 101, topPx: 112 },
      { leftPx: 24, headingPx: 249, topPx: 260 },
      { leftPx: 448, headingPx: 249, topPx: 260 },
    ],
  });
});

test('one chart alone is as wide as it is, a small one leaves the title its place', () => {
  expect(pictureLayout([chart]).widthPx).toBe(448);
  expect(pictureLayout([{ widthPx: 80, heightPx: 40 }]).widthPx).toBe(288);
});
