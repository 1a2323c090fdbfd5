import { describe, expect, test } from 'vitest';
import type { Ranking } from '../../../../../preload/contract/shield.ts';
import { rankedRows, type RankingKind } from '../../../../../renderer/views/shield/rankings.ts';

type Row = readonly [label: string, detail: string | null, value: number];

function ranking(unit: string, rows: readonly Row[]): Ranking {
  return { unit, rows: rows.map(([label, detail, value]) => ({ label, detail, value })) };
}

function figures(unit: string, ...values: readonly number[]): readonly string[] {
  return rankedRows(
    'sources',
    ranking(
      unit,
      values.map((value) => ['a', null, value]),
    ),
  ).map(({ figure }) => figure);
}

function words(kind: RankingKind, label: string, detail: string | null): string {
  const [row] = rankedRows(kind, ranking('hits', [[label, detail, 1]]));
  return `${row?.label ?? ''} | ${row?.detail ?? ''}`;
}

describe('the figures of a ranking', () => {
  test('have their unit', () => {
    expect(figures('bytes', 2_684_354_560)).toEqual(['2.5 GB']);
    expect(figures('%', 46, 6.25)).toEqual(['46%', '6.3%']);
    expect(figures('bit/s', 1_500_000)).toEqual(['1.5 Mbit/s']);
  });

  test('are bare where no unit is known', () => {
    expect(figures('hits', 88_000, 12)).toEqual(['88 k', '12']);
    expect(figures('value', 0.4567)).toEqual(['0.457']);
  });
});

describe('the bars of a ranking', () => {
  test('are as long as their part of the strongest row', () => {
    const rows = rankedRows(
      'ports',
      ranking('hits', [
        ['443', 'tcp', 200],
        ['22', 'tcp', 50],
      ]),
    );
    expect(rows.map(({ ratio }) => ratio)).toEqual([1, 0.25]);
  });

  test('are empty for nothing and for less than nothing', () => {
    expect(rankedRows('ports', ranking('hits', [['443', null, 0]]))[0]?.ratio).toBe(0);
    const rows = rankedRows(
      'ports',
      ranking('hits', [
        ['443', null, 1],
        ['22', null, -1],
      ]),
    );
    expect(rows.map(({ ratio }) => ratio)).toEqual([1, 0]);
  });

  test('have keys of their own where a name comes twice', () => {
    const rows = rankedRows(
      'ports',
      ranking('hits', [
        ['53', 'tcp', 2],
        ['53', 'udp', 1],
      ]),
    );
    expect(new Set(rows.map(({ key }) => key)).size).toBe(2);
  });
});

describe('the words of a ranking', () => {
  test.each([
    ['sources', '192.0.2.1', '64500', '192.0.2.1 | AS64500'],
    ['sources', '192.0.2.1', 'DE', '192.0.2.1 | Germany'],
    ['sources', '192.0.2.1', null, '192.0.2.1 | '],
    ['networks', '64500', 'Example Hosting', 'AS64500 | Example Hosting'],
    ['networks', 'AS64500', null, 'AS64500 | '],
    ['countries', 'Germany', 'DE', 'Germany | DE'],
    ['countries', 'DE', 'Deutschland', 'Deutschland | DE'],
    ['countries', 'NL', null, 'Netherlands | NL'],
    ['countries', 'Other', null, 'Other | '],
    ['countries', 'T1', 'Tor', 'Tor | T1'],
    ['countries', 'T1', null, 'Tor | T1'],
    ['countries', 'XX', 'Unknown', 'Unknown | XX'],
    ['ports', '443', 'tcp', '443 | https'],
    ['ports', '53', 'udp', '53 | dns udp'],
    ['ports', '49152', 'tcp', '49152 | tcp'],
    ['ports', 'other', null, 'other | '],
  ] as const)('of %s: %s, %s', (kind, label, detail, expected) => {
    expect(words(kind, label, detail)).toBe(expected);
  });
});
