import { currentLocales } from './locales.ts';

/** Kept: making one takes longer than comparing. */
let made: { readonly locale: string; readonly collator: Intl.Collator } | null = null;

/** Compares names as the system's language sorts them: numbers in their order, whatever the case. */
export function compareNames(one: string, other: string): number {
  const { names: locale } = currentLocales();
  if (made?.locale !== locale)
    made = { locale, collator: new Intl.Collator(locale, { numeric: true, sensitivity: 'base' }) };
  return made.collator.compare(one, other);
}
