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

const none: readonly Change[] = [];

/** Compares two snapshots. Pure; what is the same object in both costs nothing but a look. */
export function changes(before: Snapshot, after: Snapshot): readonly Change[] {
  return [...instanceChanges(before.instances, after.instances), ...balanceChange(before, after)];
}

function instanceChanges(before: readonly Instance[], after: readonly Instance[]): readonly Change[] {
  if (before === after) return [];
  const isInPlace = before.length === after.length && after.every(({ id }, at) => id === before[at]?.id);
  if (isInPlace) return after.flatMap((instance, at) => changesOf(before[at], instance));
  const known = new Map(before.map((instance) => [instance.id, instance]));
  const found: Change[] = [];
  for (const instance of after) {
    found.push(...changesOf(known.get(instance.id), instance));
    known.delete(instance.id);
  }
  for (const instance of known.values()) found.push({ kind: 'gone', instance });
  return found;
}

function changesOf(earlier: Instance | undefined, instance: Instance): readonly Change[] {
  if (earlier === instance) return none;
  if (!earlier) return [{ kind: 'appeared', instance }];
  const found: Change[] = [];
  if (!sameState(earlier.state, instance.state)) found.push({ kind: 'state', instance, from: earlier.state });
  if (instance.isShutdownIgnored && !earlier.isShutdownIgnored)
    found.push({ kind: 'shutdown-ignored', instance });
  return found;
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
