import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { Ranking } from '../../../../../preload/contract/shield.ts';
import {
  rankingCsv,
  rankingText,
  rankingView,
  shareInWords,
  type RankingView,
} from '../../../../../renderer/views/shield/ranking-view.ts';

const sources: Ranking = {
  unit: 'bytes',
  rows: [
    { label: '198.51.100.14', detail: 'GB', value: 600 },
    { label: '192.0.2.1', detail: 'DE', value: 300 },
    { label: '192.0.2.2', detail: 'DE', value: 100 },
  ],
};

const view = (ranking: Ranking, filter = '', ...excluded: readonly string[]): RankingView =>
  rankingView('sources', ranking, { filter, excluded: new Map(excluded.map((name) => [name, name])) });
const sharesOf = ({ rows }: RankingView) => rows.map(({ share }) => share);

describe('shares', () => {
  test('are of all entries', () => {
    expect(sharesOf(view(sources))).toEqual([60, 30, 10]);
    expect(view(sources)).toMatchObject({ count: 3, shownShare: 100, isShare: false });
  });

  test('are of what is left once an entry is excluded, and so are the bars', () => {
    const left = view(sources, '', '198.51.100.14 GB');
    expect(sharesOf(left)).toEqual([75, 25]);
    expect(left.rows[0]?.ratio).toBe(1);
    expect(left.count).toBe(2);
  });

  test('of a filter are of the total, and of what is shown', () => {
    const germany = view(sources, ' germany');
    expect(sharesOf(germany)).toEqual([30, 10]);
    expect(germany.rows.map(({ shareOfShown }) => shareOfShown)).toEqual([75, 25]);
    expect(germany).toMatchObject({ count: 3, shownShare: 40 });
    expect(view(sources, 'de').rows).toHaveLength(2);
    expect(view(sources, '198.51').rows).toHaveLength(1);
  });

  test('of percentages are of a hundred, also where the list ends before', () => {
    const countries: Ranking = {
      unit: '%',
      rows: [
        { label: 'DE', detail: null, value: 50 },
        { label: 'NL', detail: null, value: 20 },
      ],
    };
    expect(view(countries)).toMatchObject({ shownShare: 70, isShare: true });
    // 20 of the 50 that Germany leaves.
    const left = view(countries, '', 'DE');
    expect(sharesOf(left)).toEqual([40]);
    expect(left.isShare).toBe(false);
  });

  test('are none where there is no whole, and less than nothing is no part of it', () => {
    const zero = view({ unit: 'hits', rows: [{ label: 'a', detail: null, value: 0 }] });
    expect(sharesOf(zero)).toEqual([null]);
    const negative = view({
      unit: 'hits',
      rows: [
        { label: 'a', detail: null, value: 4 },
        { label: 'b', detail: null, value: -4 },
      ],
    });
    expect(sharesOf(negative)).toEqual([100, 0]);
  });

  test.each([
    [null, '—'],
    [0, '0%'],
    [0.04, '<0.1%'],
    [12.4, '12%'],
  ])('%s is written %s', (share, words) => {
    expect(shareInWords(share)).toBe(words);
  });
});

describe('taken along', () => {
  test('as a text with tabs', () => {
    expect(rankingText(view(sources, 'gb'))).toBe('198.51.100.14\tUnited Kingdom\t600 B\t60%');
  });

  test("as CSV with the API's own names, and a name that a spreadsheet would run made harmless", () => {
    const hostile: Ranking = {
      unit: 'hits',
      rows: [
        { label: '64500', detail: '=HYPERLINK("http://x")', value: 3 },
        { label: '64501', detail: 'a "b", c', value: 6 },
      ],
    };
    const made = rankingView('networks', hostile, { filter: '', excluded: new Map() });
    expect(parse(rankingCsv(made, 'hits'), { columns: true })).toEqual([
      {
        rank: '1',
        entry: '64500',
        name: 'AS64500',
        detail: `'=HYPERLINK("http://x")`,
        value: '3',
        unit: 'hits',
        share_percent: '33.33',
      },
      {
        rank: '2',
        entry: '64501',
        name: 'AS64501',
        detail: 'a "b", c',
        value: '6',
        unit: 'hits',
        share_percent: '66.67',
      },
    ]);
  });
});
