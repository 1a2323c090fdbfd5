import { afterEach, expect, test } from 'vitest';
import { compareNames } from '../../../../preload/contract/compare-names.ts';
import { fallbackLocale, sameLocale, useLocales } from '../../../../preload/contract/locales.ts';

afterEach(() => useLocales(sameLocale(fallbackLocale)));

const sorted = (names: readonly string[], locale: string): readonly string[] => {
  useLocales({ ...sameLocale('ja'), names: locale });
  return names.toSorted(compareNames);
};

test('names are in the order of the system’s language', () => {
  expect(sorted(['zebra', 'ärende', 'apa'], 'sv-SE')).toEqual(['apa', 'zebra', 'ärende']);
  expect(sorted(['zebra', 'ärende', 'apa'], 'de-DE')).toEqual(['apa', 'ärende', 'zebra']);
});

test.each(['en-GB', 'de-DE', 'sv-SE', 'ar-EG-u-nu-latn'])(
  'in %s numbers are in theirs, and case is none',
  (locale) => {
    expect(sorted(['web-10', 'WEB-9', 'web-1'], locale)).toEqual(['web-1', 'WEB-9', 'web-10']);
    expect(compareNames('Web', 'web')).toBe(0);
  },
);
