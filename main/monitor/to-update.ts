import { applyUpdate } from '../../preload/contract/apply-update.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Snapshot, SnapshotUpdate } from '../../preload/contract/snapshot.ts';

/**
 * What a subscriber that holds `before` has to be sent to hold `after`: a patch, or everything where a patch
 * would not give the same (another account, a revision left out, another order).
 */
export function toUpdate(before: Snapshot, after: Snapshot): SnapshotUpdate {
  const full: SnapshotUpdate = { kind: 'full', snapshot: after };
  if (before.accountId !== after.accountId || before.revision !== after.revision - 1) return full;
  const { instances, ...head } = after;
  if (before.instances === instances) return { kind: 'patch', head, changed: [], removed: [] };

  const inPlace = changedInPlace(before.instances, instances);
  if (inPlace !== null) return { kind: 'patch', head, changed: inPlace, removed: [] };
  const held = new Set(before.instances);
  const ids = new Set(instances.map((instance) => instance.id));
  const patch: SnapshotUpdate = {
    kind: 'patch',
    head,
    changed: instances.filter((instance) => !held.has(instance)),
    removed: before.instances.filter((instance) => !ids.has(instance.id)).map((instance) => instance.id),
  };
  const patched = applyUpdate(before, patch)?.instances;
  const isSame = instances.every((instance, index) => instance === patched?.[index]);
  return isSame ? patch : full;
}

/** The instances that changed, where each is at its place and no id comes twice among all; else null. */
function changedInPlace(before: readonly Instance[], after: readonly Instance[]): readonly Instance[] | null {
  if (before.length !== after.length || !haveOwnIds(before)) return null;
  if (after.some(({ id }, index) => id !== before[index]?.id)) return null;
  ownIds.set(after, true);
  return after.filter((instance, index) => instance !== before[index]);
}

/** Whether no id comes twice in a list; kept, since a list whose ids stay is looked through for each update else. */
const ownIds = new WeakMap<readonly Instance[], boolean>();

function haveOwnIds(instances: readonly Instance[]): boolean {
  const known = ownIds.get(instances);
  if (known !== undefined) return known;
  const areOwn = new Set(instances.map(({ id }) => id)).size === instances.length;
  ownIds.set(instances, areOwn);
  return areOwn;
}
