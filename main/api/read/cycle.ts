import { folded } from './fields.ts';

/** The reference's three billing cycles, by what else they are called. */
const cycles: Readonly<Record<string, string>> = {
  monthly: 'monthly',
  month: 'monthly',
  '1month': 'monthly',
  '1': 'monthly',
  permonth: 'monthly',
  '6months': '6months',
  '6month': '6months',
  '6': '6months',
  sixmonths: '6months',
  sixmonth: '6months',
  sixmonthly: '6months',
  '6monthly': '6months',
  semiannual: '6months',
  semiannually: '6months',
  semiyearly: '6months',
  halfyearly: '6months',
  biannually: '6months',
  yearly: 'yearly',
  year: 'yearly',
  annual: 'yearly',
  annually: 'yearly',
  '12': 'yearly',
  '12months': 'yearly',
  '1year': 'yearly',
  twelvemonths: 'yearly',
};

/**
 * The billing cycle that a word or a number of months means, as the reference spells it: what is sent back with an order.
 * Null where it is none of the three.
 */
export function cycleOf(raw: string | number | null): string | null {
  if (raw === null) return null;
  const fold = folded(String(raw));
  return Object.hasOwn(cycles, fold) ? (cycles[fold] ?? null) : null;
}
