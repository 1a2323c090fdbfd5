import type { Cents } from '../../../preload/contract/brands.ts';

const decimal = /^([+-]?)(\d+)(?:\.(\d*))?$/;

/**
 * Reads whole cents from an integer or its text. A fraction of a cent is no amount: null, as for all that
 * cannot be read exactly.
 */
export function centsOf(raw: unknown): Cents | null {
  return scaled(raw, 0);
}

/** Reads an amount in dollars, such as `52.40` or `"52.4"`, digit by digit: no float takes part. */
export function centsOfDollars(raw: unknown): Cents | null {
  return scaled(raw, 2);
}

function scaled(raw: unknown, digits: number): Cents | null {
  if (typeof raw !== 'number' && typeof raw !== 'string') return null;
  // The shortest text of a JSON number is the one that the server wrote, or an equal one.
  const match = decimal.exec(String(raw).trim());
  if (match === null) return null;
  const [, sign, whole = '', fraction = ''] = match;
  if (/[^0]/.test(fraction.slice(digits))) return null;
  const value = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  if (!Number.isSafeInteger(value)) return null;
  // The one place where an integer becomes an amount; adding 0 turns -0 into 0.
  return ((sign === '-' ? -value : value) + 0) as Cents;
}
