import { describe, expect, it } from 'vitest';
import { finishWrites } from '../../../main/app/quit.ts';
import { createKeychain } from '../../../main/keychain/keychain.ts';
import type { KeyringEntry } from '../../../main/keychain/keyring-entry.ts';
import { FakeTime, settle } from '../monitor/fake-time.ts';

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
async function isOver(waiting: Promise<void> | null): Promise<boolean> {
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
    await waiting;
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
    await waiting;
    expect(keychain.isHeldUp()).toBe(true);
  });
});
