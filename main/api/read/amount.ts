import type { Cents } from '../../../preload/contract/brands.ts';
import { isCycleWord } from './cycle.ts';
import { centsAtScale, centsOf, centsOfDollars, isDollarWord, saysDollars } from './money.ts';
import type { Row } from './row.ts';
import { isList, isRaw, numberOf, opened, textOf } from './values.ts';

/**
 * Reads the amount of an object that is one, such as `{ amount, currency }`, under any of these names or by its unit; null,
 * and reported, where it has none.
 */
export function amountInside(row: Row, ...names: readonly [string, ...(readonly string[])]): Cents | null {
  return inside(row, names[0], 0, names) ?? null;
}

/** Absent: `undefined`; there, and not readable: null, after it was reported. */
type Read = Cents | null | undefined;

/**
 * Reads an amount whose field may or may not name its unit: `amount_cents`, `amount_usd`, or `amount` alone, also with the
 * amount in an object. The amounts of the reference without a unit are whole cents (`wallet_balance` beside
 * `balance_cents`), so an integer is cents; a text with a decimal point or a dollar sign is dollars. A bare number with a
 * fraction is reported and left out: its whole neighbours could not be told from cents. So is what says that it is in another
 * currency than dollars, and what a formatted text beside it contradicts: an amount is never guessed.
 */
export function amountOf(row: Row, ...names: readonly string[]): Cents | null {
  for (const name of names) {
    const amount = readNamed(row, name);
    if (amount === undefined) continue;
    if (amount === null || !isForeign(row)) return amount;
    return missed(row, name, 'expected an amount in dollars');
  }
  return null;
}

const currencyNames = [
  'currency',
  'currency_code',
  'currency_iso',
  'iso_currency',
  'ccy',
  'currency_symbol',
] as const;

/** True for an object whose amounts are in another currency than the dollars in which Evorxa's wallet is. */
export function isForeign(row: Row): boolean {
  return currencyNames.some((name) => {
    const value = opened(row.raw(name));
    const parts = isRaw(value) ? ['code', 'iso', 'iso_code', 'symbol', 'value', 'name'] : [];
    const said = isRaw(value)
      ? parts.map((part) => textOf(value[part])).find((text) => text !== null)
      : textOf(value);
    return said !== null && said !== undefined && said.trim() !== '' && !isDollarWord(said);
  });
}

function readNamed(row: Row, name: string, depth = 0): Read {
  return (
    inUnit(
      row,
      [`${name}_cents`, `${name}_in_cents`, `cents_${name}`, `${name}_minor`, `${name}_minor_units`],
      centsOf,
    ) ??
    inUnit(
      row,
      [`${name}_usd`, `${name}_dollars`, `${name}_in_dollars`, `${name}_in_usd`, `usd_${name}`],
      centsOfDollars,
    ) ??
    inUnit(row, [`${name}_micros`, `${name}_in_micros`], (raw) => centsAtScale(raw, 6)) ??
    bare(row, name, depth)
  );
}

/** A field whose name says its unit; undefined also where it was not readable and another field may be. */
function inUnit(row: Row, names: readonly string[], read: (raw: unknown) => Cents | null): Read {
  const value = opened(row.raw(...names));
  if (value === null || value === '') return undefined;
  const [name = ''] = names;
  if (isRaw(value)) {
    const inner = row.child(value, name);
    if (isForeign(inner)) return missed(row, name, 'expected an amount in dollars');
    const amount = read(inner.raw('value', 'amount', 'total', 'count', 'number'));
    return amount ?? missed(row, name, 'expected an amount');
  }
  return (
    read(isList(value) && value.length === 1 ? value[0] : value) ?? missed(row, name, 'expected an amount')
  );
}

function bare(row: Row, name: string, depth: number): Read {
  const value = opened(row.raw(name));
  if (isRaw(value))
    return Object.keys(value).length === 0 ? undefined : inside(row.child(value, name), name, depth + 1);
  if (isList(value)) {
    const only = opened(value[0]);
    return value.length === 1 && isRaw(only) ? inside(row.child(only, name), name, depth + 1) : undefined;
  }
  if ((typeof value !== 'number' && typeof value !== 'string') || value === '') return undefined;
  const formatted = ['formatted', 'display', 'text', 'human'].flatMap((word) => [
    `${name}_${word}`,
    `${word}_${name}`,
  ]);
  return agreed(row, name, value, row.raw(...formatted));
}

const innerNames = ['amount', 'value', 'price', 'total', 'balance', 'number'] as const;
const unitNames = ['unit', 'units', 'denomination'] as const;
const scaleNames = [
  'scale',
  'exponent',
  'precision',
  'decimals',
  'decimal_places',
  'fraction_digits',
  'minor_unit',
] as const;

/** `{ amount, currency }`, `{ value, unit }`, `{ amount, scale }`, `{ units, nanos, currency_code }`, `{ cents }`. */
function inside(
  row: Row,
  name: string,
  depth: number,
  names: readonly string[] = [...innerNames, name],
): Read {
  if (depth > 3) return undefined;
  if (isForeign(row)) return missed(row, name, 'expected an amount in dollars');
  const named = amountIn(row);
  if (named !== null) return named;
  // Whole dollars, and the billionths of one.
  const nanos = row.raw('nanos');
  if (nanos !== null) {
    const [whole, part] = [centsOfDollars(row.raw('units') ?? 0), centsAtScale(nanos, 9)];
    return whole === null || part === null
      ? missed(row, 'units', 'expected an amount')
      : ((whole + part) as Cents);
  }
  const value = opened(row.raw(...names));
  const isPlain = typeof value === 'number' || typeof value === 'string';
  if (isPlain) {
    const scale = row.raw(...scaleNames);
    const unit = textOf(row.raw(...unitNames))?.trim() ?? '';
    if (scale !== null && !String(value).includes('.')) {
      const digits = numberOf(scale) ?? -1;
      const cents =
        Number.isInteger(digits) && digits >= 0 && digits <= 9 ? centsAtScale(value, digits) : null;
      return cents ?? missed(row, name, 'expected an amount');
    }
    if (/^(?:¢|(?:us[\s_-]?d?[\s_-]?)?cents?|minor(?:[\s_-]units?)?)$/i.test(unit))
      return centsOf(value) ?? missed(row, name, 'expected an amount');
    if (isDollarWord(unit) || /^major(?:[\s_-]units?)?$/i.test(unit))
      return centsOfDollars(value) ?? missed(row, name, 'expected an amount');
    if (unit !== '' && !isCycleWord(unit)) return missed(row, name, 'expected an amount of a known unit');
    return agreed(
      row,
      name,
      value,
      row.raw('formatted', 'display', 'text', 'human', 'formatted_amount', 'string'),
    );
  }
  for (const inner of names) {
    const amount = readNamed(row, inner, depth);
    if (amount !== undefined) return amount;
  }
  return missed(row, name, 'expected an amount');
}

/** An amount by itself; where a text for people stands beside it, that has to say the same. */
function agreed(row: Row, name: string, value: number | string, formatted: unknown): Read {
  const isDollars = typeof value === 'string' && saysDollars(value);
  const cents = isDollars ? centsOfDollars(value) : centsOf(value);
  const shown = textOf(formatted);
  if (shown === null || !/\d/.test(shown))
    return cents ?? missed(row, name, 'expected an amount in whole cents');
  const said = saysDollars(shown) ? centsOfDollars(shown) : null;
  // Its sign can be shown by a word.
  const isSame = (amount: Cents | null): boolean =>
    amount !== null && said !== null && Math.abs(amount) === Math.abs(said);
  const agreeing = [cents, centsOfDollars(value)].find(isSame);
  return agreeing ?? missed(row, name, 'expected an amount as it is shown');
}

/** The amount of an object whose fields are called by their units: `{ cents }`, `{ usd }`; null where it has none. */
function amountIn(row: Row): Cents | null {
  const cents = row.raw('cents', 'minor', 'in_cents', 'subunits');
  if (cents !== null) return centsOf(cents);
  const usd = row.raw('usd', 'dollars', 'major');
  if (usd !== null) return centsOfDollars(usd);
  const micros = row.raw('micros');
  return micros === null ? null : centsAtScale(micros, 6);
}

function missed(row: Row, name: string, message: string): null {
  row.report(name, message);
  return null;
}
