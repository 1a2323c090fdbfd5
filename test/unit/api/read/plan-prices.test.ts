import { describe, expect, it } from 'vitest';
import { readOsGroups } from '../../../../main/api/read/os-templates.ts';
import { areLow, areWithoutUnit, pricesOf } from '../../../../main/api/read/plan-prices.ts';
import { readPlans } from '../../../../main/api/read/plans.ts';
import { Row } from '../../../../main/api/read/row.ts';
import type { Raw } from '../../../../main/api/read/values.ts';

/** Prices by their cycle, and what was reported. */
function read(raw: Raw) {
  const said: string[] = [];
  const row = new Row(raw, '', (path, message) => said.push(`${path}: ${message}`));
  return { prices: Object.fromEntries(pricesOf(row, raw).map(({ cycle, cents }) => [cycle, cents])), said };
}

describe('the prices of a plan', () => {
  it.each<readonly [Raw, object]>([
    ...['prices', 'pricing', 'cycles', 'billing_cycles', 'price'].flatMap(
      (name): (readonly [Raw, object])[] => [
        [{ [name]: { monthly: 500, yearly: 5_400 } }, { monthly: 500, yearly: 5_400 }],
        [{ [name]: [{ cycle: 'monthly', price: 500 }] }, { monthly: 500 }],
        [
          { [name]: { monthly: { price: 500 }, yearly: { price: '54.00' } } },
          { monthly: 500, yearly: 5_400 },
        ],
      ],
    ),
    ...['price', 'amount', 'total', 'cost', 'value'].map((name): readonly [Raw, object] => [
      { prices: [{ cycle: 'monthly', [name]: 500 }] },
      { monthly: 500 },
    ]),
    ...['price', 'amount', 'cost', 'price_cents', 'amount_cents'].map((name): readonly [Raw, object] => [
      { [name]: 500, interval: 'month' },
      name === 'amount_cents' ? {} : { monthly: 500 },
    ]),
    [{ price_usd: '5.00', billing_cycle: 'yearly' }, { yearly: 500 }],
    ...[
      'monthly_cents',
      'price_monthly',
      'monthlyPrice',
      'monthly_cost',
      'monthly_rate',
      'fee_per_month',
      'total_monthly',
    ].map((name): readonly [Raw, object] => [{ [name]: 500 }, { monthly: 500 }]),
    ...['monthly_usd', 'monthly_price_usd', 'price_monthly_dollars', 'monthly_price_in_usd'].map(
      (name): readonly [Raw, object] => [{ [name]: 5 }, { monthly: 500 }],
    ),
    [{ prices: { hourly: 1, monthly: 500 } }, { hourly: 1, monthly: 500 }],
    [{ prices: { 1: 500, 12: 5_400 } }, { monthly: 500, yearly: 5_400 }],
    [{ prices: { monthly: 0 } }, { monthly: 0 }],
    [{ prices: { monthly: 500, yearly: 500 } }, { monthly: 500, yearly: 500 }],
    [{ prices: { monthly: 500, yearly: 0 } }, { monthly: 500, yearly: 0 }],
    [{ prices: { monthly: 500, yearly: null } }, { monthly: 500 }],
    [{ prices: { monthly: 500, yearly: -1, '6months': '-1.00' } }, { monthly: 500 }],
    [
      {
        prices: [
          { cycle: 'monthly', price: 500 },
          { cycle: 'yearly', price: -1 },
        ],
      },
      { monthly: 500 },
    ],
    [
      {
        prices: [
          { cycle: 'monthly', price: 500 },
          { interval: 'month', price: 500 },
        ],
      },
      { monthly: 500 },
    ],
    [{ prices: { monthly: { monthly: 500 } } }, { monthly: 500 }],
    [
      { prices: { monthly: 500, currency: 'USD', symbol: '$', label: 'x', display: 'y', id: 7 } },
      { monthly: 500 },
    ],
    [{ prices: { usd: { monthly: 500 }, eur: { monthly: 450 } } }, { monthly: 500 }],
    [{ monthly_price: 500, price_monthly: 500 }, { monthly: 500 }],
    [{ price: 500 }, {}],
    [{ 12: 5_400 }, {}],
    [{}, {}],
  ])('in %j are %j', (raw, prices) => expect(read(raw)).toEqual({ prices, said: [] }));

  const noCycle = 'expected a price of a known cycle in dollars';
  it.each<readonly [Raw, object, readonly string[]]>([
    [{ prices: { monthly: 500 }, currency: 'EUR' }, {}, ['.currency: expected prices in dollars']],
    [{ prices: [{ price: 500 }] }, {}, [`.prices.cycle: ${noCycle}`]],
    [{ prices: [{ cycle: 'monthly', price: 500, currency: 'EUR' }] }, {}, [`.prices.currency: ${noCycle}`]],
    [{ prices: [{ cycle: 'monthly', price: -500 }] }, {}, ['.prices.monthly: expected a price']],
    [{ prices: { setup: 500 } }, {}, ['.prices.setup: expected a billing cycle']],
    [{ prices: { monthly: -500 } }, {}, ['.prices.monthly: expected a price']],
    [
      { prices: { monthly: 500, yearly: 450 } },
      { monthly: 500 },
      ['.prices.yearly: expected the price of the whole cycle'],
    ],
    [
      {
        prices: [
          { cycle: 'monthly', price: 500 },
          { cycle: 'monthly', price: 900 },
          { cycle: 'yearly', price: 5_400 },
        ],
      },
      { yearly: 5_400 },
      ['.prices.monthly: expected one price'],
    ],
  ])('in %j are %j, and told of', (raw, prices, said) => expect(read(raw)).toEqual({ prices, said }));
});

it('prices are low where no server costs so little by the month', () => {
  const low = (cycle: string, cents: number) =>
    areLow([
      { cycle: 'monthly', cents: 500 },
      { cycle, cents },
    ] as never);
  expect([low('monthly', 39), low('yearly', 479), low('6months', 239)]).toEqual([true, true, true]);
  expect([low('monthly', 40), low('yearly', 480), low('monthly', 0), low('hourly', 1)]).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(areLow([])).toBe(false);
});

it('prices have a unit where the name of a field has one', () => {
  const named = [
    'price_cents',
    'cents',
    'dollars',
    'dollar',
    'priceMinor',
    'micros',
    'price_usd',
    'usd_price',
    'USD_price',
  ];
  expect(named.map((name) => areWithoutUnit({ prices: { [name]: 5 } }))).toEqual(named.map(() => false));
  expect([areWithoutUnit({ price: 5, note: 'in cents' }), areWithoutUnit({ usd: 5 })]).toEqual([true, true]);
});

describe('plans', () => {
  const plans = (body: unknown) => {
    const said: string[] = [];
    return { plans: readPlans(body, (path, message) => said.push(`${path}: ${message}`)), said };
  };
  const plan = { id: 3, name: 'Scout', vcpu: 2, price_cents: 500, interval: 'month' };

  it.each([
    [{ data: [plan], total: 5 }, ': expected all plans, got 1'],
    ['x', ': expected plans, got string'],
    [[{ ...plan, id: undefined, uuid: null }], '[0].package_id: expected an id, got null'],
  ])('of %j tell that not all came, or none', (body, message) => expect(plans(body).said).toContain(message));

  it.each(['slug', 'code', 'plan_slug', 'plan'])('are called by their %s in a list of servers', (name) => {
    expect(plans([{ ...plan, [name]: 'scout-2' }]).plans).toMatchObject([{ slug: 'scout-2', name: 'Scout' }]);
  });

  it.each(['name', 'label', 'title', 'display_name'])('are shown by their %s', (name) => {
    expect(plans([{ id: 3, vcpu: 2, [name]: 'Scout' }]).plans).toMatchObject([{ name: 'Scout', slug: null }]);
  });

  it('without prices in dollars or cents that are sure have none', () => {
    expect(plans([{ id: 3, name: 'a', prices: { monthly: 5 } }, plan])).toMatchObject({
      plans: [{ prices: [] }, { prices: [{ cycle: 'monthly', cents: 500 }] }],
      said: ['prices: expected a unit'],
    });
  });
});

describe('systems', () => {
  const systems = (body: unknown) => {
    const said: string[] = [];
    return { groups: readOsGroups(body, (path, message) => said.push(`${path}: ${message}`)), said };
  };

  it.each(['templates', 'variants', 'options', 'versions', 'images', 'items', 'os_templates', 'systems'])(
    'can lie in the %s of a group',
    (name) => {
      expect(systems([{ name: 'Debian', [name]: [{ id: 12, name: 'Debian 12', version: '12' }] }])).toEqual({
        groups: [{ name: 'Debian', templates: [{ id: '12', name: 'Debian 12', version: '12' }] }],
        said: [],
      });
    },
  );

  it.each(['groups', 'os_groups', 'categories', 'os', 'data'])('can have their groups in %s', (name) => {
    expect(
      systems({ [name]: [{ name: 'Debian', templates: [{ id: 12, name: 'x' }] }] }).groups,
    ).toMatchObject([{ name: 'Debian', templates: [{ id: '12' }] }]);
  });

  it.each([
    [{ id: 1, label: 'Debian' }, 'Debian', null],
    [{ id: 1, title: 'Debian' }, 'Debian', null],
    [{ id: 1, name: 'Debian', options: { ssh: true } }, 'Debian', null],
    ...['family', 'distribution', 'distro', 'os_name', 'os'].map(
      (name) => [{ id: 1, [name]: 'Debian', version: '12' }, 'Debian 12', '12'] as const,
    ),
    ...['version', 'release', 'variant'].map((name) => [{ id: 1, [name]: '12' }, '12', '12'] as const),
  ] as const)('%j is called %s', (template, name, version) => {
    expect(systems([template])).toEqual({
      groups: [{ name: 'Templates', templates: [{ id: '1', name, version }] }],
      said: [],
    });
  });

  it('without a name have their id, and that is told of', () => {
    expect(systems([{ name: 'Debian', templates: [{ id: 1 }, { id: 2, name: 'x' }] }])).toEqual({
      groups: [
        {
          name: 'Debian',
          templates: [
            { id: '1', name: '1', version: null },
            { id: '2', name: 'x', version: null },
          ],
        },
      ],
      said: ['[0].templates[0].name: expected a name'],
    });
  });

  it('are none where none of them could be read', () => {
    expect(systems('x')).toEqual({ groups: null, said: [': expected a list, got string'] });
    expect(systems([{ name: 'Debian', templates: [{ name: 'x' }] }]).groups).toBeNull();
    expect(
      systems([
        { name: 'A', templates: [] },
        { name: 'B', templates: [{ id: 1, name: 'x' }] },
      ]).groups,
    ).not.toBeNull();
    expect(systems([])).toEqual({ groups: [], said: [] });
  });
});
