import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instancePlan, prorate, type Billed } from '../../../main/domain/plan-estimates.ts';
import type { PackageId } from '../../../preload/contract/brands.ts';
import type { BillingCycle, Plan } from '../../../preload/contract/catalog.ts';
import { cents } from '../monitor/builders.ts';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 25);
const cycles: readonly BillingCycle[] = [
  { cycle: 'monthly', label: 'Monthly', months: 1, discountPercent: 0 },
  { cycle: 'yearly', label: 'Yearly', months: 12, discountPercent: 15 },
];
const plan = (slug: string, monthly: number, [vcpu, ramGb, storageGb]: readonly number[]): Plan => ({
  packageId: slug as PackageId,
  slug,
  name: slug,
  category: 'standard',
  vcpu: vcpu ?? null,
  ramGb: ramGb ?? null,
  storageGb: storageGb ?? null,
  prices: [
    { cycle: 'monthly', cents: cents(monthly) },
    { cycle: 'yearly', cents: cents(monthly * 10) },
  ],
  isSoldOut: false,
});
const small = plan('small', 500, [1, 2, 30]);
const middle = plan('middle', 1000, [2, 4, 60]);
const large = plan('large', 2000, [4, 8, 120]);
const lopsided = plan('lopsided', 3000, [8, 16, 40]);
const server: Billed = {
  planSlug: 'middle',
  billedTillMs: now + 21 * dayMs,
  vcpu: 2,
  ramGb: 4,
  storageGb: 60,
};
const all = [large, small, lopsided, middle];

describe('what a plan costs', () => {
  it('names the larger plans only, with the difference for the rest of the paid time', () => {
    const found = instancePlan(server, all, cycles, now);
    expect(found.plan).toBe(middle);
    expect(found.upgrades).toEqual([{ plan: large, monthlyCents: 2000, chargeCents: 700 }]);
  });

  it('puts the cheapest of the larger plans first, and those without a monthly price last', () => {
    const huge = plan('huge', 4000, [8, 16, 240]);
    const unpriced = { ...plan('unpriced', 0, [8, 16, 240]), prices: [] };
    const found = instancePlan(server, [unpriced, huge, ...all], cycles, now).upgrades;
    expect(found).toEqual([
      { plan: large, monthlyCents: 2000, chargeCents: 700 },
      { plan: huge, monthlyCents: 4000, chargeCents: 2100 },
      { plan: unpriced, monthlyCents: null, chargeCents: null },
    ]);
  });

  it('offers no plan that costs less, and one of the same price for nothing', () => {
    const cheap = plan('cheap', 999, [4, 8, 120]);
    const same = plan('same', 1000, [4, 8, 120]);
    expect(instancePlan(server, [cheap, same, middle], cycles, now).upgrades).toEqual([
      { plan: same, monthlyCents: 1000, chargeCents: 0 },
    ]);
    // Where its own price is not known, nobody can say that another is less.
    expect(instancePlan({ ...server, planSlug: null }, [cheap], cycles, now).upgrades).toMatchObject([
      { monthlyCents: 999 },
    ]);
  });

  it.each([
    ['is larger in one part alone', [2, 4, 61], true],
    ['is of the same size', [2, 4, 60], false],
    ['is smaller in one part', [4, 8, 59], false],
    ['does not say one part', [null, 8, 120], true],
    ['says no part', [null, null, null], false],
  ] as const)('offers one that %s: %s, %s', (_what, [vcpu, ramGb, storageGb], isOffered) => {
    const other = { ...plan('other', 2000, []), vcpu, ramGb, storageGb };
    expect(instancePlan(server, [middle, other], cycles, now).upgrades).toHaveLength(isOffered ? 1 : 0);
  });

  it('compares with the plan rather than with what the list says of the instance', () => {
    const odd = { ...server, vcpu: 16, ramGb: 64, storageGb: 999 };
    expect(instancePlan(odd, all, cycles, now).upgrades).toMatchObject([{ plan: large }]);
    expect(instancePlan({ ...odd, planSlug: null }, all, cycles, now).upgrades).toEqual([]);
  });

  it('has what each cycle costs, by its name and until when, where the catalog has it', () => {
    const odd = { ...middle, prices: [...middle.prices, { cycle: '2years', cents: cents(9) }] };
    const unsized = { cycle: '2years', label: 'Two years', months: null, discountPercent: null };
    const expected = [
      { label: 'Monthly', cents: 1000, untilMs: Date.UTC(2026, 11, 25) },
      { label: 'Yearly', cents: 10_000, untilMs: Date.UTC(2027, 10, 25) },
    ];
    expect(instancePlan(server, [odd], cycles, now).cycles).toEqual(expected);
    expect(instancePlan(server, [odd], [...cycles, unsized], now).cycles).toEqual(expected);
  });

  it('gives back what is left, and nothing once it is over', () => {
    expect(instancePlan(server, all, cycles, now).refundCents).toBe(700);
    expect(instancePlan({ ...server, billedTillMs: now - dayMs }, all, cycles, now).refundCents).toBe(0);
    // Half a day of a price that has no half: rounded.
    expect(prorate(1000, dayMs / 2)).toBe(17);
    const unpriced = { ...middle, prices: [{ cycle: 'yearly', cents: cents(9000) }] };
    expect(instancePlan(server, [unpriced], cycles, now).refundCents).toBeNull();
  });

  it('says that it does not know rather than guess', () => {
    const unlisted = instancePlan({ ...server, planSlug: 'gone' }, all, cycles, now);
    expect(unlisted).toMatchObject({ plan: null, refundCents: null, cycles: [] });
    expect(unlisted.upgrades).toEqual([{ plan: large, monthlyCents: 2000, chargeCents: null }]);
    const undated = instancePlan({ ...server, billedTillMs: null }, all, cycles, now);
    expect(undated).toMatchObject({ refundCents: null, upgrades: [{ chargeCents: null }] });
  });

  it('lets a full cycle end on the same day of a later month, or on its last', () => {
    const until = (atMs: number): readonly string[] =>
      instancePlan(server, all, cycles, atMs).cycles.map(({ untilMs }) =>
        new Date(untilMs).toISOString().slice(0, 10),
      );
    expect(until(now)).toEqual(['2026-12-25', '2027-11-25']);
    expect(until(Date.UTC(2027, 0, 31))).toEqual(['2027-02-28', '2028-01-31']);
  });

  it('is whole cents, never negative, and never more for less time', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.nat(1e11),
        (monthly, timeMs, moreMs) => {
          const value = prorate(monthly, timeMs);
          expect(Number.isSafeInteger(value)).toBe(true);
          expect(value).toBeGreaterThanOrEqual(0);
          expect(prorate(monthly, timeMs + moreMs)).toBeGreaterThanOrEqual(value);
        },
      ),
    );
  });
});
