/** Keys of what was told already, across restarts. */
export interface AnnouncedKeys {
  readonly has: (key: string) => boolean;
  readonly add: (...keys: readonly string[]) => void;
  /** What was told is over: the next time it is news again. */
  readonly remove: (key: string) => void;
}

/** Keeps the last `limit` keys; `save` gets all of them after each change. */
export function createAnnouncedKeys(
  initial: readonly string[],
  save: (keys: readonly string[]) => void,
  limit = 500,
): AnnouncedKeys {
  const keys = new Set(initial.slice(-limit));
  return {
    has: (key) => keys.has(key),
    add: (...added) => {
      const fresh = added.filter((key) => !keys.has(key));
      if (fresh.length === 0) return;
      for (const key of fresh) keys.add(key);
      for (const oldest of keys) {
        if (keys.size <= limit) break;
        keys.delete(oldest);
      }
      save([...keys]);
    },
    remove: (key) => {
      if (keys.delete(key)) save([...keys]);
    },
  };
}
