import { moveDoneNotices } from '../activity/older-entries.ts';
import { demoId } from '../accounts/index.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import { isLockSet } from '../app-lock/app-lock.ts';
import { readPlace, savePlace } from '../desktop/saved-place.ts';
import type { WindowPlace } from '../desktop/window-bounds.ts';
import { createSettings, type SettingsStore } from '../settings/index.ts';
import { openStorage, type Storage } from '../storage/index.ts';

/** What the app keeps on disk, besides secrets, which it does not. */
export interface Stores {
  readonly folder: string;
  readonly storage: Storage;
  readonly settings: SettingsStore;
  /** Where the window was last. */
  readonly place: { readonly read: () => WindowPlace | null; readonly save: (place: WindowPlace) => void };
  /** Whether the app starts locked. */
  readonly isLockSet: boolean;
  /** Calls back when the health of the files is another, with the cause or null; also of what was before. */
  readonly onStorageProblem: (listener: (cause: unknown) => void) => void;
}

/** Whether an account lives as long as the app: nothing of it is written. */
export const isInMemory = (accountId: AccountId): boolean => accountId === demoId;

/** Opens the files in the app's data folder. */
export function openStores(folder: string): Stores {
  const unheard: unknown[] = [];
  let tell = (cause: unknown): void => void unheard.push(cause);
  const storage = openStorage({
    folder,
    isInMemory,
    beforeSplit: moveDoneNotices,
    onProblem: (cause) => tell(cause),
    monotonicMs: () => performance.now(),
  });
  return {
    folder,
    storage,
    settings: createSettings(storage.settings),
    place: {
      read: () => readPlace(storage.settings),
      save: (place) => savePlace(storage.settings, place),
    },
    isLockSet: isLockSet(storage.settings),
    onStorageProblem: (listener) => {
      tell = listener;
      for (const cause of unheard.splice(0)) listener(cause);
    },
  };
}
