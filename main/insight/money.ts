import type { Cents } from '../../preload/contract/brands.ts';

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** Money as a person reads it: `$52.40`. */
export function moneyInWords(cents: Cents): string {
  return dollars.format(cents / 100);
}
