import type { Cents } from '../../../preload/contract/brands.ts';
import { centsOf, centsOfDollars } from './money.ts';
import type { Row } from './row.ts';
import { isRaw, opened } from './values.ts';

/**
 * Reads an amount whose field may or may not name its unit: `amount_cents`, `amount_usd`, or `amount` alone, also with the
 * amount in an object. The amounts of the reference without a unit are whole cents (`wallet_balance` beside
 * `balance_cents`), so an integer is cents; a text with a decimal point or a dollar sign is dollars. A bare number with a
 * fraction is reported and left out: its whole neighbours could not be told from cents.
 */
export function amountOf(row: Row, ...names: readonly string[]): Cents | null {
  for (const name of names) {
    const cents = row.cents(`${name}_cents`, `${name}_in_cents`, `cents_${name}`);
    if (cents !== null) return cents;
    const dollars = row.raw(`${name}_usd`, `${name}_dollars`, `usd_${name}`);
    if (dollars !== null) {
      const value = centsOfDollars(withoutSign(dollars));
      if (value === null) row.report(`${name}_usd`, 'expected an amount in dollars');
      return value;
    }
    const bare = opened(row.raw(name));
    if (isRaw(bare)) {
      const inner = amountOf(row.child(bare, name), 'amount', 'value', 'price', 'total', name);
      if (inner !== null) return inner;
      const named = amountIn(row.child(bare, name));
      if (named !== null) return named;
      continue;
    }
    if (typeof bare !== 'number' && typeof bare !== 'string') continue;
    const isDollars = typeof bare === 'string' && /[.$]/.test(bare);
    const value = isDollars ? centsOfDollars(withoutSign(bare)) : centsOf(bare);
    if (value === null) row.report(name, 'expected an amount in whole cents');
    return value;
  }
  return null;
}

/** The amount of an object whose fields are called by their units: `{ cents }`, `{ usd }`. */
export function amountIn(row: Row): Cents | null {
  const cents = row.cents('cents', 'minor');
  if (cents !== null) return cents;
  const usd = row.raw('usd', 'dollars');
  return usd === null ? null : centsOfDollars(withoutSign(usd));
}

/** `-$1,234.50` without its dollar sign and its separators. */
function withoutSign(raw: unknown): unknown {
  if (typeof raw !== 'string') return raw;
  const [, sign = '', digits] =
    /^\s*([+-]?)\s*\$\s*((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*$/.exec(raw) ?? [];
  return digits === undefined ? raw : sign + digits.replaceAll(',', '');
}
