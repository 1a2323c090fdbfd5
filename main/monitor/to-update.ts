import { applyUpdate } from '../../preload/contract/apply-update.ts';
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
