import type { Cents } from '../../../preload/contract/brands.ts';
import { formatCents, formatWhole } from '../../../preload/contract/format.ts';
import { numberToType, typedDigits } from '../../components/form/typed-number.ts';

/** What a typed value comes to: the value, or what is wrong and what to type. */
export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

/** The limits of settingsSchema, which the app's other side enforces. */
export const limits = {
  lowBalanceCents: { min: 0, max: 10_000_000 },
  agentBudgetCents: { min: 0, max: 10_000_000 },
  runwayAlertDays: { min: 1, max: 90 },
  fontSizePx: { min: 8, max: 32 },
  lineHeightPercent: { min: 100, max: 200 },
  scrollbackLines: { min: 0, max: 100_000 },
} as const;

/** An amount with or without the dollar's sign or code, on the side where the locale has it. */
const dollars = /^(?:(?:US)?\$|USD)?(.*?)(?:(?:US)?\$|USD)?$/su;

/**
 * Dollars as they are typed ("10", "$1,250.50", "1.250,50 $") in whole cents. A third decimal is refused rather than
 * rounded: it is a slip of the hand more often than a fraction of a cent.
 */
export function parseDollars(text: string): Parsed<Cents> {
  const { min, max } = limits.lowBalanceCents;
  const [, amount = ''] = dollars.exec(text.replaceAll(/[\u061c\u200e\u200f]/g, '').trim()) ?? [];
  const { whole = '', fraction = '' } = typedDigits(amount) ?? {};
  if (whole === '' || fraction.length > 2) {
    const examples = `${dollarsToType(1000)} or ${dollarsToType(1250)}`;
    return { ok: false, error: `Enter an amount in dollars, such as ${examples}.` };
  }
  const cents = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  if (cents < min || cents > max) {
    const [least, most] = [min, max].map((limit) => formatCents(limit, { whole: true }));
    return { ok: false, error: `Enter an amount from ${least} to ${most}.` };
  }
  return { ok: true, value: cents as Cents };
}

/** Whole cents as the field shows them: 1000 → "10", 1250 → "12.50". */
export function dollarsToType(cents: number): string {
  return numberToType(cents / 100, { decimals: cents % 100 === 0 ? 0 : 2 });
}

/** A whole number within limits, as it is typed; separators of thousands may be in it. */
export function parseWhole(
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): Parsed<number> {
  const digits = typedDigits(text);
  const value = digits?.fraction === '' ? Number(digits.whole) : Number.NaN;
  if (!(value >= min && value <= max))
    return { ok: false, error: `Enter a whole number from ${formatWhole(min)} to ${formatWhole(max)}.` };
  return { ok: true, value };
}
