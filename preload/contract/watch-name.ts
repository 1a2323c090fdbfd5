import type { WatchKey, WatchKind, WatchUpdate } from './watch.ts';

/** One name for one key, on both sides, in whatever order its properties are written. */
export function watchName(key: WatchKey): string {
  const { kind, ...which } = key;
  const values = new URLSearchParams(which);
  values.sort();
  return `${kind}?${values.toString()}`;
}

/** Whether an update is of a watch of this kind. */
export function isUpdateOf<K extends WatchKind>(kind: K, update: WatchUpdate): update is WatchUpdate<K> {
  return update.kind === kind;
}
