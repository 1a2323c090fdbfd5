import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import type { WritingCalls } from './atomic-write.ts';
import { asOfLastRun, fromCache, toCache } from './cached-snapshot.ts';
import { FileWriter } from './file-writer.ts';

/** The last snapshot of each account on disk, so that a start shows the list at once. No secrets are in it. */
export interface SnapshotCache {
  /** Null where there is none, or it cannot be read. */
  read(id: AccountId): Snapshot | null;
  /** Writes a snapshot that the API has confirmed. A disk that refuses costs a slower start, nothing else. */
  write(snapshot: Snapshot): void;
  /** Writes it unless one of this account was written a minute ago: a crash should not cost more than that. */
  keep(snapshot: Snapshot): void;
  forget(id: AccountId): void;
  /** Ends once what is to be written has been, as far as that is possible. */
  settled(): Promise<void>;
}

const pauseMs = 60_000;

/** What is written of one account. */
interface Slot {
  /** What is on its way to the disk, another object each time it is asked for; null: nothing. */
  pending: { readonly content: Snapshot | 'gone' } | null;
  writtenAtMs: number;
  readonly writer: FileWriter;
}

/** Opens the cache in a folder of the app's data. `nowMs` never goes back. */
export function createSnapshotCache(
  folder: string,
  nowMs: () => number,
  calls?: WritingCalls,
): SnapshotCache {
  const slots = new Map<AccountId, Slot>();
  const fileOf = (id: AccountId): string => join(folder, `${encodeURIComponent(id)}.json`);
  const open = (id: AccountId): Slot => {
    const slot: Slot = {
      pending: null,
      writtenAtMs: -Infinity,
      writer: new FileWriter(
        fileOf(id),
        () => {
          const content = slot.pending?.content ?? 'gone';
          return content === 'gone' ? null : toCache(content);
        },
        calls,
      ),
    };
    slots.set(id, slot);
    return slot;
  };
  const put = (id: AccountId, content: Snapshot | 'gone', writtenAtMs: number): void => {
    const slot = slots.get(id) ?? open(id);
    // The same snapshot may be on its way already, and be written again behind that.
    const pending = { content };
    slot.pending = pending;
    slot.writtenAtMs = writtenAtMs;
    void slot.writer.write().then(() => {
      if (slot.pending === pending) slot.pending = null;
    });
  };
  const write = (snapshot: Snapshot): void => {
    if (snapshot.instancesFreshness.checkedAtMs !== null) put(snapshot.accountId, snapshot, nowMs());
  };
  return {
    read: (id) => {
      const content = slots.get(id)?.pending?.content;
      if (content === 'gone') return null;
      if (content !== undefined) return asOfLastRun(content);
      try {
        return fromCache(readFileSync(fileOf(id), 'utf8'), id);
      } catch {
        return null;
      }
    },
    write,
    keep: (snapshot) => {
      if (nowMs() - (slots.get(snapshot.accountId)?.writtenAtMs ?? -Infinity) >= pauseMs) write(snapshot);
    },
    forget: (id) => put(id, 'gone', -Infinity),
    settled: async () => {
      await Promise.all([...slots.values()].map(({ writer }) => writer.settled()));
    },
  };
}
