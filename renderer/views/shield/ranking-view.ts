import { formatPercent } from '../../../preload/contract/format.ts';
import type { Ranking } from '../../../preload/contract/shield.ts';
import { csvOf } from '../../export/csv.ts';
import { rankedRows, type RankedRow, type RankingKind } from './rankings.ts';

/** What the user sees of a ranking: a text that rows have to hold, and the entries that are taken out, by their names. */
export interface RankingChoice {
  readonly filter: string;
  readonly excluded: ReadonlyMap<string, string>;
}

/** A row with its part of the whole. */
export interface SharedRow extends RankedRow {
  /** In per cent of all entries that are not excluded; null where there is no whole to be a part of. */
  readonly share: number | null;
  /** In per cent of the rows that the filter leaves. */
  readonly shareOfShown: number | null;
}

/** A ranking as it was narrowed. */
export interface RankingView {
  readonly rows: readonly SharedRow[];
  /** Entries that are not excluded, whether the filter leaves them or not. */
  readonly count: number;
  /** What the rows are together, in per cent of all that is not excluded. */
  readonly shownShare: number | null;
  /** The rows' figures are such shares themselves. */
  readonly isShare: boolean;
}

/** Rounded shares can add up to a little more than the whole. */
const roundedWhole = 102;

/** Narrows a ranking. Excluded entries are in no share; bars are as long as their part of the strongest row that is left. */
export function rankingView(
  kind: RankingKind,
  ranking: Ranking,
  { filter, excluded }: RankingChoice,
): RankingView {
  const left = rankedRows(kind, ranking)
    .filter(({ name }) => !excluded.has(name))
    .map(({ from }) => from);
  const all = rankedRows(kind, { unit: ranking.unit, rows: left });
  const words = filter.trim().toLowerCase();
  const matching = all.filter((row) => textOf(row).includes(words));
  const whole = wholeOf(ranking, left);
  const shown = sumOf(matching.map(({ from }) => from));
  return {
    rows: matching.map((row) => ({
      ...row,
      share: partOf(row.from.value, whole),
      shareOfShown: partOf(row.from.value, shown),
    })),
    count: all.length,
    shownShare: partOf(shown, whole),
    isShare: ranking.unit === '%' && left.length === ranking.rows.length,
  };
}

/** A share for a cell: "12%", "<0.1%"; a dash where there is none. */
export function shareInWords(share: number | null): string {
  if (share === null) return '—';
  return share > 0 && share < 0.1 ? `<${formatPercent(0.1)}` : formatPercent(share);
}

/** The rows that are shown, one a line, with what is tabulated: "198.51.100.14\tAS64500\t12 GB\t31%". */
export function rankingText({ rows }: Pick<RankingView, 'rows'>): string {
  return rows
    .map(({ label, detail, figure, share }) => [label, detail ?? '', figure, shareInWords(share)].join('\t'))
    .join('\n');
}

/** The rows that are shown as CSV, with the API's own names and values. Shares are of all that is not excluded. */
export function rankingCsv({ rows }: Pick<RankingView, 'rows'>, unit: string): string {
  return csvOf(
    ['rank', 'entry', 'name', 'detail', 'value', 'unit', 'share_percent'],
    rows.map(({ from, label, share }, index) => [
      index + 1,
      from.label,
      label,
      from.detail,
      from.value,
      unit,
      share === null ? null : Math.round(share * 100) / 100,
    ]),
  );
}

const textOf = ({ label, detail, from }: RankedRow): string =>
  [label, detail, from.label, from.detail].join(' ').toLowerCase();

/** What all entries are together; shares are of a hundred, of which the list may have the first only. */
function wholeOf({ unit, rows }: Ranking, left: Ranking['rows']): number {
  const listed = sumOf(rows);
  return unit === '%' && listed <= roundedWhole ? 100 - (listed - sumOf(left)) : sumOf(left);
}

/** Less than nothing is no part of a sum. */
const sumOf = (rows: Ranking['rows']): number => rows.reduce((sum, { value }) => sum + Math.max(0, value), 0);

const partOf = (value: number, whole: number): number | null =>
  whole > 0 ? (Math.max(0, value) / whole) * 100 : null;
