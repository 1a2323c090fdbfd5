import { describe, expect, it, vi } from 'vitest';
import { allWrites, finishWrites, writeAll } from '../../../main/app/quit.ts';
import { createKeychain } from '../../../main/keychain/keychain.ts';
import type { KeyringEntry } from '../../../main/keychain/keyring-entry.ts';
import { createSecretRemovals } from '../../../main/keychain/removals.ts';
import { openStorage } from '../../../main/storage/index.ts';
import { gate } from '../accounts/fakes.ts';
import { FakeTime, settle } from '../monitor/fake-time.ts';
import { readJson, TestDisk, useFolder } from '../storage/disk.ts';

/** A keychain whose calls end when they are told to. */
function heldKeychain() {
  const ends: (() => void)[] = [];
  const held = <T>(value: T): Promise<T> => new Promise((resolve) => ends.push(() => resolve(value)));
  const entry: KeyringEntry = {
    getPassword: () => held(null),
    setPassword: () => held(undefined),
    deleteCredential: () => held(true),
  };
  const keychain = createKeychain(() => Promise.resolve(entry), 60_000);
  return { keychain, ends, time: new FakeTime() };
}

/** Whether it is over by now. */
async function isOver(waiting: Promise<unknown> | null): Promise<boolean> {
  let over = false;
  void waiting?.then(() => (over = true));
  await settle();
  return over;
}

describe('quitting', () => {
  it('waits for nothing where nothing is written, also while something is read', async () => {
    const { keychain, time } = heldKeychain();
    expect(finishWrites(() => keychain.writesDone(), time)).toBeNull();
    void keychain.read('a');
    await settle();
    expect(finishWrites(() => keychain.writesDone(), time)).toBeNull();
  });

  it.each(['write', 'remove'] as const)('waits until a %s is done, and no longer', async (act) => {
    const { keychain, ends, time } = heldKeychain();
    void (act === 'write' ? keychain.write('a', 'secret') : keychain.remove('a'));
    await settle();
    const waiting = finishWrites(() => keychain.writesDone(), time);
    await time.pass(1_900);
    expect(await isOver(waiting)).toBe(false);
    ends[0]?.();
    expect(await waiting).toBe(true);
    expect([time.pendingTimers, keychain.isHeldUp()]).toEqual([0, false]);
  });

  it('waits for what follows a write, too', async () => {
    const { keychain, ends, time } = heldKeychain();
    void keychain.write('a', 'secret').then(() => keychain.remove('a'));
    await settle();
    const waiting = finishWrites(() => keychain.writesDone(), time);
    ends[0]?.();
    expect(await isOver(waiting)).toBe(false);
    ends[1]?.();
    await waiting;
  });

  it('cuts a write that hangs after two seconds', async () => {
    const { keychain, time } = heldKeychain();
    void keychain.write('a', 'secret');
    await settle();
    const waiting = finishWrites(() => keychain.writesDone(), time);
    await time.pass(1_999);
    expect(await isOver(waiting)).toBe(false);
    await time.pass(1);
    expect(await waiting).toBe(false);
    expect(keychain.isHeldUp()).toBe(true);
  });
});

describe('quitting while files and secrets are written', () => {
  const folder = useFolder();
  const open = (disk: TestDisk) =>
    openStorage({
      folder: folder.path(),
      isInMemory: () => false,
      onProblem: () => undefined,
      monotonicMs: () => 0,
      calls: disk.calls,
    });

  it('waits for both, also for what each leaves to the other', async () => {
    const { keychain, ends, time } = heldKeychain();
    const disk = new TestDisk();
    const storage = open(disk);
    const slow = gate();
    disk.gate = slow.opened;
    const removals = createSecretRemovals({ keychain, store: storage.accounts, onError: () => undefined });
    void removals.remove(['token:ada']);
    const waiting = finishWrites(
      () =>
        writeAll(
          () => storage.flush(),
          () => keychain.writesDone(),
        ),
      time,
    );
    expect(await isOver(waiting)).toBe(false);
    // The keychain is not asked before the list that names the secret is on the disk.
    expect(ends).toEqual([]);
    slow.open();
    await vi.waitFor(() => expect(ends).toHaveLength(1));
    expect(readJson(folder.path('accounts.json'))).toEqual({ version: 1, pendingRemovals: ['token:ada'] });
    expect(await isOver(waiting)).toBe(false);
    ends[0]?.();
    expect(await waiting).toBe(true);
    expect(readJson(folder.path('accounts.json'))).toEqual({ version: 1, pendingRemovals: [] });
  });

  it('waits for a file that is begun by who waited for another', async () => {
    const second = gate();
    const files = [Promise.resolve(), second.opened];
    const waiting = writeAll(
      () => files.shift() ?? Promise.resolve(),
      () => null,
    );
    expect(await isOver(waiting)).toBe(false);
    second.open();
    await waiting;
    expect(files).toEqual([]);
  });

  it('cuts a disk that hangs after two seconds', async () => {
    const { keychain, time } = heldKeychain();
    const disk = new TestDisk();
    const storage = open(disk);
    const slow = gate();
    disk.gate = slow.opened;
    storage.settings.set('a', 1);
    const waiting = finishWrites(
      () =>
        writeAll(
          () => storage.flush(),
          () => keychain.writesDone(),
        ),
      time,
    );
    await time.pass(1_999);
    expect(await isOver(waiting)).toBe(false);
    await time.pass(1);
    expect(await waiting).toBe(false);
    slow.open();
    await storage.flush();
  });

  it('waits for each of several, and for nothing where none writes', async () => {
    const first = gate();
    const second = gate();
    expect(allWrites(() => null)()).toBeNull();
    const waiting = allWrites(
      () => first.opened,
      () => null,
      () => second.opened,
    )();
    first.open();
    expect(await isOver(waiting)).toBe(false);
    second.open();
    expect(await isOver(waiting)).toBe(true);
  });
});
