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
    ['in_stock: 3', { in_stock: 3 }, false],
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
