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

  it('gives back what is left, and nothing once it is over', () => {
    expect(instancePlan(server, all, cycles, now).refundCents).toBe(700);
    expect(instancePlan({ ...server, billedTillMs: now - dayMs }, all, cycles, now).refundCents).toBe(0);
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
