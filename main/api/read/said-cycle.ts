import { cycleOf, cycleOfMonths, isCycleWord, lengthOf } from './cycle.ts';
import { folded } from './fields.ts';
import type { Row } from './row.ts';
import { mapKey } from './shapes.ts';
import { numberOf, type Raw } from './values.ts';

/** Where a price says how long it is for: in words, and how many of them. */
export const lengthNames = [
  'billing_cycle', 'cycle', 'billing_period', 'period', 'billing_interval', 'interval', 'term', 'recurrence', 'recurring',
  'frequency', 'duration', 'length', 'unit', 'interval_unit', 'period_unit', 'duration_unit', 'term_unit', 'length_unit', 'time_unit',
] as const; // prettier-ignore
export const countNames = [
  'interval_count', 'period_count', 'cycle_count', 'term_count', 'duration_count', 'unit_count', 'count', 'every', 'multiplier',
  'interval_length', 'period_length', 'term_length', 'cycle_length', 'interval_value', 'period_value', 'duration_value',
] as const; // prettier-ignore
const monthsNames = [
  'months',
  'length_months',
  'duration_months',
  'term_months',
  'period_months',
  'month_count',
] as const;
const yearsNames = [
  'years',
  'length_years',
  'duration_years',
  'term_years',
  'period_years',
  'year_count',
] as const;
/** The fields that say a length and nothing else. */
export const lengthFields = [
  ...countNames,
  ...monthsNames,
  ...yearsNames,
  'interval',
  'duration',
  'length',
] as const;
const titleNames = ['key', 'slug', 'code', 'id', 'name', 'label', 'title', mapKey] as const;

/** The cycle that an object says it is, or is for; null where it says none, or two. */
export function cycleIn(row: Row, raw: Raw): string | null {
  const said = new Set<number>();
  let word: string | null = null;
  let unit: number | null = null;
  const counts: number[] = [];
  for (const name of lengthNames) {
    const text = hasAny(raw, [name]) ? row.text(name) : null;
    if (text === null) continue;
    const count = numberOf(text);
    const length = lengthOf(text);
    if (count !== null) counts.push(count);
    else if (length?.isUnit === true && (unit === null || unit === length.months)) unit = length.months;
    else if (length !== null) said.add(length.months);
    // A cycle that is not counted in months keeps its word; anything else is none.
    else if (isCycleWord(text)) word ??= text;
    // A unit can be one of money.
    else if (name !== 'unit') return null;
    if (length !== null && !length.isUnit) word ??= text;
  }
  for (const name of countNames) {
    const count = hasAny(raw, [name]) ? row.number(name) : null;
    if (count !== null) counts.push(count);
  }
  addLengths(said, row, raw);
  const [count] = counts;
  if (counts.some((each) => each !== count || each <= 0 || !Number.isInteger(each))) return null;
  if (unit !== null) said.add(unit * (count ?? 1));
  // A bare number is of months, as the reference's `6months` is.
  else if (count !== undefined && said.size === 0 && word === null) {
    if (!hasAny(raw, countNames) && cycleOf(count) !== null) said.add(count);
    else return count === 1 ? cycleOfTitle(row) : null;
  } else if (count !== undefined && count !== 1 && !said.has(count)) return null;
  if (said.size === 0 && word === null) return cycleOfTitle(row);
  const titled = lengthOf(cycleOfTitle(row) ?? '');
  if (titled !== null && unit === null) said.add(titled.months);
  const [months] = said;
  if (said.size > 1 || (titled !== null && titled.months !== months)) return null;
  if (months === undefined) return word;
  return Number.isInteger(months) && months > 0 ? (cycleOf(months) ?? word ?? cycleOfMonths(months)) : null;
}

function addLengths(said: Set<number>, row: Row, raw: Raw): void {
  const months = hasAny(raw, monthsNames) ? row.number(...monthsNames) : null;
  const years = hasAny(raw, yearsNames) ? row.number(...yearsNames) : null;
  if (months !== null) said.add(months);
  if (years !== null) said.add(12 * years);
}

/** A price that is called by its cycle: by its key in a map, its slug or its name. */
function cycleOfTitle(row: Row): string | null {
  for (const name of titleNames) {
    const text = row.raw(name) === null ? null : row.text(name);
    const isKnown = text !== null && (isCycleWord(text) || cycleOf(text) !== null);
    // An id may be any number; a key that is a number is one of months.
    if (isKnown && (name !== 'id' || !/^\d+$/.test(text))) return cycleOf(text) ?? text;
  }
  return null;
}

/** True where one of these fields is in this very object, with a value. */
export function hasAny(raw: Raw, names: readonly string[]): boolean {
  const wanted = new Set(names.map(folded));
  return Object.entries(raw).some(([key, value]) => (value ?? null) !== null && wanted.has(folded(key)));
}
