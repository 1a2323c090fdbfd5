import type { Plan } from '../../preload/contract/catalog.ts';

/** A plan's names, those that count most last: an id, a name, a slug. */
const namesOf: readonly ((plan: Plan) => string | null)[] = [
  ({ packageId }) => packageId,
  ({ name }) => name,
  ({ slug }) => slug,
];

/**
 * Plans by what an instance can call its plan: the slug, where one has it, else the name, else the id. The reference's instances
 * have a word and its plans no shape at all. A name that several plans have is nobody's: their prices differ.
 */
export function plansByName(plans: readonly Plan[]): ReadonlyMap<string, Plan> {
  const found = new Map<string, Plan>();
  for (const nameOf of namesOf) {
    const named = new Map<string, Plan | null>();
    for (const plan of plans) {
      const name = nameOf(plan);
      if (name === null) continue;
      const before = named.get(name);
      named.set(name, before === undefined || before?.packageId === plan.packageId ? plan : null);
    }
    for (const [name, plan] of named) {
      if (plan === null) found.delete(name);
      else found.set(name, plan);
    }
  }
  return found;
}
