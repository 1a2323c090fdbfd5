import type { Cents } from '../../../preload/contract/brands.ts';

const decimal = /^([+-]?)(\d+)(?:\.(\d*))?$/;
/** An amount with what can stand around it: a sign, the dollars, thousands, or the brackets of a negative one. */
const moneyText =
  /^(\(?)\s*([+-]?)\s*(usd?\s?\$|usd|\$)?\s*([+-]?)\s*(\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?)\s*(usd?\s?\$|usd|\$|(?:us\s)?dollars?)?\s*(\)?)$/i;
const centsText = /^\s*([+-]?\d+)\s*(?:¢|cents?)\s*$/i;
/** The one currency of the API. */
const dollarWord = /^(?:usd|us\s?\$|usd\s?\$|\$|us\s?dollars?|united states dollars?|dollars?)$/i;

/**
 * Reads whole cents from an integer or its text. A fraction of a cent is no amount: null, as for all that
 * cannot be read exactly.
 */
export function centsOf(raw: unknown): Cents | null {
  const cents = typeof raw === 'string' ? centsText.exec(raw)?.[1] : undefined;
  return centsAtScale(cents ?? raw, 2);
}

/**
 * Reads an amount in dollars, digit by digit: no float takes part. Taken are `52.40`, `"52.4"`, and texts that say the
 * currency: `$1,234.50`, `US$5`, `5.00 USD`, `-$5.00`, `($5.00)`.
 */
export function centsOfDollars(raw: unknown): Cents | null {
  return centsAtScale(typeof raw === 'string' ? (inDollars(raw)?.digits ?? raw) : raw, 0);
}

/** Reads an amount that is counted in parts of a dollar: 2 is cents, 0 dollars, 6 millionths of one. */
export function centsAtScale(raw: unknown, scale: number): Cents | null {
  if (typeof raw !== 'number' && typeof raw !== 'string') return null;
  // The shortest text of a JSON number is the one that the server wrote, or an equal one.
  const match = decimal.exec(String(raw).trim());
  if (match === null) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const shift = 2 - scale;
  // Where the point stands after it was moved.
  const digits = whole.padStart(1 - Math.min(shift, 0), '0') + fraction.padEnd(Math.max(shift, 0), '0');
  const point = Math.max(whole.length, 1 - Math.min(shift, 0)) + shift;
  if (/[^0]/.test(digits.slice(point))) return null;
  const value = Number(digits.slice(0, point));
  if (!Number.isSafeInteger(value)) return null;
  // The one place where an integer becomes an amount; adding 0 turns -0 into 0.
  return ((sign === '-' ? -value : value) + 0) as Cents;
}

/**
 * True for a text that says by itself that it is in dollars: by a sign, a word or a decimal point. False also for what is
 * no amount in dollars at all, such as `€5`, `C$5` or `5,00`.
 */
export function saysDollars(raw: string): boolean {
  const found = inDollars(raw);
  return found !== null && (found.isNamed || found.digits.includes('.'));
}

/** True for a word that is the dollar: `USD`, `US$`, `$`. */
export const isDollarWord = (raw: string): boolean => dollarWord.test(raw.trim());

function inDollars(raw: string): { readonly digits: string; readonly isNamed: boolean } | null {
  const match = raw.length > 60 ? null : moneyText.exec(raw.trim().replace('−', '-'));
  if (match === null) return null;
  const [, open, sign, before, inner, digits = '', after, close] = match;
  const isBracketed = open === '(';
  const isNamed = before !== undefined || after !== undefined;
  if (
    isBracketed !== (close === ')') ||
    (sign !== '' && inner !== '') ||
    (isBracketed && (sign !== '' || inner !== ''))
  )
    return null;
  // Without a word `5,240` can be five thousand, and in other countries five.
  if (digits.includes(',') && !isNamed && !digits.includes('.')) return null;
  const minus = isBracketed || sign === '-' || inner === '-' ? '-' : '';
  return { digits: minus + digits.replaceAll(',', ''), isNamed };
}
