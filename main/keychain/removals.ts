import type { SavedStore } from '../storage/index.ts';
import type { Keychain } from './keychain.ts';

/** Removes secrets of accounts that were signed out, and goes on with it at the next start where it could not. */
export interface SecretRemovals {
  /** Removes what is kept under names. Gives those that the keychain did not let go of: they are tried again. */
  remove(names: readonly string[]): Promise<readonly string[]>;
  /** Tries again what was not removed before, in this run or an earlier one. */
  finish(): Promise<void>;
}

/** What the removals are built with. */
export interface SecretRemovalsOptions {
  readonly keychain: Keychain;
  readonly store: SavedStore;
  readonly onError: (cause: unknown) => void;
}

/** Keeps the names of what is still to be removed, and no secret, under the key `pendingRemovals` of a store. */
export function createSecretRemovals({ keychain, store, onError }: SecretRemovalsOptions): SecretRemovals {
  const stored = store.get('pendingRemovals');
  const pending = new Set(Array.isArray(stored) ? stored.filter((name) => typeof name === 'string') : []);
  const save = (): void => store.set('pendingRemovals', [...pending]);

  const removeAll = async (names: readonly string[]): Promise<readonly string[]> => {
    // All at once: a keychain that is locked makes each wait for its prompt.
    const asked = await Promise.all(
      names.map(async (name) => ({ name, removed: await keychain.remove(name) })),
    );
    const left: string[] = [];
    for (const { name, removed } of asked) {
      if (removed.ok) {
        pending.delete(name);
      } else {
        left.push(name);
        onError(removed.error);
      }
    }
    save();
    return left;
  };

  return {
    remove: async (names) => {
      if (names.length === 0) return [];
      // Before the keychain is asked: the app may end while it waits for a prompt.
      for (const name of names) pending.add(name);
      save();
      await store.saved();
      return removeAll(names);
    },
    finish: async () => {
      if (pending.size > 0) await removeAll([...pending]);
    },
  };
}
