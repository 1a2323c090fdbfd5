import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOf } from '../../../../main/api/read/amount.ts';
import { centsOf, centsOfDollars } from '../../../../main/api/read/money.ts';
import { Row } from '../../../../main/api/read/row.ts';
import { rowsOf } from '../../../../main/api/read/shapes.ts';
import { timeMsOf } from '../../../../main/api/read/time.ts';

describe('money', () => {
  it.each([
    [5240, 5240],
    ['5240', 5240],
    [' -12 ', -12],
    ['5240.00', 5240],
    [0, 0],
    [-0, 0],
    ['-0', 0],
    [52.4, null],
    ['52.40', null],
    [1e21, null],
    ['9007199254740993', null],
    ['1e3', null],
    ['$5', null],
    ['5,240', null],
    ['5240 cents', 5240],
    ['5240¢', 5240],
    [NaN, null],
    [true, null],
    [null, null],
  ])('%j in cents is %j', (raw, cents) => {
    expect(centsOf(raw)).toBe(cents);
  });

  it.each([
    [52.4, 5240],
    ['52.40', 5240],
    ['52.4', 5240],
    ['52', 5200],
    ['52.', 5200],
    ['52.400', 5240],
    ['-0.01', -1],
    [0.1, 10],
    ['0.005', null],
    ['.5', null],
    ['$52.40', 5240],
    ['US$52.40', 5240],
    ['USD 52.40', 5240],
    ['52.40 USD', 5240],
    ['52.40 $', 5240],
    ['$1,234.56', 123_456],
    ['1,234.56', 123_456],
    ['-$5', -500],
    ['$-5', -500],
    ['−$5.00', -500],
    ['($5.00)', -500],
    ['+5 US dollars', 500],
    ['5,00', null],
    ['1.234,56', null],
    ['1,23,456.00', null],
    ['5,240', null],
    ['€5', null],
    ['C$5', null],
    ['5 CAD', null],
    ['$5.00/mo', null],
    ['--5', null],
    ['(-$5)', null],
    ['$', null],
    [1e-7, null],
  ])('%j in dollars is %j', (raw, cents) => {
    expect(centsOfDollars(raw)).toBe(cents);
  });

  it('in dollars is exact for every amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (cents) => {
        const size = Math.abs(cents);
        const text = `${cents < 0 ? '-' : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
        expect(centsOfDollars(text)).toBe(cents);
        expect(centsOfDollars(JSON.parse(text))).toBe(cents);
      }),
    );
  });

  it.each([
    [{ amount_cents: 120 }, 120, 0],
    [{ amount_usd: '1.20' }, 120, 0],
    [{ amount: 120 }, 120, 0],
    [{ amount: '1.20' }, 120, 0],
    [{ amount: 1.2 }, null, 1],
    [{ amount: 'free' }, null, 1],
    [{ amount_usd: 'free' }, null, 1],
    [{ amount: { cents: 5 } }, 5, 0],
    [{ amount: { amount: '120' } }, 120, 0],
    [{ amount: { amount: '1.20', currency: 'USD' } }, 120, 0],
    [{ amount: '$1,234.50' }, 123_450, 0],
    [{ amountCents: '120' }, 120, 0],
    [{ amount: '€5' }, null, 1],
    [{ amount: {} }, null, 0],
    [{ amount: '5.00 USD' }, 500, 0],
    [{ amount: 'US$5' }, 500, 0],
    [{ amount: '5,240' }, null, 1],
    [{ amount_minor: 120 }, 120, 0],
    [{ amount_micros: 1_200_000 }, 120, 0],
    [{ amount_micros: 1_200_001 }, null, 1],
    // Another currency is never shown as dollars.
    [{ amount_cents: 120, currency: 'EUR' }, null, 1],
    [{ amount: '1.20', currencyCode: 'eur' }, null, 1],
    [{ amount_cents: 120, currency: { code: 'GBP', symbol: '£' } }, null, 1],
    [{ amount_cents: 120, currency_symbol: '€' }, null, 1],
    [{ amount: { amount: 120, currency: 'JPY' } }, null, 1],
    [{ amount_cents: { value: 120, currency: 'EUR' } }, null, 1],
    [{ amount: [{ amount: 120, currency: 'eur' }] }, null, 1],
    [{ amount_eur: 120 }, null, 0],
    [{ amount_cents: 120, currency: 'USD' }, 120, 0],
    [{ amount_cents: 120, currency: { id: 1, code: 'usd' } }, 120, 0],
    [{ amount_cents: 120, currency: null }, 120, 0],
    [{ amount_cents: 120, currency: '$' }, 120, 0],
    // As payment services write it.
    [{ amount: [{ amount: 120, currency: 'usd' }] }, 120, 0],
    [{ amount: { value: '1.20', currency_code: 'USD' } }, 120, 0],
    [{ amount: { units: '1', nanos: 200_000_000, currency_code: 'USD' } }, 120, 0],
    [{ amount: { units: '-1', nanos: -200_000_000 } }, -120, 0],
    [{ amount: { amount: 120, scale: 2 } }, 120, 0],
    [{ amount: { amount: 1200, precision: 3 } }, 120, 0],
    [{ amount: { amount: 1, exponent: 0, currency: 'USD' } }, 100, 0],
    [{ amount: { amount: 1205, scale: 3 } }, null, 1],
    [{ amount: { value: 1, unit: 'USD' } }, 100, 0],
    [{ amount: { value: 120, unit: 'cents' } }, 120, 0],
    [{ amount: { value: 120, unit: 'credits' } }, null, 1],
    // What is shown beside it says whether it is dollars or cents.
    [{ amount: 120, amount_formatted: '$1.20' }, 120, 0],
    [{ amount: 52, formatted_amount: '$52.00' }, 5200, 0],
    [{ amount: { amount: 52, formatted: '52.00 USD' } }, 5200, 0],
    [{ amount: -500, amount_display: '$5.00' }, -500, 0],
    [{ amount: 52, amount_formatted: '$17.00' }, null, 1],
    [{ amount: 52, amount_formatted: '€52' }, null, 1],
    [{ amount: { id: 5, status: 'paid' } }, null, 1],
    [{}, null, 0],
  ])('whose field may name its unit: %j is %j', (raw, cents, reports) => {
    const said: string[] = [];
    expect(amountOf(new Row(raw, '', (path) => said.push(path)), 'amount')).toBe(cents);
    expect(said).toHaveLength(reports);
  });
});

describe('a time', () => {
  const at = Date.UTC(2026, 5, 14, 12, 30);
  it.each([
    ['2026-06-14T12:30:00.000Z', at],
    ['2026-06-14T12:30:00.000000Z', at],
    ['2026-06-14T14:30:00+02:00', at],
    ['2026-06-14T14:30:00.000+0200', at],
    ['2026-06-14T12:30:00', at],
    ['2026-06-14 12:30:00', at],
    ['2026-06-14', Date.UTC(2026, 5, 14)],
    [at, at],
    [at / 1000, at],
    [String(at / 1000), at],
    ['0000-00-00 00:00:00', null],
    ['2026-13-45T99:99:99.000Z', null],
    ['tomorrow', null],
    // Microseconds and nanoseconds, by their size.
    [at * 1000, at],
    [at * 1e6, at],
    [`${at}000000`, at],
    [at / 1000 + 0.5, at + 500],
    ['2026-06-14 12:30:00 UTC', at],
    ['2026-06-14 12:30:00 GMT', at],
    ['2026-06-14 12:30:00Z', at],
    ['2026-06-14 14:30:00 +02:00', at],
    ['2026-06-14 14:30:00 +0200', at],
    ['2026-06-14T14:30:00+02', at],
    ['2026-06-14 14:30:00 +0200 CEST', at],
    ['2026-06-14T14:30:00+02:00[Europe/Berlin]', at],
    ['2026-06-14 14:30:00 Europe/Berlin', at],
    ['2026-06-14T12:30', at],
    ['2026-06-14T12:30:00,000Z', at],
    ['Sun, 14 Jun 2026 12:30:00 +0000', at],
    ['Sun, 14 Jun 2026 14:30:00 +0200', at],
    ['Sun, 14 Jun 2026 12:30:00 GMT', at],
    ['14 Jun 2026 12:30', at],
    ['Sunday, 14-Jun-2026 12:30:00 UTC', at],
    [`/Date(${at})/`, at],
    ['20260614T123000Z', at],
    ['20260614123000', at],
    [20260614123000, at],
    ['20260614', Date.UTC(2026, 5, 14)],
    [20260614, Date.UTC(2026, 5, 14)],
    // A zone beside the time, as PHP writes it.
    [{ date: '2026-06-14 14:30:00.000000', timezone_type: 3, timezone: 'Europe/Berlin' }, at],
    [{ date: '2026-06-14 14:30:00.000000', timezone_type: 1, timezone: '+02:00' }, at],
    [{ date: '2026-06-14 12:30:00.000000', timezone_type: 3, timezone: 'UTC' }, at],
    [{ date: '2026-01-14 13:30:00', timezone: 'Europe/Berlin' }, Date.UTC(2026, 0, 14, 12, 30)],
    [{ date: '2026-06-14T12:30:00Z', timezone: 'America/New_York' }, at],
    [{ datetime: '2026-06-14 08:30:00', tz: 'America/New_York' }, at],
    [{ date: '2026-06-14', time: '12:30:00' }, at],
    [{ date: '2026-06-14', time: '14:30', timezone: 'Europe/Berlin' }, at],
    [{ date: '2026-06-14T12:30:00Z', human: 'in 3 days' }, at],
    [{ seconds: String(at / 1000), nanos: 0 }, at],
    [{ $date: '2026-06-14T12:30:00Z' }, at],
    [{ $date: { $numberLong: String(at) } }, at],
    [{ unix: at / 1000, formatted: '14 June' }, at],
    [['2026-06-14T12:30:00Z'], at],
    // None that is sure.
    [{ date: '2026-06-14 14:30:00', timezone: 'CEST' }, null],
    [{ date: '2026-06-14 14:30:00', timezone: 'Europe/Nowhere' }, null],
    [{ date: '2026-06-14 14:30:00', timezone: 120 }, null],
    ['2026-06-14 12:30:00 EST', null],
    ['2026-06-14 02:30 PM', null],
    ['2026-02-30T00:00:00.000Z', null],
    ['2026-06-31', null],
    ['14/06/2026', null],
    ['06/07/2026', null],
    ['June 14, 2026', null],
    [[2026, 6, 14, 12, 30], null],
    // What stands for no time at all.
    ['0001-01-01T00:00:00Z', null],
    ['1970-01-01T00:00:00.000Z', null],
    ['-0001-11-30T00:00:00.000000Z', null],
    ['1', null],
    [30, null],
    [3600, null],
    [1e20, null],
    [0, null],
    [-1, null],
    [1e300, null],
    [null, null],
    [{}, null],
  ])('%j is %j', (raw, ms) => {
    expect(timeMsOf(raw)).toBe(ms);
  });
});

describe('the rows of a list', () => {
  const rows = [{ id: 1 }];
  it.each([
    [rows, rows],
    [{ data: rows }, rows],
    [{ data: rows, links: [1], meta: { links: [] } }, rows],
    [{ instances: rows, total: 1 }, rows],
    [{ data: { instances: rows } }, rows],
    [{ data: { '0': { id: 1 }, '7': {} } }, [{ id: 1, map_key: '0' }, { map_key: '7' }]],
    [{ data: {} }, []],
    [{ data: JSON.stringify(rows) }, rows],
    [{ Data: { Items: rows } }, rows],
    [{ data: [] }, []],
    [{ a: [], b: [] }, null],
    [{ data: null }, null],
    [{}, null],
    ['[]', []],
    ['[', null],
    [null, null],
  ])('%j are %j', (body, expected) => {
    expect(rowsOf(body)).toEqual(expected);
  });
});

describe('a row', () => {
  it('reports what it cannot read, and never its value', () => {
    const said: string[] = [];
    const row = new Row(
      {
        id: {},
        name: ['secret', 'secret'],
        ram: 'secret',
        ok: 'secret',
        at: 'secret',
        ips: [{}, 'a', 5, null],
      },
      '[3]',
      (path, message) => said.push(`${path}: ${message}`),
    );
    expect([row.id('id'), row.text('name'), row.number('ram'), row.boolean('ok')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect([row.timeMs('at'), row.texts('ips')]).toEqual([null, ['a', '5']]);
    expect(said).toEqual([
      '[3].id: expected an id, got object',
      '[3].name: expected a text, got array',
      '[3].ram: expected a number, got string',
      '[3].ok: expected true or false, got string',
      '[3].at: expected a time, got string',
      '[3].ips[0]: expected a text',
      '[3].ips[3]: expected a text',
    ]);
  });

  it('takes null and what is missing without a word, and the first name that has something', () => {
    const row = new Row({ ram: null, vcpus: '2', on: 1 }, '', () => expect.unreachable());
    expect([row.number('ram'), row.number('vcpu', 'vcpus'), row.boolean('on'), row.text('name')]).toEqual([
      null,
      2,
      true,
      null,
    ]);
  });

  it('cuts a text that is too long, and takes no id that is', () => {
    const row = new Row({ id: 'x'.repeat(201), name: 'x'.repeat(10_000) }, '', () => undefined);
    expect(row.text('name')).toHaveLength(2_000);
    expect(row.id('id')).toBeNull();
  });
});
