import type { InstanceId } from '../../preload/contract/brands.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Snapshot, SnapshotUpdate } from '../../preload/contract/snapshot.ts';

/**
 * The snapshot after an update. Instances keep their place, so that a list does not jump; new ones come last.
 * Null where the update is a patch to a snapshot that this window does not have: it has to ask for a full one.
 */
export function applyUpdate(current: Snapshot | null, update: SnapshotUpdate): Snapshot | 'none' | null {
  if (update.kind === 'none') return 'none';
  if (update.kind === 'full') return update.snapshot;
  const { head, changed, removed } = update;
  if (current === null || current.accountId !== head.accountId || head.revision !== current.revision + 1)
    return null;
  return { ...head, instances: patchInstances(current.instances, changed, removed) };
}

function patchInstances(
  instances: readonly Instance[],
  changed: readonly Instance[],
  removed: readonly InstanceId[],
): readonly Instance[] {
  if (changed.length === 0 && removed.length === 0) return instances;
  const byId = new Map(changed.map((instance) => [instance.id, instance]));
  const gone = new Set(removed);
  const kept = instances.flatMap((instance) => {
    if (gone.has(instance.id)) return [];
    const replacement = byId.get(instance.id);
    byId.delete(instance.id);
    return [replacement ?? instance];
  });
  return [...kept, ...byId.values()];
}
