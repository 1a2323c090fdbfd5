import type { WatchUpdate } from '../../preload/contract/watch.ts';
import { client } from '../client.ts';

type Listener = (update: WatchUpdate) => void;

/** Views by the name of what they watch; one subscription to main serves them all. */
const listeners = new Map<string, Set<Listener>>();
let isSubscribed = false;

/** Calls `listener` with each update of the watch with this name. Returns the unsubscribe. */
export function onWatchUpdate(name: string, listener: Listener): () => void {
  if (!isSubscribed) {
    isSubscribed = true;
    client.watch.changed((update) => {
      for (const each of listeners.get(update.name) ?? []) each(update);
    });
  }
  const group = listeners.get(name) ?? new Set();
  listeners.set(name, group.add(listener));
  return () => {
    group.delete(listener);
    if (group.size === 0) listeners.delete(name);
  };
}
