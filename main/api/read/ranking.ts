import type { Ranking } from '../../../preload/contract/shield.ts';
import type { Report } from './drift.ts';
import { isRaw, numberOf, textOf, type Raw } from './row.ts';
import { readList, rowsOf } from './shapes.ts';

/** What a ranking is of: the fields that can name a row, and those that say more about it. */
export interface RankingNames {
  readonly label: readonly string[];
  readonly detail: readonly string[];
}

/** Fields that a row can be ranked by, the most telling first. */
const valueNames =
  'bytes total_bytes bps packets total_packets pps hits requests connections count share percent percentage value'.split(
    ' ',
  );

/**
 * Decodes a ranked list. The unit is not in the reference: the ranking says which field it shows, the first of
 * `bytes`, `packets`… that its rows have. Rows keep their order. Also taken: an object of names and numbers.
 */
export function readRanking(body: unknown, report: Report, names: RankingNames): Ranking | null {
  const rows = rowsOf(body) ?? entriesOf(body);
  const field = valueNames.find((name) => rows.some((row) => isRaw(row) && numberOf(row[name]) !== null));
  const read = readList(
    rowsOf(body) ?? (rows.length > 0 ? rows : body),
    (raw, path, say) => {
      const label = isRaw(raw) ? first(raw, [...names.label, 'label']) : null;
      const value = isRaw(raw) && field !== undefined ? numberOf(raw[field]) : null;
      if (label !== null && value !== null && isRaw(raw))
        return { label, detail: first(raw, names.detail), value };
      say(path, 'expected a name and a number');
      return null;
    },
    '',
    report,
  );
  return read === null ? null : { field: field ?? 'value', rows: read };
}

/** `{ "DE": 0.4, "US": 0.3 }`, also in `data`. */
function entriesOf(body: unknown): readonly unknown[] {
  if (!isRaw(body)) return [];
  const inner = isRaw(body['data']) ? body['data'] : body;
  const entries = Object.entries(inner).filter(([, value]) => numberOf(value) !== null);
  return entries.map(([label, value]) => ({ label, value }));
}

function first(raw: Raw, names: readonly string[]): string | null {
  for (const name of names) {
    const text = textOf(raw[name]);
    if (text !== null) return text;
  }
  return null;
}
