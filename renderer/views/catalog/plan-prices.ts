import type { Cents } from '../../../preload/contract/brands.ts';
import type { BillingCycle, Plan } from '../../../preload/contract/catalog.ts';
import { formatCents } from '../../../preload/contract/format.ts';

/** Which plans are shown: those of one category, or all. */
export type CategoryFilter = string;
export const allCategories = 'all';

/** A category with how many plans it has. */
export interface CategoryCount {
  readonly value: CategoryFilter;
  readonly label: string;
  readonly count: number;
}

/** "cpu-optimized" → "CPU optimized"; a category that the app does not know is shown as it came. */
export function categoryInWords(category: string | null): string {
  if (category === null) return 'Other';
  const text = category.replace(/[-_]+/g, ' ').trim();
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return begun.replace(/\b(cpu|ram|gpu|ssd)\b/gi, (word) => word.toUpperCase());
}

/** The categories of these plans in their order, all of them first. */
export function categoriesOf(plans: readonly Plan[]): readonly CategoryCount[] {
  const counts = new Map<string | null, number>();
  for (const { category } of plans) counts.set(category, (counts.get(category) ?? 0) + 1);
  const each = [...counts].map(([category, count]) => ({
    value: category ?? '',
    label: categoryInWords(category),
    count,
  }));
  return [{ value: allCategories, label: 'All', count: plans.length }, ...each];
}

/** The plans of a category. */
export function inCategory(plans: readonly Plan[], filter: CategoryFilter): readonly Plan[] {
  return filter === allCategories ? plans : plans.filter(({ category }) => (category ?? '') === filter);
}

/** What one cycle of a plan costs, whole; null where it is not sold for that cycle. */
export function priceOf(plan: Plan, cycle: string): Cents | null {
  return plan.prices.find((price) => price.cycle === cycle)?.cents ?? null;
}

/** What is left of a balance once this was paid, or by how much it is short; "—" where either is not known. */
export function balanceAfterPaying(balanceCents: number | null, chargeCents: number | null): string {
  if (balanceCents === null || chargeCents === null) return '—';
  const leftCents = balanceCents - chargeCents;
  return leftCents < 0 ? `Short by ${formatCents(-leftCents)}` : formatCents(leftCents);
}

const monthlyCycle = 'monthly';

/** Cycles of the reference: what they are called and how long they last where the API does not say. */
const knownCycles: readonly BillingCycle[] = [
  { cycle: monthlyCycle, label: 'Monthly', months: 1, discountPercent: null },
  { cycle: '6months', label: '6 months', months: 6, discountPercent: null },
  { cycle: 'yearly', label: 'Yearly', months: 12, discountPercent: null },
];

/** The cycles that plans are sold for, shortest first. Those that the API does not list are told by the plans' prices. */
export function cyclesOf(
  listed: readonly BillingCycle[] | null,
  plans: readonly Plan[],
): readonly BillingCycle[] {
  const sold = [...new Set(plans.flatMap(({ prices }) => prices.map(({ cycle }) => cycle)))];
  const named = listed?.length ? listed : sold.map((cycle) => knownCycle(cycle) ?? unnamed(cycle));
  return named
    .map((cycle) => ({ ...cycle, months: cycle.months ?? knownCycle(cycle.cycle)?.months ?? null }))
    .toSorted((one, other) => (one.months ?? Infinity) - (other.months ?? Infinity) || 0);
}

const unnamed = (cycle: string): BillingCycle => ({
  cycle,
  label: cycle,
  months: null,
  discountPercent: null,
});

function knownCycle(cycle: string): BillingCycle | null {
  return knownCycles.find((known) => known.cycle === cycle) ?? null;
}

/** What a cycle costs less than as many single months. */
export interface Saving {
  readonly cents: Cents;
  readonly percent: number;
}

/** What is saved, computed from the plan's own prices; null where there is nothing to compare, or nothing saved. */
export function savingOf(plan: Plan, { cycle, months }: BillingCycle): Saving | null {
  const price = priceOf(plan, cycle);
  const monthly = priceOf(plan, monthlyCycle);
  if (price === null || monthly === null || months === null || cycle === monthlyCycle) return null;
  const inMonths = monthly * months;
  if (inMonths <= price) return null;
  // The difference of whole cents is whole cents.
  return { cents: (inMonths - price) as Cents, percent: Math.round(((inMonths - price) * 100) / inMonths) };
}

/** "each month", "every 6 months", "each year": how often a cycle is paid. */
export function cycleInWords({ label, months }: BillingCycle): string {
  if (months === null) return `by “${label}”`;
  if (months === 1) return 'per month';
  return months === 12 ? 'per year' : `every ${months} months`;
}

/**
 * When a cycle that begins now ends (epoch), to the day: in calendar months, the last day of a shorter month. An
 * estimate: the reference does not say how Evorxa counts a month.
 */
export function renewalAtMs(nowMs: number, months: number): number {
  const from = new Date(nowMs);
  const to = new Date(nowMs);
  to.setUTCDate(1);
  to.setUTCMonth(to.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return to.getTime();
}
