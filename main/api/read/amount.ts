import type { Cents } from '../../../preload/contract/brands.ts';
import { centsOf, centsOfDollars } from './money.ts';
import type { Row } from './row.ts';

/**
 * Reads an amount whose field may or may not name its unit: `amount_cents`, `amount_usd`, or `amount` alone. The
 * amounts of the reference without a unit are whole cents (`wallet_balance` beside `balance_cents`), so an
 * integer is cents; a text with a decimal point is dollars. A bare number with a fraction is reported and left
 * out: its whole neighbours could not be told from cents.
 */
export function amountOf(row: Row, ...names: readonly string[]): Cents | null {
  for (const name of names) {
    const cents = row.cents(`${name}_cents`);
    if (cents !== null) return cents;
    const dollars = row.raw(`${name}_usd`);
    if (dollars !== null) {
      const value = centsOfDollars(dollars);
      if (value === null) row.report(`${name}_usd`, 'expected an amount in dollars');
      return value;
    }
    const bare = row.raw(name);
    if (typeof bare !== 'number' && typeof bare !== 'string') continue;
    const isDollars = typeof bare === 'string' && bare.includes('.');
    const value = isDollars ? centsOfDollars(bare) : centsOf(bare);
    if (value === null) row.report(name, 'expected an amount in whole cents');
    return value;
  }
  return null;
}
