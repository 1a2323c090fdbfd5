import type { Instance } from './instance.ts';
import type { Snapshot, SnapshotPush, SnapshotUpdate } from './snapshot.ts';

/**
 * What a subscriber holds after an update: a patched instance keeps its place, a new one comes last, all
 * others stay the same objects. Gives null where no account is signed in, and for a patch that does not
 * follow on what is held: then the full snapshot has to be asked for.
 */
export function applyUpdate(held: Snapshot | null, update: SnapshotUpdate): Snapshot | null {
  if (update.kind === 'none') return null;
  if (update.kind === 'full') return update.snapshot;
  const { head, changed, removed } = update;
  if (held?.accountId !== head.accountId || held.revision !== head.revision - 1) return null;
  if (changed.length === 0 && removed.length === 0) return { ...head, instances: held.instances };
  const news = new Map(changed.map((instance) => [instance.id, instance]));
  const gone = new Set(removed);
  const instances: Instance[] = [];
  for (const instance of held.instances) {
    if (gone.has(instance.id)) continue;
    instances.push(news.get(instance.id) ?? instance);
    news.delete(instance.id);
  }
  instances.push(...news.values());
  return { ...head, instances };
}

/** An update with the instances of it that came `before`; null where not all of them are there. */
export function wholeUpdate(
  update: Exclude<SnapshotPush, { kind: 'part' }>,
  before: readonly Instance[],
): SnapshotUpdate | null {
  const { ahead = 0 } = update;
  if (ahead === 0 || update.kind === 'none') return update;
  if (ahead !== before.length) return null;
  if (update.kind === 'patch') return { ...update, changed: [...before, ...update.changed] };
  const { snapshot } = update;
  return { kind: 'full', snapshot: { ...snapshot, instances: [...before, ...snapshot.instances] } };
}
