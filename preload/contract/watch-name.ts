import type { WatchKey } from './watch.ts';

/** One name for one key, on both sides, in whatever order its properties are written. */
export function watchName(key: WatchKey): string {
  const { kind, ...which } = key;
  const values = new URLSearchParams(which);
  values.sort();
  return `${kind}?${values.toString()}`;
}
