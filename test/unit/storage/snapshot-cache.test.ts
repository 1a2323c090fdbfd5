import { mkdtempSync, readdirSync, rmSync, writeFileSync, type MakeDirectoryOptions } from 'node:fs';
import * as promises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WritingCalls } from '../../../main/storage/atomic-write.ts';
import { createSnapshotCache } from '../../../main/storage/snapshot-cache.ts';
import type { AccountId, Cents } from '../../../preload/contract/brands.ts';
import type { Snapshot } from '../../../preload/contract/snapshot.ts';
import { TestDisk } from './disk.ts';

const ada = 'ada' as AccountId;
const bob = 'b/../o b' as AccountId;

function snapshotOf(accountId: AccountId, balanceCents: number, checkedAtMs: number | null = 1): Snapshot {
  return {
    accountId,
    revision: 7,
    apiStatus: 'live',
    instances: [],
    instancesFreshness: { checkedAtMs, error: null },
    balanceCents: balanceCents as Cents,
    walletFreshness: { checkedAtMs, error: null },
    missingAbilities: [],
    runway: null,
    instancesGaps: null,
  };
}

let folder: string;
let nowMs: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evorxa-cache-'));
  nowMs = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the snapshot cache', () => {
  const open = (calls?: WritingCalls) => createSnapshotCache(join(folder, 'cache'), () => nowMs, calls);
  const written = async (snapshot: Snapshot): Promise<void> => {
    const cache = open();
    cache.write(snapshot);
    await cache.settled();
  };

  it('gives back what was written, to its own account only', async () => {
    await written(snapshotOf(ada, 5240));
    expect(open().read(ada)).toMatchObject({ accountId: ada, balanceCents: 5240, apiStatus: 'starting' });
    expect(open().read(bob)).toBeNull();
  });

  it('stays in its folder, whatever an id is', async () => {
    await written(snapshotOf(bob, 1));
    expect(readdirSync(folder)).toEqual(['cache']);
    expect(open().read(bob)?.balanceCents).toBe(1);
  });

  it('has what is written again while it is being written', async () => {
    const snapshot = snapshotOf(ada, 5240);
    let times = 0;
    const mkdir = (path: string, options: MakeDirectoryOptions) => {
      times += 1;
      if (times < 3) cache.write(snapshot);
      return promises.mkdir(path, options);
    };
    const cache = open({ ...promises, mkdir: mkdir as WritingCalls['mkdir'] });
    cache.write(snapshot);
    await vi.waitFor(async () => {
      await cache.settled();
      expect(times).toBe(3);
    });
    await cache.settled();
    expect(cache.read(ada)?.balanceCents).toBe(5240);
    expect(open().read(ada)?.balanceCents).toBe(5240);
  });

  it('does not write what the API has not confirmed', async () => {
    await written(snapshotOf(ada, 1, null));
    expect(open().read(ada)).toBeNull();
  });

  it('writes at most once a minute while it is kept, and at once when told to', async () => {
    const cache = open();
    cache.keep(snapshotOf(ada, 1));
    nowMs = 59_999;
    cache.keep(snapshotOf(ada, 2));
    expect(cache.read(ada)?.balanceCents).toBe(1);
    cache.keep(snapshotOf(bob, 3));
    expect(cache.read(bob)?.balanceCents).toBe(3);
    nowMs = 60_000;
    cache.keep(snapshotOf(ada, 4));
    expect(cache.read(ada)?.balanceCents).toBe(4);
    cache.write(snapshotOf(ada, 5));
    expect(cache.read(ada)?.balanceCents).toBe(5);
    // A folder that is still written to cannot be removed.
    await cache.settled();
  });

  it('gives what is on its way to the disk as it gives what is there, and writes the newest of many', async () => {
    const disk = new TestDisk();
    const cache = open(disk.calls);
    for (let cents = 1; cents <= 200; cents += 1) cache.write(snapshotOf(ada, cents));
    const early = cache.read(ada);
    await cache.settled();
    expect(early).toEqual(cache.read(ada));
    expect(early?.balanceCents).toBe(200);
    expect(disk.replaced).toHaveLength(1);
  });

  it('forgets an account, also one that is being written, and one that it does not know', async () => {
    const cache = open();
    cache.write(snapshotOf(ada, 1));
    cache.forget(ada);
    cache.forget(bob);
    expect(cache.read(ada)).toBeNull();
    await cache.settled();
    expect(cache.read(ada)).toBeNull();
    cache.keep(snapshotOf(ada, 2));
    expect(cache.read(ada)?.balanceCents).toBe(2);
  });

  it('survives a folder that cannot be made', async () => {
    writeFileSync(join(folder, 'cache'), 'a file in its place');
    await written(snapshotOf(ada, 1));
    expect(open().read(ada)).toBeNull();
  });
});
