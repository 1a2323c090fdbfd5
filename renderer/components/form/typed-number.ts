import { currentLocales } from '../../../preload/contract/locales.ts';

/** A number as it was typed, in digits from 0 to 9: no decimals are an empty fraction. */
export interface TypedDigits {
  readonly whole: string;
  readonly fraction: string;
}

/** How many decimals a field shows: as many as there are up to ten, or so many. */
interface ShownDecimals {
  readonly decimals?: number;
}

/** A number as a field shows it, which can be typed back: the locale's decimal mark, no thousands apart. */
export function numberToType(value: number, { decimals }: ShownDecimals = {}): string {
  const digits = { minimumFractionDigits: decimals ?? 0, maximumFractionDigits: decimals ?? 10 };
  return new Intl.NumberFormat(currentLocales().numbers, { ...digits, useGrouping: false }).format(value);
}

/** Spaces and apostrophes stand between thousands in some languages, and in none before decimals. */
const spaces = ` '’`;

/**
 * Reads a number that is not below zero; null for what is none. By the locale's rule first: "1.234" is a thousand and more
 * in German. The other one of dot and comma is the decimal mark where it cannot stand between thousands: "12.5" there.
 */
export function typedDigits(text: string): TypedDigits | null {
  const { decimal, group } = separators();
  const plain = text
    // Its spaces, and digits as wide as Japanese letters.
    .normalize('NFKC')
    .replace(/[\u061c\u200e\u200f]/g, '')
    .replace(/\p{Nd}/gu, asciiDigit)
    .replaceAll('٫', decimal)
    .replaceAll('٬', group)
    .trim();
  const other = decimal === '.' ? ',' : '.';
  const match = shape(decimal, spaces + group).exec(plain) ?? shape(other, spaces).exec(plain);
  if (match === null) return null;
  const { whole = '', fraction = '' } = match.groups ?? {};
  return { whole: whole.replaceAll(/\D/g, ''), fraction };
}

/** Digits, or groups of three or of two and three (as in India) with the same mark between them; then decimals. */
function shape(decimal: string, groups: string): RegExp {
  const mark = `(?<mark>[${escaped(groups)}])`;
  const grouped = `[1-9]\\d{0,2}(?=${mark})(?:\\k<mark>\\d{3})+`;
  const indian = `[1-9]\\d?(?=${mark.replace('mark', 'indian')})(?:\\k<indian>\\d{2})+\\k<indian>\\d{3}`;
  return new RegExp(`^(?<whole>\\d+|${grouped}|${indian})(?:${escaped(decimal)}(?<fraction>\\d*))?$`, 'u');
}

function escaped(text: string): string {
  return text.replaceAll('.', '\\.');
}

function separators(): { readonly decimal: string; readonly group: string } {
  const parts = new Intl.NumberFormat(currentLocales().numbers).formatToParts(12_345_678.5);
  const valueOf = (type: Intl.NumberFormatPartTypes, otherwise: string): string =>
    parts.find((part) => part.type === type)?.value.normalize('NFKC') ?? otherwise;
  return { decimal: valueOf('decimal', '.'), group: valueOf('group', ',') };
}

/** The same digit of 0 to 9: those of a script follow each other from its zero on. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}
