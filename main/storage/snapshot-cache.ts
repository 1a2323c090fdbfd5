import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { writeFileAtomically } from './atomic-write.ts';
import { fromCache, toCache } from './cached-snapshot.ts';

/** The last snapshot of each account on disk, so that a start shows the list at once. No secrets are in it. */
export interface SnapshotCache {
  /** Null where there is none, or it cannot be read. */
  read(id: AccountId): Snapshot | null;
  /** Writes a snapshot that the API has confirmed. A disk that refuses costs a slower start, nothing else. */
  write(snapshot: Snapshot): void;
  /** Writes it unless one of this account was written a minute ago: a crash should not cost more than that. */
  keep(snapshot: Snapshot): void;
  forget(id: AccountId): void;
}

const pauseMs = 60_000;

/** Opens the cache in a folder of the app's data. `nowMs` never goes back. */
export function createSnapshotCache(folder: string, nowMs: () => number): SnapshotCache {
  const writtenMs = new Map<AccountId, number>();
  const fileOf = (id: AccountId): string => join(folder, `${encodeURIComponent(id)}.json`);
  const write = (snapshot: Snapshot): void => {
    if (snapshot.instancesFreshness.checkedAtMs === null) return;
    writtenMs.set(snapshot.accountId, nowMs());
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileAtomically(fileOf(snapshot.accountId), toCache(snapshot));
    } catch {
      // It is only a cache.
    }
  };
  return {
    read: (id) => {
      try {
        return fromCache(readFileSync(fileOf(id), 'utf8'), id);
      } catch {
        return null;
      }
    },
    write,
    keep: (snapshot) => {
      const lastMs = writtenMs.get(snapshot.accountId);
      if (lastMs === undefined || nowMs() - lastMs >= pauseMs) write(snapshot);
    },
    forget: (id) => rmSync(fileOf(id), { force: true }),
  };
}
