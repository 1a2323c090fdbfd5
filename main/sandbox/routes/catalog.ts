import { billingCyclesJson, osGroupsJson, plansJson } from '../http/catalog-json.ts';
import { notFound, ok, type HandlerFactory } from '../http/handler.ts';
import { createShapes } from '../http/shapes.ts';
import { planOf, regions } from '../state/catalog.ts';

/** What can be bought. */
export const catalogHandlers: HandlerFactory<
  'catalog.plans' | 'catalog.regions' | 'catalog.billingCycles' | 'catalog.myPlans' | 'catalog.osTemplates'
> = (world) => ({
  'catalog.plans': () => ok(plansJson(world.variant)),
  'catalog.myPlans': () => ok(plansJson(world.variant)),
  'catalog.regions': () => ok(createShapes(world.variant).list(regions)),
  'catalog.billingCycles': () => ok(billingCyclesJson(world.variant)),
  'catalog.osTemplates': ({ params }) => {
    const plan = planOf(Number(params['packageId']));
    if (!plan) throw notFound('Package');
    return ok(osGroupsJson(plan, world.variant));
  },
});
