import type { Cents } from '../../../preload/contract/brands.ts';

/** What a typed value comes to: the value, or what is wrong and what to type. */
export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

/** The limits of settingsSchema, which the app's other side enforces. */
export const limits = {
  lowBalanceCents: { min: 0, max: 10_000_000 },
  runwayAlertDays: { min: 1, max: 90 },
  fontSizePx: { min: 8, max: 32 },
  scrollbackLines: { min: 0, max: 100_000 },
} as const;

const grouped = new Intl.NumberFormat('en-US');

/**
 * Dollars as they are typed ("10", "$1,250.50") in whole cents. A third decimal is refused rather than rounded:
 * it is a slip of the hand more often than a fraction of a cent.
 */
export function parseDollars(text: string): Parsed<Cents> {
  const { min, max } = limits.lowBalanceCents;
  const [, whole, fraction = ''] = /^\$?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{0,2}))?$/.exec(text.trim()) ?? [];
  if (whole === undefined) return { ok: false, error: 'Enter an amount in dollars, such as 10 or 12.50.' };
  const cents = Number(whole.replaceAll(',', '')) * 100 + Number(fraction.padEnd(2, '0'));
  if (cents < min || cents > max)
    return {
      ok: false,
      error: `Enter an amount from $${grouped.format(min / 100)} to $${grouped.format(max / 100)}.`,
    };
  return { ok: true, value: cents as Cents };
}

/** Whole cents as the field shows them: 1000 → "10", 1250 → "12.50". */
export function dollarsToType(cents: number): string {
  return cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
}

/** A whole number within limits, as it is typed; separators of thousands may be in it. */
export function parseWhole(
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): Parsed<number> {
  const digits = text.trim().replace(/(?<=\d)[, ](?=\d{3}(?!\d))/g, '');
  const value = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
  if (!(value >= min && value <= max))
    return { ok: false, error: `Enter a whole number from ${min} to ${grouped.format(max)}.` };
  return { ok: true, value };
}
