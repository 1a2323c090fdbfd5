import type { Ranking } from '../../../preload/contract/shield.ts';
import { typeName, type Report } from './drift.ts';
import { fieldOf, find, folded, shapeOf, wordsOf } from './fields.ts';
import { Row } from './row.ts';
import { saysFailure } from './said-failure.ts';
import { mapKey, rowsOf } from './shapes.ts';
import { isRaw, numberOf, opened, type Raw } from './values.ts';

/** What a ranking is of: the fields that can name a row, and those that say more about it. */
export interface RankingNames {
  readonly label: readonly string[];
  readonly detail: readonly string[];
}

/** Words of a field that a row can be ranked by, the most telling first, with its unit. */
const units: readonly (readonly [words: string, unit: string])[] = [
  ['bytes', 'bytes'],
  ['octets', 'bytes'],
  ['traffic', 'traffic'],
  ['bps', 'bit/s'],
  ['mbps', 'Mbit/s'],
  ['packets', 'packets'],
  ['pkts', 'packets'],
  ['pps', 'packets/s'],
  ['hits', 'hits'],
  ['requests', 'requests'],
  ['connections', 'connections'],
  ['flows', 'flows'],
  ['sessions', 'sessions'],
  ['percent', '%'],
  ['percentage', '%'],
  ['pct', '%'],
  ['share', 'share'],
  ['ratio', 'share'],
  ['fraction', 'share'],
  ['count', 'count'],
  ['total', 'total'],
  ['value', 'value'],
];
/** Words beside them that change nothing: `total_bytes`, `byte_count`, `hit_count`. */
const sideWords = new Set([
  'total',
  'sum',
  'count',
  'in',
  'rx',
  'ingress',
  'inbound',
  'incoming',
  'num',
  'number',
  'of',
  'traffic',
  'bandwidth',
  'volume',
  'transfer',
  'data',
]);
const scales: Readonly<Record<string, number>> = {
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kilobytes: 1e3,
  megabytes: 1e6,
  gigabytes: 1e9,
  terabytes: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

/** Words of numbers that rank nothing: times, places and codes. */
const noMeasure = new Set(
  'at seen first last time timestamp date since until updated created rank position id port asn version status code lat lon lng family prefix level'.split(
    ' ',
  ),
);

/** The field that a ranking is by. */
interface Measure {
  readonly key: string;
  readonly unit: string;
  readonly factor: number;
}

/**
 * Decodes a ranked list. Its unit is not in the reference: it is the one that the field's name says, and `value` where that
 * says none. Rows keep their order. Also taken: an object of names and numbers. Null where there is no list, and
 * where rows came and none could be read.
 */
export function readRanking(body: unknown, report: Report, names: RankingNames): Ranking | null {
  const rows = rowsOf(body) ?? (saysFailure(body) ? null : entriesOf(body));
  if (rows === null) {
    report('', `expected a list, got ${typeName(body)}`);
    return null;
  }
  const objects = rows.map((raw) => withPair(opened(raw)));
  const measure = measureOf(objects, names);
  const read = objects.flatMap((raw, index) => {
    const row = isRaw(raw) ? new Row(raw, `[${index}]`, report) : null;
    const label = row?.text(...names.label, 'label', 'name', mapKey, 'id') ?? null;
    const value = isRaw(raw) && measure !== null ? numberOf(find(raw, [measure.key])?.value) : null;
    if (row !== null && label !== null && value !== null && measure !== null) {
      const detail = row.text(...names.detail);
      return { label, detail: detail === label ? null : detail, value: value * measure.factor };
    }
    if (label === null) report(`[${index}].${names.label[0] ?? ''}`, 'expected a name');
    else report(`[${index}].${measure?.key ?? 'value'}`, 'expected a number');
    return [];
  });
  if (rows.length > 0 && read.length === 0) return null;
  return inUnit(measure?.unit ?? 'value', read);
}

/** Shares are parts of one, or of a hundred: which, their sum says. One that says neither stays as it came. */
function inUnit(unit: string, rows: Ranking['rows']): Ranking {
  const total = rows.reduce((sum, { value }) => sum + value, 0);
  // Rounded shares can add up to a little more than the whole.
  if (unit !== 'share' || total > 102) return { unit, rows };
  const factor = total <= 1.02 ? 100 : 1;
  return { unit: '%', rows: rows.map((row) => ({ ...row, value: row.value * factor })) };
}

/** `["DE", 0.4]` as an object. */
function withPair(raw: unknown): unknown {
  return Array.isArray(raw) && raw.length === 2
    ? { label: raw[0] as unknown, value: raw[1] as unknown }
    : raw;
}

/** The best field that is a number in any row; where none says a unit, the only number that names nothing. */
function measureOf(rows: readonly unknown[], names: RankingNames): Measure | null {
  const naming = new Set(
    [...names.label, ...names.detail, 'id', 'rank', 'position', 'latitude', 'longitude', mapKey].map(folded),
  );
  const keys = [...new Set(rows.flatMap((row) => (isRaw(row) ? numberKeys(row) : [])))].filter(
    (key) => !naming.has(folded(key)),
  );
  const known = keys.flatMap((key) => unitOf(key) ?? []);
  const best = known.sort((one, other) => one.order - other.order)[0];
  if (best !== undefined) return best;
  const [only] = keys;
  const isMeasure =
    only !== undefined && keys.length === 1 && !wordsOf(only).some((word) => noMeasure.has(word));
  // What it counts is not known: its name is no unit.
  return isMeasure ? { key: only, unit: 'value', factor: 1 } : null;
}

/** Fields with a number, also one object deep: `traffic: { bytes }` is `traffic_bytes`. */
function numberKeys(row: Raw): readonly string[] {
  return shapeOf(row).keys.flatMap((key) => {
    const value = opened(row[key]);
    if (numberOf(value) !== null) return [key];
    if (!isRaw(value)) return [];
    return Object.entries(value).flatMap(([name, inner]) =>
      numberOf(inner) === null ? [] : [`${key}_${wordsOf(name).join('_')}`],
    );
  });
}

function unitOf(key: string): (Measure & { readonly order: number }) | null {
  const words = wordsOf(key);
  for (const [order, [word, unit]] of units.entries()) {
    const singular = word.replace(/s$/, '');
    const at = words.findIndex((each) => each === word || each === singular);
    const isSized = unit === 'bytes' && at < 0 && words.some((each) => each in scales);
    if (at < 0 && !isSized) continue;
    const rest = words.filter((each, index) => index !== at && !sideWords.has(each));
    const factor = rest.length === 1 ? scales[rest[0] ?? ''] : undefined;
    if (rest.length > 0 && factor === undefined) continue;
    return { key, unit, factor: factor ?? 1, order };
  }
  return null;
}

/** `{ "DE": 0.4, "US": 0.3 }`, also in `data`; null where there is none. */
function entriesOf(body: unknown): readonly unknown[] | null {
  const outer = opened(body);
  if (!isRaw(outer)) return null;
  const data = opened(fieldOf(outer, 'data'));
  const inner = isRaw(data) ? data : outer;
  const entries = Object.entries(inner).filter(([, value]) => numberOf(value) !== null);
  return entries.length === 0 ? null : entries.map(([label, value]) => ({ label, value }));
}
