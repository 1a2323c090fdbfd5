import type { Plan } from '../../preload/contract/catalog.ts';

/**
 * Plans by what a server can call its plan: the slug, where one has it, else the name, else the id. The reference's servers
 * have a word and its plans no shape at all.
 */
export function plansByName(plans: readonly Plan[]): ReadonlyMap<string, Plan> {
  const keys: readonly ((plan: Plan) => string | null)[] = [
    ({ packageId }) => packageId,
    ({ name }) => name,
    ({ slug }) => slug,
  ];
  // What is set last stays: a slug before a name, a name before an id.
  return new Map(
    keys.flatMap((keyOf) =>
      plans.flatMap((plan) => {
        const key = keyOf(plan);
        return key === null ? [] : [[key, plan] as const];
      }),
    ),
  );
}
