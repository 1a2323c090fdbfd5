import { describe, expect, it } from 'vitest';
import { cycleOf, cycleOfMonths, isCycleWord, lengthOf } from '../../../../main/api/read/cycle.ts';
import { kindOfBalances, kindOfSign, kindOfWord } from '../../../../main/api/read/ledger-kind.ts';
import { Row } from '../../../../main/api/read/row.ts';
import { cycleIn, hasAny } from '../../../../main/api/read/said-cycle.ts';
import type { Raw } from '../../../../main/api/read/values.ts';
import type { Cents } from '../../../../preload/contract/brands.ts';

describe('the length that a word says', () => {
  it.each([
    [1, 'month months mo mos mon m'],
    [3, 'quarter quarters'],
    [12, 'year years yr yrs y Year'],
  ])('is %i months for a noun that can be counted: %s', (months, words) => {
    for (const word of words.split(' ')) expect(lengthOf(word)).toEqual({ months, isUnit: true });
  });

  it.each([
    [1, 'monthly Monthly permonth per-month 1month 1-month'],
    [2, '2months 2mo 2m'],
    [3, 'quarterly perquarter per_quarter threemonths 1quarter 3months'],
    [
      6,
      'semiannual semiannually semi-annually semiyearly halfyear half-yearly biannually sixmonth sixmonths sixmonthly 6months ' +
        '6-month 6monthly 2quarters',
    ],
    [12, 'yearly peryear annual annually annum perannum per-annum twelvemonths 1year 12months 1yearly'],
    [24, 'biennial biennially 2years 2yrs 2y'],
    [36, 'triennial triennially 3years'],
    [999, '999months'],
  ])('is %i months for %s', (months, words) => {
    for (const word of words.split(' ')) expect(lengthOf(word)).toEqual({ months, isUnit: false });
  });

  it.each([
    '',
    'hourly',
    'weekly',
    '0months',
    '6',
    'months6',
    '1000months',
    '6weeks',
    'constructor',
    '6toString',
    'x6months',
    '6months7',
    'x',
  ])('is none for "%s"', (word) => expect(lengthOf(word)).toBeNull());
});

it('a cycle is spelled as the reference does, and otherwise by its months', () => {
  expect([1, 2, 6, 12, 24].map(cycleOfMonths)).toEqual([
    'monthly',
    '2months',
    '6months',
    'yearly',
    '24months',
  ]);
  expect(['monthly', ' 1 ', 1, 'month', 'per month'].map(cycleOf)).toEqual(Array(5).fill('monthly'));
  expect(['6', 6, 'half-yearly', '2 quarters'].map(cycleOf)).toEqual(Array(4).fill('6months'));
  expect(['12', 12, 'annually', '1 year'].map(cycleOf)).toEqual(Array(4).fill('yearly'));
  expect([null, '', 'quarterly', 3, '2', 'hourly', '1200', 'x1', '1x', -1, 1.5].map(cycleOf)).toEqual(
    Array(11).fill(null),
  );
});

it.each([
  ['hourly daily weekly fortnightly biweekly per_hour perday per-week monthly 5months', true],
  ['hour day lifetime setup xhourly hourlyx free 12', false],
])('of "%s" to be a cycle is %j', (words, is) => {
  for (const word of words.split(' ')) expect([word, isCycleWord(word)]).toEqual([word, is]);
});

describe('the cycle that an object says', () => {
  const read = (raw: Raw) => cycleIn(new Row(raw, '', () => undefined), raw);

  it.each(
    (
      'billing_cycle cycle billing_period period billing_interval interval term recurrence recurring frequency duration length unit ' +
      'interval_unit period_unit duration_unit term_unit length_unit time_unit billingCycle'
    ).split(' '),
  )('can be in %s', (name) => {
    expect(read({ [name]: 'year' })).toBe('yearly');
    expect(read({ [name]: 'month', count: 6 })).toBe('6months');
    expect(read({ [name]: 6 })).toBe('6months');
  });

  it.each(
    (
      'interval_count period_count cycle_count term_count duration_count unit_count count every multiplier interval_length ' +
      'period_length term_length cycle_length interval_value period_value duration_value'
    ).split(' '),
  )('is counted by %s', (name) => {
    expect(read({ interval: 'month', [name]: 6 })).toBe('6months');
    expect(read({ interval: 'year', [name]: '2' })).toBe('24months');
    // How many of what is nowhere said.
    expect(read({ [name]: 6 })).toBeNull();
    expect(read({ [name]: 1, name: 'Monthly' })).toBe('monthly');
  });

  it.each<readonly [raw: Readonly<Record<string, unknown>>, cycle: string]>([
    ...['months', 'length_months', 'duration_months', 'term_months', 'period_months', 'month_count'].map(
      (name) => [{ [name]: 12 }, 'yearly'] as const,
    ),
    ...['years', 'length_years', 'duration_years', 'term_years', 'period_years', 'year_count'].map(
      (name) => [{ [name]: 1 }, 'yearly'] as const,
    ),
    ...['key', 'slug', 'code', 'id', 'name', 'label', 'title', 'map_key'].map(
      (name) => [{ [name]: 'Annually' }, 'yearly'] as const,
    ),
    [{ months: 12, years: 1 }, 'yearly'],
    [{ cycle: 'monthly', months: 1, name: 'Month by month' }, 'monthly'],
    [{ cycle: 'monthly', count: 1 }, 'monthly'],
    [{ interval: 'month', count: 6, months: 6 }, '6months'],
    [{ interval: 'month', period: 'months', count: 6 }, '6months'],
    [{ unit: 'USD', interval: 'month' }, 'monthly'],
    [{ cycle: 'weekly' }, 'weekly'],
    [{ cycle: 'hourly', slug: 'hourly' }, 'hourly'],
    [{ slug: 'daily' }, 'daily'],
    [{ key: '6' }, '6months'],
    [{ id: 6, name: 'Monthly' }, 'monthly'],
    [{ months: 24 }, '24months'],
    [{ months: 3, cycle: 'quarterly' }, 'quarterly'],
  ])('%j is %s', (raw, cycle) => expect(read(raw)).toBe(cycle));

  it.each([
    {},
    { id: 6 },
    { cycle: 'offer' },
    { interval: 'month', count: 1.5 },
    { interval: 'month', count: -1 },
    { interval: 'month', count: 2, every: 3 },
    { interval: 'month', period: 'year' },
    { months: 12, years: 2 },
    { months: 1.5 },
    { months: -1 },
    { cycle: 'monthly', count: 2 },
    { cycle: 'monthly', name: 'Yearly' },
    { months: 12, slug: 'monthly' },
    { period: 7 },
    { name: 'Our offer' },
  ])('%j says none, or two', (raw) => expect(read(raw)).toBeNull());
});

it('a field counts as there in any spelling, where it has a value', () => {
  expect(hasAny({ intervalCount: 0 }, ['interval_count'])).toBe(true);
  expect(hasAny({ interval_count: null, count: undefined }, ['interval_count', 'count'])).toBe(false);
  expect(hasAny({ interval: { count: 1 } }, ['interval_count'])).toBe(false);
});

describe('whether a line of the ledger took or added money', () => {
  it.each([
    [
      'debit',
      'debit debits debited dr charge charges charged purchase purchased renewal renew renewed invoice invoiced withdrawal withdraw ' +
        'withdrawn usage consumption spend spent spending expense fee fees order deduction deducted bill billing setup upgrade ' +
        'subscription rental rent hourly out outgoing outbound outflow - −',
    ],
    [
      'credit',
      'credit credits credited cr refund refunds refunded topup top-up top_up TopUp recharge deposit deposited bonus promo promotion ' +
        'promotional voucher coupon gift cashback reward referral grant granted income in incoming inbound inflow + ' +
        'refunded_purchase renewal-refund',
    ],
    [
      'unknown',
      'reversal reverse reversed chargeback void voided failed cancelled canceled dispute disputed correction adjustment ' +
        'refund_reversal charge-failed payment transfer refund_fee order_credit refunds-of-fees -- other',
    ],
  ])('is %s for each of these', (kind, words) => {
    for (const word of words.split(' ')) expect([word, kindOfWord(word)]).toEqual([word, kind]);
  });

  it('is said by several words, of which a card is none', () => {
    expect(['credit card', 'Credit-Card charge', ' + ', ' - ', 'Top up by card'].map(kindOfWord)).toEqual([
      'unknown',
      'debit',
      'credit',
      'debit',
      'credit',
    ]);
  });

  const cents = (amount: number) => amount as Cents;
  it('is said by a sign, where there is one', () => {
    expect(kindOfSign(-500, cents(-500))).toBe('debit');
    expect(kindOfSign(' +5.00', cents(500))).toBe('credit');
    expect([
      kindOfSign('5+', cents(500)),
      kindOfSign(500, cents(500)),
      kindOfSign(0, cents(0)),
      kindOfSign(null, null),
    ]).toEqual([null, null, null, null]);
  });

  it('is said by the balances around it, where the amount is what lies between them', () => {
    expect(kindOfBalances(cents(500), cents(1_500), cents(1_000))).toBe('debit');
    expect(kindOfBalances(cents(-500), cents(1_000), cents(1_500))).toBe('credit');
    expect(kindOfBalances(cents(500), cents(-1_000), cents(-500))).toBe('credit');
    for (const [amount, before, after] of [
      [null, 1_500, 1_000],
      [500, null, 1_000],
      [500, 1_500, null],
      [0, 1_000, 1_000],
      [500, 1_500, 999],
    ] as const)
      expect(
        kindOfBalances(amount as Cents | null, before as Cents | null, after as Cents | null),
      ).toBeNull();
  });
});
