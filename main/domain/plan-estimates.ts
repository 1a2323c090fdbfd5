import type { Cents } from '../../preload/contract/brands.ts';
import type { BillingCycle, Plan } from '../../preload/contract/catalog.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { CyclePrice, InstancePlan, UpgradeOption } from '../../preload/contract/lifecycle.ts';
import { addMonths } from './months.ts';
import { plansByName } from './plan-join.ts';

/** A month of billing where the API says no more: 30 days, so that a day has one price. */
const monthMs = 30 * 86_400_000;

/** What of an instance its costs are estimated from. */
export type Billed = Pick<Instance, 'planSlug' | 'billedTillMs' | 'vcpu' | 'ramGb' | 'storageGb'>;

/**
 * What an instance's plan costs, what a larger one would, and what a deletion would give back. All of it assumes the
 * monthly prices of the catalog and the paid time of the list: the API tells neither this instance's price nor its
 * cycle. Pure; whole cents.
 */
export function instancePlan(
  instance: Billed,
  plans: readonly Plan[],
  cycles: readonly BillingCycle[],
  nowMs: number,
): InstancePlan {
  const plan = instance.planSlug === null ? null : (plansByName(plans).get(instance.planSlug) ?? null);
  const monthly = plan === null ? null : monthlyCents(plan);
  const remainingMs = instance.billedTillMs === null ? null : instance.billedTillMs - nowMs;
  return {
    plan,
    upgrades: upgradesOf(instance, plan, plans, remainingMs),
    refundCents: monthly === null || remainingMs === null ? null : prorate(monthly, remainingMs),
    cycles: plan === null ? [] : plan.prices.flatMap((price) => cyclePrice(price, cycles, nowMs)),
  };
}

/** The part of a monthly price that a time is worth, rounded to whole cents; nothing for a time that is over. */
export function prorate(monthly: number, timeMs: number): Cents {
  // A rounded integer of an integer price is an amount.
  return Math.round((monthly * Math.max(0, timeMs)) / monthMs) as Cents;
}

function monthlyCents({ prices }: Plan): Cents | null {
  return prices.find(({ cycle }) => cycle === 'monthly')?.cents ?? null;
}

function upgradesOf(
  instance: Billed,
  plan: Plan | null,
  plans: readonly Plan[],
  remainingMs: number | null,
): readonly UpgradeOption[] {
  const now = plan ?? instance;
  const fromCents = plan === null ? null : monthlyCents(plan);
  return plans
    .filter((other) => other.packageId !== plan?.packageId && isLarger(other, now))
    .map((other): UpgradeOption => {
      const toCents = monthlyCents(other);
      const canTell = fromCents !== null && toCents !== null && remainingMs !== null;
      return {
        plan: other,
        monthlyCents: toCents,
        chargeCents: canTell ? prorate(Math.max(0, toCents - fromCents), remainingMs) : null,
      };
    })
    .filter(({ monthlyCents: toCents }) => fromCents === null || toCents === null || toCents >= fromCents)
    .toSorted((one, other) => (one.monthlyCents ?? Infinity) - (other.monthlyCents ?? Infinity));
}

type Size = Pick<Plan, 'vcpu' | 'ramGb' | 'storageGb'>;

/** In nothing smaller, since a disk cannot shrink, and in something larger. What is not known says nothing. */
function isLarger(other: Size, now: Size): boolean {
  const steps = (['vcpu', 'ramGb', 'storageGb'] as const).map((part) => {
    const [from, to] = [now[part], other[part]];
    return from === null || to === null ? 0 : to - from;
  });
  return steps.every((step) => step >= 0) && steps.some((step) => step > 0);
}

function cyclePrice(
  { cycle, cents }: Plan['prices'][number],
  cycles: readonly BillingCycle[],
  nowMs: number,
): readonly CyclePrice[] {
  const known = cycles.find((each) => each.cycle === cycle);
  if (known === undefined || known.months === null) return [];
  return [{ label: known.label, cents, untilMs: addMonths(nowMs, known.months) }];
}
