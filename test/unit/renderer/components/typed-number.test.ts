import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { formatNumber, formatWhole } from '../../../../preload/contract/format.ts';
import {
  fallbackLocale,
  sameLocale,
  supportedLocale,
  useLocales,
} from '../../../../preload/contract/locales.ts';
import { numberToType, typedDigits } from '../../../../renderer/components/form/typed-number.ts';

afterEach(() => useLocales(sameLocale(fallbackLocale)));

/** "1234|5", or "none". */
function read(locale: string, text: string): string {
  useLocales(sameLocale(supportedLocale(locale)));
  const digits = typedDigits(text);
  return digits === null ? 'none' : `${digits.whole}|${digits.fraction}`;
}

test.each([
  ['en-US', '1,234', '1234|'],
  ['en-US', '1,234.5', '1234|5'],
  ['en-US', '1234.5', '1234|5'],
  ['en-US', '12,5', '12|5'],
  ['en-US', '0,500', '0|500'],
  ['en-US', '1.234', '1|234'],
  ['en-US', '1 234', '1234|'],
  ['de-DE', '1.234', '1234|'],
  ['de-DE', '1.234.567', '1234567|'],
  ['de-DE', '1.234,5', '1234|5'],
  ['de-DE', '12.5', '12|5'],
  ['de-DE', '0.500', '0|500'],
  ['de-DE', '1234.56', '1234|56'],
  ['de-DE', '7,', '7|'],
  ['fr-FR', '1\u202f234,5', '1234|5'],
  ['fr-FR', '1 234,5', '1234|5'],
  ['fr-FR', '1\u00a0234', '1234|'],
  ['fr-FR', '1 234.5', '1234|5'],
  ['fr-FR', '1.234', '1|234'],
  ['de-CH', '1’234.50', '1234|50'],
  ['de-CH', "1'234.50", '1234|50'],
  ['hi-IN', '12,34,567.5', '1234567|5'],
  ['hi-IN', '1,234,567', '1234567|'],
  ['ja-JP', '１，２３４．５', '1234|5'],
  ['ar-EG', '١٬٢٣٤٫٥', '1234|5'],
  ['ar-EG', '\u200f1,234.5', '1234|5'],
  ['fa-IR', '۱۲۳', '123|'],
  ['hi-IN', '१२३', '123|'],
])('in %s %j is read as %s', (locale, text, expected) => {
  expect(read(locale, text)).toBe(expected);
});

test.each([
  ['en-US', ''],
  ['en-US', '.5'],
  ['en-US', '-5'],
  ['en-US', '1e3'],
  ['en-US', '1,234,56'],
  ['en-US', '1,2345,678'],
  ['en-US', '1,234 567'],
  ['en-US', '0,123,456'],
  ['en-US', '1.2.3'],
  ['en-US', '12 5'],
  ['de-DE', '1.234.5'],
  ['de-DE', '1,234.5'],
  ['de-DE', '1,234,567'],
  ['fr-FR', '1.234,5'],
  ['hi-IN', '1,2,345'],
  ['en-US', 'ten'],
  ['en-US', '½'],
])('in %s %j is no number', (locale, text) => {
  expect(read(locale, text)).toBe('none');
});

const locales = [
  'en-GB',
  'en-US',
  'de-DE',
  'fr-FR',
  'ja-JP',
  'ar-EG',
  'hi-IN',
  'de-CH',
  'es-ES',
  'sv-SE',
  'pl-PL',
];

test('what a field shows, and what a page writes, is read back as the same', () => {
  fc.assert(
    fc.property(fc.constantFrom(...locales), fc.integer({ min: 0, max: 1e12 }), (name, thousandths) => {
      useLocales(sameLocale(supportedLocale(name)));
      const value = thousandths / 1000;
      const back = (text: string): number => {
        const digits = typedDigits(text);
        return digits === null ? Number.NaN : Number(`${digits.whole}.${digits.fraction}`);
      };
      expect(back(numberToType(value))).toBe(value);
      expect(back(formatNumber(value, { decimals: 3, fixed: true }))).toBe(value);
      expect(back(formatWhole(thousandths))).toBe(thousandths);
    }),
  );
});
