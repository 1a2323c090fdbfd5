import { describe, expect, test } from 'vitest';
import type { Ranking } from '../../../../../preload/contract/shield.ts';
import { mapShares, stepOf } from '../../../../../renderer/views/shield/map-shares.ts';
import { rankingView } from '../../../../../renderer/views/shield/ranking-view.ts';
import paths from '../../../../../renderer/views/shield/world-map.json';
import { worldMap } from '../../../../../scripts/world-map.mjs';

const rowsOf = (...rows: readonly (readonly [string, string | null, number])[]) => {
  const ranking: Ranking = {
    unit: 'hits',
    rows: rows.map(([label, detail, value]) => ({ label, detail, value })),
  };
  return rankingView('countries', ranking, { filter: '', excluded: new Map() }).rows;
};
const isOnMap = (code: string): boolean => code in paths;

describe('the countries of a ranking on the map', () => {
  test('have their share by code, whichever field has it', () => {
    const { placed, unplaced } = mapShares(rowsOf(['DE', 'Germany', 60], ['Netherlands', 'NL', 40]), isOnMap);
    expect([...placed]).toEqual([
      ['DE', { code: 'DE', label: 'Germany', share: 60 }],
      ['NL', { code: 'NL', label: 'Netherlands', share: 40 }],
    ]);
    expect(unplaced).toEqual([]);
  });

  test('are taken together where one has two rows or two codes', () => {
    const { placed } = mapShares(rowsOf(['GB', null, 50], ['UK', null, 25], ['EL', null, 25]), isOnMap);
    expect(placed.get('GB')?.share).toBe(75);
    expect(placed.get('GR')?.share).toBe(25);
  });

  test('are listed beside it where it has no place for them: none is dropped', () => {
    const { placed, unplaced } = mapShares(
      rowsOf(['SG', 'Singapore', 40], ['T1', null, 30], ['Other', null, 20], ['AQ', null, 10]),
      isOnMap,
    );
    expect(placed.size).toBe(0);
    expect(unplaced).toEqual([
      { code: 'SG', label: 'Singapore', share: 40 },
      { code: 'T1', label: 'Tor', share: 30 },
      { code: null, label: 'Other', share: 20 },
      { code: 'AQ', label: 'Antarctica', share: 10 },
    ]);
  });

  test.each([
    [null, null],
    [0, null],
    [0.2, 4],
    [1, 3],
    [14.9, 2],
    [15, 1],
    [40, 0],
    [100, 0],
  ])('%s per cent are of step %s', (share, step) => {
    expect(stepOf(share)).toBe(step);
  });
});

describe('the bundled map', () => {
  test('is what the atlas gives, with codes of two letters', () => {
    expect(paths).toEqual(worldMap());
    expect(Object.keys(paths).filter((code) => !/^[A-Z]{2}$/.test(code))).toEqual(['']);
    expect(Object.keys(paths).length).toBeGreaterThan(170);
  });
});
