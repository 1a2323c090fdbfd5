import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { fromCache, toCache } from '../monitor/index.ts';
import { writeFileAtomically } from '../settings/atomic-write.ts';

/** The last snapshot of each account on disk, so that a start shows the list at once. No secrets are in it. */
export interface SnapshotCache {
  /** Null where there is none, or it cannot be read. */
  read(id: AccountId): Snapshot | null;
  /** Keeps a snapshot that the API has confirmed. A disk that refuses costs a slower start, nothing else. */
  write(snapshot: Snapshot): void;
  forget(id: AccountId): void;
}

/** Opens the cache in a folder of the app's data. */
export function createSnapshotCache(folder: string): SnapshotCache {
  const fileOf = (id: AccountId): string => join(folder, `${encodeURIComponent(id)}.json`);
  return {
    read: (id) => {
      try {
        return fromCache(readFileSync(fileOf(id), 'utf8'), id);
      } catch {
        return null;
      }
    },
    write: (snapshot) => {
      if (snapshot.instancesFreshness.checkedAtMs === null) return;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileAtomically(fileOf(snapshot.accountId), toCache(snapshot));
      } catch {
        // It is only a cache.
      }
    },
    forget: (id) => rmSync(fileOf(id), { force: true }),
  };
}
