import { describe, expect, it } from 'vitest';
import { readOsGroups } from '../../../../main/api/read/os-templates.ts';
import { readPlans } from '../../../../main/api/read/plans.ts';

const said: string[] = [];
const report = (path: string): void => void said.push(path);

const small = {
  packageId: '1',
  slug: 'scout-2',
  name: 'Scout 2',
  category: 'standard',
  vcpu: 2,
  ramGb: 4,
  storageGb: 60,
  prices: [
    { cycle: 'monthly', cents: 1000 },
    { cycle: 'yearly', cents: 10_200 },
  ],
  isSoldOut: false,
};
const size = { cpuCores: 2, memoryMb: 4096, storage_gb: 60 };

describe('plans', () => {
  it.each([
    ['a list of categories', [{ slug: 'standard', plans: [{ package_id: 1, slug: 'scout-2', name: 'Scout 2', vcpu: 2, ram: 4, storage: 60, prices: { monthly: 1000, yearly: 10_200 } }] }]],
    ['a map of categories', { standard: { title: 'Standard', plans: [{ packageId: 1, slug: 'scout-2', name: 'Scout 2', ...size, pricing: { monthly: '10.00', annually: '102.00' } }] } }],
    ['a map of plans', { plans: { 'scout-2': { package_id: 1, title: 'Scout 2', category: { slug: 'standard' }, ...size, monthly_price_cents: 1000, yearlyPriceUsd: '102.00' } } }],
    ['a map of maps', { data: { standard: { 'scout-2': { id: 1, name: 'Scout 2', specs: size, vcpu: 2, prices: [{ billingCycle: 'monthly', price: { amount: '10.00', currency: 'USD' } }, { months: 12, priceCents: 10_200 }] } } } }],
    ['JSON in strings', { data: JSON.stringify({ standard: [{ package_id: '1', slug: 'scout-2', name: 'Scout 2', ...size, prices: '{"monthly_cents":1000,"yearly_cents":10200}' }] }) }],
  ])('as %s are the same', (_, body) => {
    expect(readPlans(body, report)).toEqual([small]);
  }); // prettier-ignore

  it('without a slug have their name, and the word that servers call them by', () => {
    const read = readPlans({ standard: [{ packageId: 1, plan: 'scout-2', cpuCores: 2 }] }, report);
    expect(read).toMatchObject([{ packageId: '1', slug: 'scout-2', name: 'scout-2', category: 'standard' }]);
  });

  it.each([
    ['available: false', { available: false }, true],
    ['inStock: 0', { inStock: 0 }, true],
    ['sold_out: 1', { sold_out: 1 }, true],
    ['availability in words', { availability: 'Out of stock' }, true],
    ['stock.quantity: 0', { stock: { quantity: 0 } }, true],
    ['availability.in_stock: false', { availability: { in_stock: false } }, true],
    ['available.stock: 0', { available: { stock: 0 } }, true],
    ['a status in an object', { stock: { status: { value: 'sold_out', label: 'Sold out' } } }, true],
    ['remaining: 0', { remaining: 0 }, true],
    ['quantity: "0"', { quantity: '0' }, true],
    ['unitsLeft: 0', { unitsLeft: 0 }, true],
    ['purchasable: false', { purchasable: false }, true],
    ['isOrderable: no', { isOrderable: 'no' }, true],
    ['enabled: false', { enabled: false }, true],
    ['disabled: true', { disabled: true }, true],
    ['status: discontinued', { status: 'discontinued' }, true],
    ['in_stock: 3', { in_stock: 3 }, false],
    ['stock.quantity: 4', { stock: { quantity: 4, reserved: 0 } }, false],
    ['available: true', { available: true, enabled: 1, sold_out: 0, status: 'active' }, false],
    ['stock: null', { stock: null, remaining: null, inventory: {} }, false],
    ['stockControl: off, none in stock', { stockControl: false, qty: 0 }, false],
    ['stock without a limit', { stock: { unlimited: true, quantity: 0 } }, false],
    ['stock without a limit, but not sold', { stock: 0, stock_unlimited: true, orderable: false }, true],
    ['no word of it', {}, false],
  ])('are sold out where %s says so', (_, mark, isSoldOut) => {
    expect(readPlans([{ package_id: 1, name: 'Scout 2', ...mark }], report)).toMatchObject([{ isSoldOut }]);
  });

  it('are not empty where none of them could be read', () => {
    expect(readPlans({ standard: [{ vcpu: 2 }] }, report)).toBeNull();
    expect(readPlans('x', report)).toBeNull();
    expect(readPlans([], report)).toEqual([]);
  });
});

describe('a plan with objects in it', () => {
  const specs = { cpu: 2, memory: 4096, disk: 60 };
  const own = { id: 3, slug: 'scout-2', name: 'Scout 2' };
  const read = { packageId: '3', slug: 'scout-2', name: 'Scout 2', vcpu: 2, ramGb: 4, storageGb: 60 };
  const monthly = [{ cycle: 'monthly', cents: 500 }];

  it.each([
    ['specs', { ...own, price_monthly_cents: 500, specs }],
    ['resources and price', { ...own, resources: specs, price: { monthly: 500 } }],
    ['specifications', { ...own, specifications: specs, prices: { monthly: 500 } }],
    ['hardware', { ...own, hardware: { cpuCores: 2, memory_mb: 4096, storage: 60 }, monthly_usd: 5 }],
    ['a category and stock', { ...own, category: { id: 1, name: 'Standard' }, stock: { quantity: 3 }, specs, price: { monthly: '5.00' } }],
    ['attributes', { id: 3, type: 'plans', attributes: { slug: 'scout-2', name: 'Scout 2', specs, price: { monthly: 500 } } }],
    ['attributes with a size', { id: '3', type: 'plans', attributes: { slug: 'scout-2', name: 'Scout 2', ...specs, monthly_cents: 500 } }],
    ['extras that have prices', { ...own, specs, monthly_cents: 500, addons: [{ id: 9, name: 'Backups', price: 100 }] }],
  ])('is one plan: %s', (_, plan) => {
    for (const body of [[plan], { data: [plan] }, { standard: [plan] }, { plans: { 3: plan } }, [{ slug: 'standard', plans: [plan] }]])
      expect(readPlans(body, report)).toMatchObject([{ ...read, prices: monthly }]);
  }); // prettier-ignore

  it('is one plan without a size', () => {
    const bodies = [[{ ...own, price: { monthly: 500 } }], { standard: [{ ...own, price: { monthly: 500, yearly: null } }] }];
    for (const body of bodies) expect(readPlans(body, report)).toMatchObject([{ packageId: '3', prices: monthly }]);
    expect(readPlans([own], report)).toMatchObject([{ packageId: '3', prices: [] }]);
  }); // prettier-ignore

  it.each([
    ['without an id', [{ slug: 'scout-2', name: 'Scout 2', specs, price: { monthly: 500 } }]],
    ['of parts alone', [{ package: 'x', specs, price: { monthly: 500 } }]],
    ['beside plans', { currency: { symbol: '$' }, limits: { max: 5 }, note: { text: 'x' } }],
  ])('has no id from a name of a field: %s', (_, body) => {
    expect(readPlans(body, report) ?? []).toEqual([]);
  });

  it.each(['items', 'data', 'Results'])(
    'is no category without plans, which has an empty list of %s',
    (name) => {
      const categories = [
        { id: 1, name: 'Standard', [name]: [{ ...own, specs, monthly_cents: 500 }] },
        { id: 2, name: 'GPU', [name]: [] },
      ];
      for (const body of [categories, { categories }, { data: categories }])
        expect(readPlans(body, report)).toMatchObject([{ packageId: '3', prices: monthly }]);
      expect(readPlans([{ ...own, specs, [name]: [] }], report)).toMatchObject([{ packageId: '3' }]);
    },
  );

  it('keeps groups that have an id, a price and an unusual list', () => {
    const body = [
      { id: 1, name: 'Standard', price_from: 500, offers: [{ ...own, specs, monthly_cents: 500 }] },
    ];
    expect(readPlans(body, report)).toMatchObject([{ packageId: '3', prices: monthly }]);
  });
});

describe('an object beside its key', () => {
  const read = (raw: object) => {
    const told: string[] = [];
    const plans = readPlans({ 'scout-2': raw, 7: { id: 7 } }, (path, message) =>
      told.push(`${path}: ${message}`),
    );
    return { ids: plans?.map(({ packageId }) => packageId) ?? null, told };
  };

  it.each([
    { name: 'Scout 2', monthly_price_cents: 500 },
    { name: 'Scout 2', disk_gb: 60 },
    { name: 'Scout 2', cpus: 2 },
    { code: 2, mem_gb: 4 },
    { disk_gb: 60, cost_cents: 500 },
    { vcpu: 2 },
  ])('is a plan by what it says: %j', (raw) => expect(read(raw)).toMatchObject({ ids: ['7', 'scout-2'] }));

  it.each([{ name: 'Scout 2' }, { disk_gb: 60 }, { cost_cents: 500 }, { note: 'x' }])('is none: %j', (raw) =>
    expect(read(raw)).toEqual({ ids: ['7'], told: ['[1].id: expected a plan'] }),
  );
});

describe('a group of plans', () => {
  const plan = { id: 3, name: 'Scout 2', cpus: 2 };
  const ids = (body: unknown) => readPlans(body, report)?.map(({ packageId }) => packageId);

  it.each([
    { id: 1, vcpu: 2, plans: [plan] },
    { id: 1, name: 'Standard', plans: { 3: plan } },
    { id: 1, name: 'Standard', items: [{ id: 3, cost_cents: 500 }] },
    { id: 1, name: 'Standard', Items: [{ id: 3, cost_cents: 500 }] },
    { id: 1, name: 'Standard', offers: [plan] },
    { id: 1, name: 'Standard', offers: [{ note: 'x' }, plan] },
    { id: 1, name: 'Standard', offers: { 'scout-2': plan } },
    { id: 1, name: 'Standard', offers: JSON.stringify([plan]) },
  ])('is no plan itself: %j', (group) => expect(ids([group])).toEqual(['3']));

  it.each([
    { id: 3, name: 'Scout 2', plans: 5 },
    { id: 3, name: 'Scout 2', tags: ['x'] },
    { id: 3, name: 'Scout 2', addons: [{ id: 9, name: 'Backups' }] },
    // What a plan has is no plan, whatever its size.
    { id: 3, name: 'Scout 2', region: { id: 9, name: 'Frankfurt', cpus: 2 } },
    { id: { value: 3 }, prices: { monthly_cents: 500 } },
  ])('is not what a plan has: %j', (body) => expect(ids([body])).toEqual(['3']));

  it('that is cut, or of which none can be read, says so', () => {
    const read = (body: unknown) => {
      const told: string[] = [];
      return [readPlans(body, (path, message) => told.push(`${path}: ${message}`))?.length ?? null, told];
    };
    expect(read({ data: [plan], total: 4 })).toEqual([1, [': expected all plans, got 1']]);
    expect(read({ data: [], total: 4 })).toEqual([null, [': expected all plans, got 0']]);
    expect(read({ data: [], total: 0 })).toEqual([0, []]);
    expect(read('x')).toEqual([null, [': expected plans, got string']]);
    expect(read([{ ...plan, cpus: 'many' }])).toEqual([1, ['[0].cpus: expected a size']]);
    expect(read({ fast: [{ name: 'Scout 2', cpus: 2 }] })).toEqual([
      null,
      ['fast[0].package_id: expected an id, got null'],
    ]);
  });
});

describe('the prices of a plan', () => {
  const read = (fields: object): { readonly prices: unknown; readonly said: number } => {
    const before = said.length;
    const plans = readPlans([{ package_id: 1, name: 'Scout 2', vcpu: 2, ...fields }], report);
    return { prices: plans?.[0]?.prices, said: said.length - before };
  };

  it.each([
    [{ prices: [{ interval: 'month', interval_count: 6, amount: 2500 }] }, '6months', 2500],
    [{ prices: [{ interval: 'month', interval_count: 12, amount: 2500 }] }, 'yearly', 2500],
    [{ prices: [{ interval: 'month', intervalCount: '1', amount: 2500 }] }, 'monthly', 2500],
    [{ prices: [{ period: 1, unit: 'year', price: 5000 }] }, 'yearly', 5000],
    [{ prices: [{ duration: 6, period: 'month', price: 5000 }] }, '6months', 5000],
    [{ prices: [{ length: 2, length_unit: 'years', price: 5000 }] }, '24months', 5000],
    [{ prices: [{ every: 3, interval: 'month', price: 5000 }] }, '3months', 5000],
    [{ prices: [{ billing_cycle: 'quarterly', price: 5000 }] }, 'quarterly', 5000],
    [{ prices: [{ term: '6 months', price: 5000 }] }, '6months', 5000],
    [{ prices: [{ years: 1, price: 5000 }] }, 'yearly', 5000],
    [{ prices: [{ period: 12, price: 5000 }] }, 'yearly', 5000],
    [{ prices: [{ name: 'Every half year', months: 6, price: 5000 }] }, '6months', 5000],
    [{ price: { amount: 2500, interval: 'month', interval_count: 6 } }, '6months', 2500],
    [{ price_cents: 2500, interval: 'year' }, 'yearly', 2500],
    [{ price: 2500, period: 'month', duration: 6 }, '6months', 2500],
    [{ prices: { monthly: { usd: 5 } } }, 'monthly', 500],
    [{ pricing: { yearly: { cents: 500 } } }, 'yearly', 500],
    [{ prices: { monthly: { amount: '5.00', currency: 'USD' } } }, 'monthly', 500],
    [{ prices: { 6: 2500 } }, '6months', 2500],
    [{ prices: { monthly: { price: 500, interval_count: 1 } } }, 'monthly', 500],
    [{ prices: { yearly: { price: 500, interval: 'month', interval_count: 12 } } }, 'yearly', 500],
  ])('%j has its real length', (fields, cycle, cents) => {
    expect(read(fields)).toEqual({ prices: [{ cycle, cents }], said: 0 });
  });

  it.each([
    [{ prices: { setup: 500 } }],
    [{ prices: { discount: 10, setup_fee: 100 } }],
    [{ prices: { monthly_old: 500 } }],
    [{ prices: { old: { price: 500 }, setup: { price: 100 } } }],
    [{ prices: [{ name: 'Setup', price: 500 }] }],
    [{ prices: [{ interval: 'day', interval_count: 30, price: 500 }] }],
    [{ prices: [{ interval_count: 6, price: 500 }] }],
    [{ prices: [{ interval: 'month', interval_count: 6, months: 1, price: 500 }] }],
    [{ prices: [{ interval: 'month', interval_count: 0, price: 500 }] }],
    [{ prices: [{ billing_cycle: 'monthly', interval_count: 6, price: 500 }] }],
    [{ prices: [{ duration: 30, price: 500 }] }],
    [{ prices: [{ months: 0, price: 500 }] }],
    [{ prices: { monthly: { price: 500, interval: 'year' } } }],
    [{ prices: { monthly: { price: 500, months: 6 } } }],
    [{ prices: [{ interval: 'month', period: 'year', price: 500 }] }],
    [{ prices: { monthly: { eur: 5 } } }],
    [{ prices: { monthly: { amount: 500, currency: 'EUR' } } }],
    [
      {
        prices: [
          { cycle: 'monthly', price: 500 },
          { cycle: 'monthly', price: 900 },
        ],
      },
    ],
  ])('%j says no price, and that there is one that cannot be read', (fields) => {
    const { prices, said: count } = read(fields);
    expect(prices).toEqual([]);
    expect(count).toBeGreaterThan(0);
  });
});

describe('systems', () => {
  const debian = { name: 'Debian', templates: [{ id: '12', name: 'Debian 12', version: '12' }] };
  it.each([
    ['groups', [{ id: 1, name: 'Debian', templates: [{ id: 12, name: 'Debian 12', version: '12' }] }]],
    ['a map of lists', { Debian: [{ id: 12, name: 'Debian 12', version: 12 }] }],
    ['a map of groups', { data: { '1': { name: 'Debian', versions: { '12': { label: 'Debian 12', version: '12' } } } } }],
  ])('in %s are the same', (_, body) => {
    expect(readOsGroups(body, report)).toEqual([debian]);
  }); // prettier-ignore
});
