import {
  formatBitRate,
  formatBytes,
  formatCount,
  formatPercent,
  formatThreeFigures,
} from '../../../preload/contract/format.ts';
import type { Ranking } from '../../../preload/contract/shield.ts';
import { portName } from './port-names.ts';

/** A row of a ranking as it is drawn. */
export interface RankedRow {
  /** Its name in the API: the key of the row. */
  readonly key: string;
  /** What it is in every poll: an entry that is excluded stays so when its place is another. */
  readonly name: string;
  readonly label: string;
  readonly detail: string | null;
  /** Its length beside the strongest row, 0 to 1. */
  readonly ratio: number;
  readonly figure: string;
  /** As the API has it. */
  readonly from: Row;
}

type Row = Ranking['rows'][number];
type Words = Pick<RankedRow, 'label' | 'detail'>;

/** What a ranking is of. */
export type RankingKind = 'sources' | 'networks' | 'countries' | 'ports';

/** The rows of a ranking, in the API's order. A name that comes twice is two rows. */
export function rankedRows(kind: RankingKind, { unit, rows }: Ranking): readonly RankedRow[] {
  const max = rows.reduce((most, { value }) => Math.max(most, value), 0);
  const write = figureOf(unit);
  return rows.map((row, index) => ({
    key: `${index} ${row.label}`,
    name: row.detail === null ? row.label : `${row.label} ${row.detail}`,
    ...wordsOf[kind](row),
    ratio: max > 0 ? Math.max(0, row.value / max) : 0,
    figure: write(row.value),
    from: row,
  }));
}

const wordsOf: Readonly<Record<RankingKind, (row: Row) => Words>> = {
  sources: ({ label, detail }) => ({ label, detail: detail === null ? null : networkOrCountry(detail) }),
  networks: ({ label, detail }) => ({ label: networkNumber(label), detail }),
  countries: ({ label, detail }) => ({
    label: isCountryCode(label) ? (detail ?? countryName(label)) : label,
    detail: countryCodeOf({ label, detail }),
  }),
  ports: ({ label, detail }) => {
    const service = portName(Number(label));
    // Nearly all of it is tcp: it is said where it is the only thing to say, or where it is something else.
    const protocol = service !== null && detail === 'tcp' ? null : detail;
    return { label, detail: [service, protocol].filter((part) => part !== null).join(' ') || null };
  },
};

/** The code that a row of the countries has, as "DE"; null where it has none. It may be no country's: "T1". */
export function countryCodeOf({ label, detail }: Pick<Row, 'label' | 'detail'>): string | null {
  if (isCountryCode(label)) return label;
  return detail !== null && isCountryCode(detail) ? detail : null;
}

function networkOrCountry(detail: string): string {
  return isCountryCode(detail) ? countryName(detail) : networkNumber(detail);
}

/** "64500" → "AS64500". */
function networkNumber(text: string): string {
  return /^\d+$/.test(text) ? `AS${text}` : text;
}

function isCountryCode(text: string): boolean {
  return /^[A-Z][A-Z0-9]$/.test(text);
}

const regions = new Intl.DisplayNames('en', { type: 'region' });
/** Codes of no country, as services of this kind use them. */
const otherPlaces: Readonly<Record<string, string>> = {
  T1: 'Tor',
  XX: 'Unknown',
  ZZ: 'Unknown',
  A1: 'Anonymous proxy',
};

/** "DE" → "Germany"; a code that nobody has stays as it is. */
function countryName(code: string): string {
  const other = otherPlaces[code];
  if (other !== undefined) return other;
  return /^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code;
}

/** How the values of a unit are written; those without a known one are bare numbers. */
function figureOf(unit: string): (value: number) => string {
  if (unit === '%') return formatPercent;
  if (unit === 'bytes') return formatBytes;
  if (unit === 'bit/s') return formatBitRate;
  return (value) =>
    Number.isInteger(value) || Math.abs(value) >= 1000 ? formatCount(value) : formatThreeFigures(value);
}
