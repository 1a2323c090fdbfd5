import { afterEach, describe, expect, test } from 'vitest';
import {
  dollarSign,
  formatBytes,
  formatCents,
  formatClock,
  formatDay,
  formatDayTime,
  formatDuration,
  formatExact,
  formatLongDay,
  formatPercent,
  formatThreeFigures,
  formatWhole,
  isSameDay,
} from '../../../../preload/contract/format.ts';
import {
  currentLocales,
  fallbackLocale,
  sameLocale,
  supportedLocale,
  useLocales,
} from '../../../../preload/contract/locales.ts';

afterEach(() => useLocales(sameLocale(fallbackLocale)));

const nowMs = Date.UTC(2026, 10, 29, 12, 0, 0);
const atMs = Date.UTC(2026, 5, 14, 13, 58, 5);
const morningMs = Date.UTC(2025, 8, 3, 9, 2, 0);

/** No-break spaces and marks of direction by their names, so that a table can be read. */
function visible(text: string): string {
  return text
    .replaceAll('\u00a0', '·')
    .replaceAll('\u202f', '‧')
    .replaceAll('\u200e', '<LRM>')
    .replaceAll('\u200f', '<RLM>')
    .replaceAll('\u2067', '<RLI>')
    .replaceAll('\u2069', '<PDI>');
}

/** Written by hand, from CLDR: "·" is a no-break space, "‧" a narrow one. */
const tables = {
  'en-GB': {
    money: ['$52.40', '-$1,234,567.89', '+$50.00', '$0.00', '$1,234'],
    counts: ['0', '999', '1,234,567'],
    percents: ['22%', '6.3%'],
    sizes: ['2.5 GB', '1.23', '1,200 d'],
    days: ['14 Jun', '3 Sept 2025', '14 June'],
    clocks: ['13:58', '09:02', '14 Jun, 13:58'],
    exact: 'Sun, 14 Jun 2026, 13:58:05 UTC',
  },
  'en-US': {
    money: ['$52.40', '-$1,234,567.89', '+$50.00', '$0.00', '$1,234'],
    counts: ['0', '999', '1,234,567'],
    percents: ['22%', '6.3%'],
    sizes: ['2.5 GB', '1.23', '1,200 d'],
    days: ['Jun 14', 'Sep 3, 2025', 'June 14'],
    clocks: ['1:58 PM', '9:02 AM', 'Jun 14, 1:58 PM'],
    exact: 'Sun, Jun 14, 2026, 1:58:05 PM UTC',
  },
  'de-DE': {
    money: ['52,40·$', '-1.234.567,89·$', '+50,00·$', '0,00·$', '1.234·$'],
    counts: ['0', '999', '1.234.567'],
    percents: ['22·%', '6,3·%'],
    sizes: ['2,5 GB', '1,23', '1.200 d'],
    days: ['14. Juni', '3. Sept. 2025', '14. Juni'],
    clocks: ['13:58', '09:02', '14. Juni, 13:58'],
    exact: 'So., 14. Juni 2026, 13:58:05 UTC',
  },
  'fr-FR': {
    money: ['52,40·$', '-1‧234‧567,89·$', '+50,00·$', '0,00·$', '1‧234·$'],
    counts: ['0', '999', '1‧234‧567'],
    percents: ['22·%', '6,3·%'],
    sizes: ['2,5 GB', '1,23', '1‧200 d'],
    days: ['14 juin', '3 sept. 2025', '14 juin'],
    clocks: ['13:58', '09:02', '14 juin, 13:58'],
    exact: 'dim. 14 juin 2026, 13:58:05 UTC',
  },
  'ja-JP': {
    money: ['$52.40', '-$1,234,567.89', '+$50.00', '$0.00', '$1,234'],
    counts: ['0', '999', '1,234,567'],
    percents: ['22%', '6.3%'],
    sizes: ['2.5 GB', '1.23', '1,200 d'],
    days: ['6月14日', '2025年9月3日', '6月14日'],
    clocks: ['13:58', '09:02', '6月14日 13:58'],
    exact: '2026年6月14日(日) 13:58:05 UTC',
  },
  'ar-EG': {
    money: [
      '<RLM>52.40·US$',
      '<RLM><LRM>-1,234,567.89·US$',
      '<RLM><LRM>+50.00·US$',
      '<RLM>0.00·US$',
      '<RLM>1,234·US$',
    ],
    counts: ['0', '999', '1,234,567'],
    percents: ['22<LRM>%<LRM>', '6.3<LRM>%<LRM>'],
    sizes: ['2.5 GB', '1.23', '1,200 d'],
    days: ['<RLI>14 يونيو<PDI>', '<RLI>3 سبتمبر 2025<PDI>', '<RLI>14 يونيو<PDI>'],
    clocks: ['<RLI>1:58 م<PDI>', '<RLI>9:02 ص<PDI>', '<RLI>14 يونيو، 1:58 م<PDI>'],
    exact: '<RLI>الأحد، 14 يونيو 2026، 1:58:05 م UTC<PDI>',
  },
  'hi-IN': {
    money: ['$52.40', '-$12,34,567.89', '+$50.00', '$0.00', '$1,234'],
    counts: ['0', '999', '12,34,567'],
    percents: ['22%', '6.3%'],
    sizes: ['2.5 GB', '1.23', '1,200 d'],
    days: ['14 जून', '3 सित॰ 2025', '14 जून'],
    clocks: ['1:58 pm', '9:02 am', '14 जून, 1:58 pm'],
    exact: 'रवि, 14 जून 2026, 1:58:05 pm UTC',
  },
} as const;

describe.each(Object.entries(tables))('in %s', (name, expected) => {
  const inLocale = (write: () => readonly string[]): readonly string[] => {
    useLocales(sameLocale(supportedLocale(name)));
    return write().map(visible);
  };

  test('money', () => {
    const written = inLocale(() => [
      formatCents(5240),
      formatCents(-123_456_789),
      formatCents(5000, { signed: true }),
      formatCents(0, { signed: true }),
      formatCents(123_499, { whole: true }),
    ]);
    expect(written).toEqual(expected.money);
  });

  test('counts and percentages', () => {
    expect(inLocale(() => [0, 999, 1_234_567].map(formatWhole))).toEqual(expected.counts);
    expect(inLocale(() => [22.4, 6.25].map((each) => formatPercent(each)))).toEqual(expected.percents);
  });

  test('sizes and lengths of time keep their English units', () => {
    const dayMs = 86_400_000;
    const written = inLocale(() => [
      formatBytes(2_684_354_560),
      formatThreeFigures(1.2345),
      formatDuration(1200 * dayMs),
    ]);
    expect(written).toEqual(expected.sizes);
  });

  test('days', () => {
    const written = inLocale(() => [
      formatDay(atMs, nowMs, 'UTC'),
      formatDay(morningMs, nowMs, 'UTC'),
      formatLongDay(atMs, nowMs, 'UTC'),
    ]);
    expect(written).toEqual(expected.days);
  });

  test('times', () => {
    const written = inLocale(() => [
      formatClock(atMs, 'UTC'),
      formatClock(morningMs, 'UTC'),
      formatDayTime(atMs, nowMs, 'UTC'),
    ]);
    expect(written).toEqual(expected.clocks);
    expect(inLocale(() => [formatExact(atMs, 'UTC')])).toEqual([expected.exact]);
  });
});

test('dates and numbers can be of two countries', () => {
  useLocales({ dates: 'de-DE', numbers: 'en-US', names: 'sv' });
  expect([formatDay(atMs, nowMs, 'UTC'), formatWhole(1_234)]).toEqual(['14. Juni', '1,234']);
});

test('a file names its locale, whatever the system has', () => {
  useLocales(sameLocale('de-DE'));
  expect(formatCents(-123_450, { locale: fallbackLocale })).toBe('-$1,234.50');
  expect(formatExact(atMs, 'UTC', fallbackLocale)).toBe('Sun, 14 Jun 2026, 13:58:05 UTC');
});

test('nothing is written as minus zero', () => {
  expect([formatCents(-0), formatCents(-40, { whole: true }), formatWhole(-0.2)]).toEqual([
    '$0.00',
    '$0',
    '0',
  ]);
});

test.each([
  ['en-US', { sign: '$', isBefore: true }],
  ['de-DE', { sign: '$', isBefore: false }],
  ['ar-EG', { sign: 'US$', isBefore: false }],
])('the dollar sign of a field in %s stands where that of an amount does', (name, expected) => {
  useLocales(sameLocale(supportedLocale(name)));
  expect(dollarSign()).toEqual(expected);
});

test('two moments are on the same day by the zone', () => {
  const lateMs = Date.UTC(2026, 0, 1, 23, 30);
  expect(isSameDay(lateMs, lateMs + 3_600_000, 'UTC')).toBe(false);
  expect(isSameDay(lateMs, lateMs + 3_600_000, 'Asia/Tokyo')).toBe(true);
  expect(isSameDay(lateMs, Date.UTC(2027, 0, 1, 23, 30), 'UTC')).toBe(false);
});

test('without a word of main a process writes in the fallback', () => {
  expect(currentLocales()).toEqual({ dates: 'en-GB', numbers: 'en-GB', names: 'en-GB' });
});
