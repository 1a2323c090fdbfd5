import { join } from 'node:path';
import { openJsonStore, type JsonStore } from './json-store.ts';
import { createSettings, type SettingsStore } from './settings.ts';

export type { JsonStore, StoreHealth } from './json-store.ts';
export type { SettingsStore } from './settings.ts';

/** What the app keeps on disk, besides secrets, which it does not. */
export interface Stores {
  readonly folder: string;
  readonly store: JsonStore;
  readonly settings: SettingsStore;
  /** Failures to write, until somebody listens for them. */
  readonly writeErrors: readonly unknown[];
}

/** Opens `settings.json` in the app's data folder. */
export function openStores(folder: string): Stores {
  const writeErrors: unknown[] = [];
  const store = openJsonStore(join(folder, 'settings.json'), (cause) => writeErrors.push(cause));
  return { folder, store, settings: createSettings(store), writeErrors };
}
