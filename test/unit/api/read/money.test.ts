import { describe, expect, it } from 'vitest';
import { amountInside, amountOf, isForeign } from '../../../../main/api/read/amount.ts';
import {
  centsAtScale,
  centsOf,
  centsOfDollars,
  isDollarWord,
  saysDollars,
} from '../../../../main/api/read/money.ts';
import { Row } from '../../../../main/api/read/row.ts';
import type { Raw } from '../../../../main/api/read/values.ts';

/** The amount of a row, and what was reported. */
function read(raw: Raw, ...names: readonly string[]) {
  const said: string[] = [];
  const row = new Row(raw, '', (path, message) => said.push(`${path}: ${message}`));
  return { cents: amountOf(row, ...(names.length > 0 ? names : ['amount'])), said };
}

describe('an amount in parts of a dollar', () => {
  it.each([
    // 123.45 cents.
    [1_234_500, 6, null],
    ['1230000', 6, 123],
    ['1.5', 0, 150],
    ['15.0', 1, 150],
    ['7', 2, 7],
    ['-70', 3, -7],
    ['+70', 3, 7],
    ['5', 3, null],
    ['0', 6, 0],
    ['-0.00', 2, 0],
    ['1230000.5', 6, null],
    ['1e3', 2, null],
    ['', 2, null],
    ['90071992547409.91', 0, 9_007_199_254_740_991],
    ['90071992547409.92', 0, null],
    [' 5 ', 2, 5],
    [[5], 2, null],
  ])('%j at %i places is %j cents', (raw, scale, cents) => {
    expect(centsAtScale(raw, scale)).toBe(cents);
  });

  it('is never −0', () => expect(Object.is(centsOf('-0'), 0)).toBe(true));
});

describe('a text that says cents', () => {
  it.each([
    ['5 cents', 5],
    ['-5 cent', -5],
    ['+5¢', 5],
    [' 12 CENTS ', 12],
    ['5.5 cents', null],
    ['x5 cents', null],
    ['5 cents x', null],
    ['5 centss', null],
  ])('%j is %j', (raw, cents) => expect(centsOf(raw)).toBe(cents));
});

describe('a text that says dollars', () => {
  it.each([
    ['$5', 500],
    ['US $5', 500],
    ['usd5', 500],
    ['5 USD', 500],
    ['5$', 500],
    ['5 dollar', 500],
    ['5 US dollars', 500],
    ['5.', 500],
    ['$1,234', 123_400],
    ['$12,345,678.90', 1_234_567_890],
    ['+$5.00', 500],
    ['($1,234.50)', -123_450],
    ['( 5.00 USD )', -500],
    ['$ -5', -500],
    ['$+5', 500],
    ['-5 USD', -500],
  ])('%j is %j cents', (raw, cents) => {
    expect(centsOfDollars(raw)).toBe(cents);
    expect(saysDollars(raw)).toBe(true);
  });

  it.each([
    '(5',
    '5)',
    '($5.00',
    '+-5',
    '-$-5',
    '(+5)',
    '($+5)',
    '$$',
    '$1,23',
    '$1234,567',
    '$1,2345',
    'x$5',
    '$5x',
    '5 euros',
    '5 EUR',
    '$5 $x',
    `$${'0'.repeat(60)}5`,
  ])('%j is no amount', (raw) => {
    expect(centsOfDollars(raw)).toBeNull();
    expect(saysDollars(raw)).toBe(false);
  });

  it('is one by its sign, its word or its point, and not by its digits alone', () => {
    expect(['5', '1234', '-5', '(5)'].map(saysDollars)).toEqual([false, false, false, false]);
    expect(['5.00', '-5.0', '(5.00)', '1,234.50'].map(saysDollars)).toEqual([true, true, true, true]);
  });

  it.each([
    'USD',
    'usd',
    ' US$ ',
    'US $',
    'USD$',
    '$',
    'US dollars',
    'usdollar',
    'United States Dollar',
    'dollar',
  ])('has the word "%s"', (word) => expect(isDollarWord(word)).toBe(true));

  it.each(['CAD', 'C$', 'AUD$', 'xUSD', 'USDT', 'dollars!', 'Australian dollars', '', 'cents', '$5'])(
    'has not the word "%s"',
    (word) => expect(isDollarWord(word)).toBe(false),
  );
});

describe('the unit of an amount', () => {
  it.each<readonly [Raw]>([
    ...['amount_cents', 'amount_in_cents', 'cents_amount', 'amount_minor', 'amount_minor_units'].map(
      (name) => [{ [name]: 520 }] as const,
    ),
    ...['amount_usd', 'amount_dollars', 'amount_in_dollars', 'amount_in_usd', 'usd_amount'].map(
      (name) => [{ [name]: '5.20' }] as const,
    ),
    ...['amount_micros', 'amount_in_micros'].map((name) => [{ [name]: 5_200_000 }] as const),
    ...['value', 'amount', 'total', 'count', 'number'].map(
      (name) => [{ amount_cents: { [name]: 520 } }] as const,
    ),
    ...['amount', 'value', 'price', 'total', 'balance', 'number'].map(
      (name) => [{ amount: { [name]: 520 } }] as const,
    ),
    ...['cents', 'minor', 'in_cents', 'subunits'].map((name) => [{ amount: { [name]: '520' } }] as const),
    ...['usd', 'dollars', 'major'].map((name) => [{ amount: { [name]: 5.2 } }] as const),
    ...['scale', 'exponent', 'precision', 'decimals', 'decimal_places', 'fraction_digits', 'minor_unit'].map(
      (name) => [{ amount: { value: 5_200, [name]: 3 } }] as const,
    ),
    ...['unit', 'units', 'denomination'].map((name) => [{ amount: { value: 5.2, [name]: 'USD' } }] as const),
    ...['¢', 'cent', 'cents', 'US cents', 'usd-cents', 'usd_cent', 'minor', 'minor units', 'Minor_Unit'].map(
      (unit) => [{ amount: { value: '520', unit } }] as const,
    ),
    ...['major', 'major units', 'Major_Unit', 'dollars', ' usd '].map(
      (unit) => [{ amount: { value: 5.2, unit } }] as const,
    ),
    [{ amount: { micros: '5200000' } }],
    [{ amount: { units: 5, nanos: 200_000_000 } }],
    [{ amount: { nanos: 5_200_000_000 } }],
    [{ amount: { value: '5.20', scale: 2 } }],
    [{ amount: { value: 520, unit: 'month' } }],
    [{ amount: { amount: { amount: { amount: 520 } } } }],
    [{ amount: { amount_cents: 520 } }],
    [{ amount: { value: '5200000000', scale: 9 } }],
    [{ amount: { value: 520, unit: ' cents ' } }],
    [{ amount: { value: 520, unit: 'usdcents' } }],
    [{ amount: { value: 520, unit: 'USD cents' } }],
    [{ amount: { value: 520, unit: 'uscent' } }],
    [{ amount_cents: [520] }],
    [{ amount_cents: '', amount_usd: 5.2 }],
    [{ amount_cents: null, amount: 520 }],
    [{ amount: '{"value":520}' }],
    [{ amount: ['{"value":520}'] }],
    [{ amount: { value: 520, formatted: 'free of charge' } }],
    ...['formatted', 'display', 'text', 'human', 'formatted_amount', 'string'].map(
      (name) => [{ amount: { value: 5.2, [name]: '$5.20' } }] as const,
    ),
    ...['amount_formatted', 'formatted_amount', 'amount_display', 'amount_text', 'human_amount'].map(
      (name) => [{ amount: 5.2, [name]: '$5.20' }] as const,
    ),
    [{ amount: '520', amount_formatted: 'USD 5.20' }],
  ])('of %j is known: $5.20', (raw) => {
    expect(read(raw)).toEqual({ cents: 520, said: [] });
  });

  const whole = '.amount: expected an amount in whole cents';
  it.each<readonly [Raw, string]>([
    [{ amount: 5.2 }, whole],
    [{ amount: '5,20' }, whole],
    [{ amount_cents: 'x' }, '.amount_cents: expected an amount'],
    [{ amount_usd: 0.005 }, '.amount_usd: expected an amount'],
    [{ amount_micros: 1 }, '.amount_micros: expected an amount'],
    [{ amount_cents: [520, 1] }, '.amount_cents: expected an amount'],
    [{ amount_cents: { x: 520 } }, '.amount_cents: expected an amount'],
    [{ amount_cents: { value: 520, currency: 'EUR' } }, '.amount_cents: expected an amount in dollars'],
    [{ amount: { value: 520, unit: 'points' } }, '.amount.amount: expected an amount of a known unit'],
    [{ amount: { value: 5.5, unit: 'cents' } }, '.amount.amount: expected an amount'],
    [{ amount: { value: 'x', unit: 'USD' } }, '.amount.amount: expected an amount'],
    [{ amount: { value: 520, scale: 10 } }, '.amount.amount: expected an amount'],
    [{ amount: { value: 520, scale: -1 } }, '.amount.amount: expected an amount'],
    [{ amount: { value: 520, scale: 1.5 } }, '.amount.amount: expected an amount'],
    [{ amount: { value: 520, scale: 'x' } }, '.amount.amount: expected an amount'],
    [{ amount: { units: 'x', nanos: 0 } }, '.amount.units: expected an amount'],
    [{ amount: { units: 1, nanos: 1 } }, '.amount.units: expected an amount'],
    [{ amount: { x: 1 } }, '.amount.amount: expected an amount'],
    [{ amount: { value: '52000000000', scale: 10 } }, '.amount.amount: expected an amount'],
    ...['percents', 'centsx', 'minority', 'majority', 'xmajor', 'xminor'].map(
      (unit) =>
        [{ amount: { value: 520, unit } }, '.amount.amount: expected an amount of a known unit'] as const,
    ),
    // Nothing is not the same as nothing in another currency.
    [{ amount: 0, amount_formatted: '€0' }, '.amount: expected an amount as it is shown'],
    [{ amount: 'free', amount_formatted: '$0.00' }, '.amount: expected an amount as it is shown'],
    [{ amount: 520, amount_formatted: '$5.21' }, '.amount: expected an amount as it is shown'],
    [{ amount: 520, amount_formatted: '520 points' }, '.amount: expected an amount as it is shown'],
    [{ amount: 'free', amount_formatted: '$5.20' }, '.amount: expected an amount as it is shown'],
    [{ amount: 520, currency: 'EUR' }, '.amount: expected an amount in dollars'],
    [{ amount: { value: 520, currency: 'EUR' } }, '.amount.amount: expected an amount in dollars'],
  ])('of %j is not: %s', (raw, message) => {
    expect(read(raw)).toEqual({ cents: null, said: [message] });
  });

  it.each([
    [{}],
    [{ amount: null }],
    [{ amount: '' }],
    [{ amount: {} }],
    [{ amount: [] }],
    [{ amount: true }],
    [{ amount: [520] }],
    [{ amount: [{ amount: 520 }, { amount: 1 }] }],
  ])('of %j is not missed: there is no amount', (raw) =>
    expect(read(raw)).toEqual({ cents: null, said: [] }),
  );

  it('is looked for no deeper than in four objects', () => {
    expect(read({ amount: { amount: { amount: { amount: { amount: 520 } } } } }).cents).toBeNull();
    expect(read({ amount: [{ amount: [{ amount: [{ amount: [{ amount: 520 }] }] }] }] }).cents).toBeNull();
  });

  it('is looked for under one name after the other, and ends at the first that is there', () => {
    expect(read({ total: 520 }, 'amount', 'total')).toEqual({ cents: 520, said: [] });
    expect(read({ amount: 1, total_cents: 520 }, 'amount', 'total')).toEqual({ cents: 1, said: [] });
    expect(read({ amount: 5.2, total_cents: 520 }, 'amount', 'total')).toEqual({
      cents: null,
      said: [whole],
    });
  });
});

describe('a currency', () => {
  const of = (raw: Raw) => isForeign(new Row(raw, '', () => expect.unreachable()));

  it.each([
    'currency',
    'currency_code',
    'currency_iso',
    'iso_currency',
    'ccy',
    'currency_symbol',
    'currencyCode',
  ])('is said by %s', (name) => {
    expect([of({ [name]: 'EUR' }), of({ [name]: 'USD' }), of({ [name]: '' }), of({ [name]: ' ' })]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it.each(['code', 'iso', 'iso_code', 'symbol', 'value', 'name'])('can be an object with a %s', (name) => {
    expect([of({ currency: { [name]: 'EUR' } }), of({ currency: { [name]: 'USD' } })]).toEqual([true, false]);
  });

  it('that is not said is the dollar', () => {
    expect([of({}), of({ currency: null }), of({ currency: {} }), of({ currency: [] })]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('an amount that is an object of its own', () => {
  const inside = (raw: Raw) => {
    const said: string[] = [];
    const row = new Row(raw, '', (path, message) => said.push(`${path}: ${message}`));
    return { cents: amountInside(row, 'price', 'total'), said };
  };

  it.each([
    [{ price: 520 }],
    [{ total: 520 }],
    [{ price_cents: 520 }],
    [{ total_usd: 5.2 }],
    [{ cents: 520 }],
    [{ minor: 520 }],
    [{ in_cents: 520 }],
    [{ subunits: '520' }],
    [{ dollars: 5.2 }],
    [{ major: '5.20' }],
    [{ micros: 5_200_000 }],
  ])('is read from %j', (raw) => expect(inside(raw)).toEqual({ cents: 520, said: [] }));

  it.each([[{}], [{ amount: 520 }], [{ price: 520, currency: 'EUR' }]])('is missed in %j', (raw) => {
    const { cents, said } = inside(raw);
    expect([cents, said.length]).toEqual([null, 1]);
    expect(said[0]).toMatch(/^\.price: expected an amount/);
  });
});
