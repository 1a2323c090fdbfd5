import type { WatchKey } from './watch.ts';

/** One name for one key, on both sides. */
export function watchName(key: WatchKey): string {
  return Object.values(key).map(encodeURIComponent).join('/');
}
