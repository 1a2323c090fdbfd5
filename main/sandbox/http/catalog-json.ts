import {
  billingCycles,
  cycleCents,
  cycleTerms,
  osGroupsFor,
  plans,
  type Category,
  type Plan,
} from '../state/catalog.ts';
import { createShapes } from './shapes.ts';
import type { Variant } from '../options.ts';

type Json = Record<string, unknown>;

const categoryNames: Readonly<Record<Category, string>> = {
  standard: 'Standard',
  'cpu-optimized': 'CPU optimized',
};

/** The plans by category, with the price of each cycle. */
export function plansJson(variant: Variant): unknown {
  const shapes = createShapes(variant);
  const categories = (Object.keys(categoryNames) as Category[]).map((category) => ({
    slug: category,
    category,
    name: categoryNames[category],
    plans: plans.filter((plan) => plan.category === category).map((plan) => planJson(plan, variant)),
  }));
  return shapes.list(categories);
}

function planJson(plan: Plan, variant: Variant): Json {
  const shapes = createShapes(variant);
  return {
    id: shapes.id(plan.packageId),
    package_id: shapes.id(plan.packageId),
    slug: plan.slug,
    name: plan.name,
    category: plan.category,
    vcpu: plan.vcpu,
    ram: plan.ramGb,
    storage: plan.storageGb,
    bandwidth_tb: plan.bandwidthTb,
    price_cents: plan.monthlyCents,
    prices: shapes.choose(
      Object.fromEntries(billingCycles.map((cycle) => [cycle, cycleCents(plan, cycle)])),
      billingCycles.map((cycle) => ({ billing_cycle: cycle, price_cents: cycleCents(plan, cycle) })),
    ),
  };
}

/** The cycles with their discounts. */
export function billingCyclesJson(variant: Variant): unknown {
  return createShapes(variant).list(
    billingCycles.map((cycle) => ({
      id: cycle,
      name: cycleTerms[cycle].label,
      months: cycleTerms[cycle].months,
      discount_percent: cycleTerms[cycle].discountPercent,
    })),
  );
}

/** The systems that fit on a plan, in groups. */
export function osGroupsJson(plan: Plan, variant: Variant): unknown {
  const shapes = createShapes(variant);
  return shapes.list(
    osGroupsFor(plan).map((group) => ({
      id: shapes.id(group.id),
      name: group.name,
      templates: group.templates.map((template) => ({
        id: shapes.id(template.id),
        name: template.name,
        version: template.version,
        variant: template.architecture,
      })),
    })),
  );
}
