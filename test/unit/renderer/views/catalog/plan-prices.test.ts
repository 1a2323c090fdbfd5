import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PackageId } from '../../../../../preload/contract/brands.ts';
import type { BillingCycle, Plan } from '../../../../../preload/contract/catalog.ts';
import {
  balanceAfterPaying,
  categoriesOf,
  categoryInWords,
  cycleInWords,
  cyclesOf,
  inCategory,
  priceOf,
  renewalAtMs,
  savingOf,
} from '../../../../../renderer/views/catalog/plan-prices.ts';
import { cents } from '../../../monitor/builders.ts';

const plan = (prices: Readonly<Record<string, number>>, category: string | null = 'standard'): Plan => ({
  packageId: '2' as PackageId,
  slug: 'scout-2',
  name: 'Scout 2',
  category,
  vcpu: 2,
  ramGb: 4,
  storageGb: 60,
  prices: Object.entries(prices).map(([cycle, price]) => ({ cycle, cents: cents(price) })),
  isSoldOut: false,
});
const cycle = (name: string, months: number | null): BillingCycle => ({
  cycle: name,
  label: name,
  months,
  discountPercent: null,
});
const scout = plan({ monthly: 1000, '6months': 5700, yearly: 10_200 });

describe('categories', () => {
  it('are counted, all plans first, and named for people', () => {
    const plans = [scout, plan({}, 'cpu-optimized'), plan({}, 'cpu-optimized'), plan({}, null)];
    expect(categoriesOf(plans)).toEqual([
      { value: 'all', label: 'All', count: 4 },
      { value: 'standard', label: 'Standard', count: 1 },
      { value: 'cpu-optimized', label: 'CPU optimized', count: 2 },
      { value: '', label: 'Other', count: 1 },
    ]);
    expect(inCategory(plans, 'cpu-optimized')).toHaveLength(2);
    expect(inCategory(plans, '')).toHaveLength(1);
    expect(inCategory(plans, 'all')).toHaveLength(4);
    expect(categoryInWords('high_ram')).toBe('High RAM');
  });
});

describe('cycles', () => {
  it('come from the API, shortest first, with the months that it leaves out', () => {
    const listed = [cycle('yearly', null), cycle('monthly', 1)];
    expect(cyclesOf(listed, [scout]).map(({ months }) => months)).toEqual([1, 12]);
  });

  it('are told by the prices where the API names none', () => {
    for (const listed of [null, []]) {
      expect(cyclesOf(listed, [scout]).map(({ label }) => label)).toEqual(['Monthly', '6 months', 'Yearly']);
    }
    expect(cyclesOf(null, [plan({ weekly: 300 })])).toMatchObject([{ label: 'weekly', months: null }]);
  });

  it('are said as how often they are paid', () => {
    const said = [1, 6, 12, null].map((months) => cycleInWords(cycle('x', months)));
    expect(said).toEqual(['per month', 'every 6 months', 'per year', 'by “x”']);
  });
});

describe('what a cycle saves', () => {
  it('is computed from the plan’s own prices', () => {
    expect(savingOf(scout, cycle('6months', 6))).toEqual({ cents: 300, percent: 5 });
    expect(savingOf(scout, cycle('yearly', 12))).toEqual({ cents: 1800, percent: 15 });
    expect(priceOf(scout, 'weekly')).toBeNull();
  });

  it('is nothing where there is nothing to compare with', () => {
    expect(savingOf(scout, cycle('monthly', 1))).toBeNull();
    expect(savingOf(scout, cycle('yearly', null))).toBeNull();
    expect(savingOf(plan({ yearly: 100 }), cycle('yearly', 12))).toBeNull();
    expect(savingOf(plan({ monthly: 100, yearly: 1200 }), cycle('yearly', 12))).toBeNull();
  });

  it('and the price add up to the months, in whole cents', () => {
    const amounts = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(amounts, amounts, fc.integer({ min: 2, max: 36 }), (monthly, whole, months) => {
        const saving = savingOf(plan({ monthly, long: whole }), cycle('long', months));
        expect(saving === null ? monthly * months <= whole : saving.cents + whole === monthly * months).toBe(
          true,
        );
      }),
    );
  });
});

describe('the next renewal', () => {
  const after = (from: string, months: number): string =>
    new Date(renewalAtMs(Date.parse(from), months)).toISOString();

  it('is as many calendar months on, on the last day where the month is shorter', () => {
    expect(after('2026-05-14T12:00:00.000Z', 1)).toBe('2026-06-14T12:00:00.000Z');
    expect(after('2026-01-31T12:00:00.000Z', 1)).toBe('2026-02-28T12:00:00.000Z');
    expect(after('2027-08-31T12:00:00.000Z', 6)).toBe('2028-02-29T12:00:00.000Z');
    expect(after('2026-12-05T12:00:00.000Z', 12)).toBe('2027-12-05T12:00:00.000Z');
  });
});

it('what is left once a price was paid is a balance, what it is short by, or not known', () => {
  expect(balanceAfterPaying(5240, 700)).toBe('$45.40');
  expect(balanceAfterPaying(700, 700)).toBe('$0.00');
  expect(balanceAfterPaying(100, 700)).toBe('Short by $6.00');
  expect(balanceAfterPaying(null, 700)).toBe('—');
  expect(balanceAfterPaying(5240, null)).toBe('—');
});
