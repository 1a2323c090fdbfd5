import { folded } from './fields.ts';

/** The reference's billing cycles by their months. */
const cycles: Readonly<Record<number, string>> = { 1: 'monthly', 6: '6months', 12: 'yearly' };

/** Months of the nouns that stand behind a number. */
const units: Readonly<Record<string, number>> = {
  month: 1, months: 1, mo: 1, mos: 1, mon: 1, m: 1, quarter: 3, quarters: 3, year: 12, years: 12, yr: 12, yrs: 12, y: 12,
}; // prettier-ignore

/** Months of words that say a cycle alone. */
const words: Readonly<Record<string, number>> = {
  monthly: 1, permonth: 1, quarterly: 3, perquarter: 3, threemonths: 3, semiannual: 6, semiannually: 6, semiyearly: 6,
  halfyear: 6, halfyearly: 6, biannually: 6, sixmonth: 6, sixmonths: 6, sixmonthly: 6, yearly: 12, peryear: 12, annual: 12,
  annually: 12, annum: 12, perannum: 12, twelvemonths: 12, biennial: 24, biennially: 24, triennial: 36, triennially: 36,
}; // prettier-ignore

/** Cycles shorter than a month: the months say nothing of them. */
const shortCycle = /^(?:hourly|daily|weekly|fortnightly|biweekly|perhour|perday|perweek)$/;

/**
 * How long a cycle is. `isUnit`: a noun, behind which the number of such units may stand in another field (`month`, but
 * neither `monthly` nor `6 months`).
 */
export interface CycleLength {
  readonly months: number;
  readonly isUnit: boolean;
}

/** The length that a word or text says (`monthly`, `year`, `6 months`); null where it is no length in months. */
export function lengthOf(raw: string): CycleLength | null {
  const fold = folded(raw).slice(0, 40);
  const one = own(units, fold);
  if (one !== null) return { months: one, isUnit: true };
  const word = own(words, fold);
  if (word !== null) return { months: word, isUnit: false };
  const [, digits = '', unit = ''] = /^(\d{1,3})(month|year|quarter|[a-z]+)(?:ly)?$/.exec(fold) ?? [];
  const months = own(units, unit);
  return months === null || Number(digits) === 0 ? null : { months: Number(digits) * months, isUnit: false };
}

/** The cycle of a number of months: as the reference spells it, or with its length. */
export function cycleOfMonths(months: number): string {
  return cycles[months] ?? `${months}months`;
}

/** True for a word that is a cycle, also one that is not counted in months. */
export function isCycleWord(raw: string): boolean {
  return shortCycle.test(folded(raw)) || lengthOf(raw) !== null;
}

/**
 * The billing cycle that a word or a number of months means, as the reference spells it: what is sent back with an order.
 * Null where it is none of the three.
 */
export function cycleOf(raw: string | number | null): string | null {
  if (raw === null) return null;
  const text = String(raw).trim();
  const months = /^\d{1,3}$/.test(text) ? Number(text) : (lengthOf(text)?.months ?? 0);
  return cycles[months] ?? null;
}

function own(map: Readonly<Record<string, number>>, key: string): number | null {
  return Object.hasOwn(map, key) ? (map[key] ?? null) : null;
}
