import type { Cents } from '../../preload/contract/brands.ts';
import type { Instance, InstanceState } from '../../preload/contract/instance.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';

/** What became different between two snapshots of one account. */
export type Change =
  | { readonly kind: 'appeared'; readonly instance: Instance }
  | { readonly kind: 'state'; readonly instance: Instance; readonly from: InstanceState }
  | { readonly kind: 'shutdown-ignored'; readonly instance: Instance }
  | { readonly kind: 'gone'; readonly instance: Instance }
  | { readonly kind: 'balance'; readonly fromCents: Cents; readonly toCents: Cents };

/** Compares two snapshots. Pure; what is the same object in both costs nothing but a look. */
export function changes(before: Snapshot, after: Snapshot): readonly Change[] {
  return [...instanceChanges(before.instances, after.instances), ...balanceChange(before, after)];
}

function instanceChanges(before: readonly Instance[], after: readonly Instance[]): readonly Change[] {
  const found: Change[] = [];
  if (before === after) return found;
  const isInPlace = before.length === after.length && after.every(({ id }, at) => id === before[at]?.id);
  if (isInPlace) {
    for (const [at, instance] of after.entries()) addChanges(found, before[at], instance);
    return found;
  }
  const known = new Map(before.map((instance) => [instance.id, instance]));
  for (const instance of after) {
    addChanges(found, known.get(instance.id), instance);
    known.delete(instance.id);
  }
  for (const instance of known.values()) found.push({ kind: 'gone', instance });
  return found;
}

/** Adds what became of one instance. Into one list: this is asked for each of 10,000 instances. */
function addChanges(found: Change[], earlier: Instance | undefined, instance: Instance): void {
  if (earlier === instance) return;
  if (!earlier) {
    found.push({ kind: 'appeared', instance });
    return;
  }
  if (!sameState(earlier.state, instance.state)) found.push({ kind: 'state', instance, from: earlier.state });
  if (instance.isShutdownIgnored && !earlier.isShutdownIgnored)
    found.push({ kind: 'shutdown-ignored', instance });
}

function sameState(one: InstanceState, other: InstanceState): boolean {
  return one.kind === other.kind && one.word === other.word;
}

function balanceChange(before: Snapshot, after: Snapshot): readonly Change[] {
  const { balanceCents: fromCents } = before;
  const { balanceCents: toCents } = after;
  if (fromCents === null || toCents === null || fromCents === toCents) return [];
  return [{ kind: 'balance', fromCents, toCents }];
}
