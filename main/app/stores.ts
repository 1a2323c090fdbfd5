import { join } from 'node:path';
import { createSettings, type SettingsStore } from '../settings/index.ts';
import { openJsonStore, type OldStore } from '../storage/index.ts';

/** What the app keeps on disk, besides secrets, which it does not. */
export interface Stores {
  readonly folder: string;
  readonly store: OldStore;
  readonly settings: SettingsStore;
  /** Calls back when the file can no longer be written, also where that was found before. */
  readonly onWriteError: (listener: (cause: unknown) => void) => void;
}

/** Where in the app's data folder the last snapshots are. */
export const cacheFolder = (folder: string): string => join(folder, 'cache');

/** Opens `settings.json` in the app's data folder. */
export function openStores(folder: string): Stores {
  const unheard: unknown[] = [];
  let tell = (cause: unknown): void => void unheard.push(cause);
  const store = openJsonStore(join(folder, 'settings.json'), (cause) => tell(cause));
  return {
    folder,
    store,
    settings: createSettings(store),
    onWriteError: (listener) => {
      tell = listener;
      for (const cause of unheard.splice(0)) listener(cause);
    },
  };
}
