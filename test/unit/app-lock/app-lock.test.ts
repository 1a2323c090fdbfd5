import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppLock, isLockSet } from '../../../main/app-lock/app-lock.ts';
import type { SystemAnswer, SystemUnlock } from '../../../main/app-lock/index.ts';
import { isPassphrase, recordOf } from '../../../main/app-lock/passphrase.ts';
import { ok } from '../../../preload/contract/result.ts';
import { FakeStore } from '../accounts/fakes.ts';

const passphrase = 'correct horse';
let store: FakeStore;
let nowMs: number;
let onChange: ReturnType<typeof vi.fn<() => void>>;
beforeEach(() => {
  store = new FakeStore();
  nowMs = 0;
  onChange = vi.fn<() => void>();
});
const open = (system: SystemUnlock | null = null): AppLock =>
  new AppLock({ store, clock: { monotonicMs: () => nowMs }, system, onChange });
const words = async (answer: Promise<unknown>): Promise<unknown> => {
  const given = (await answer) as { readonly ok: boolean; readonly error?: { readonly message: string } };
  return given.ok ? 'ok' : given.error?.message;
};

describe('the lock', () => {
  it('is none until a passphrase is set', async () => {
    const lock = open();
    lock.lock();
    expect([lock.isSet, lock.isLocked, isLockSet(store)]).toEqual([false, false, false]);
    expect(onChange).not.toHaveBeenCalled();
    for (const answer of [lock.changePassphrase('', passphrase), lock.turnOff(''), lock.unlock('')])
      expect(await words(answer)).toBe('No passphrase is set.');
    expect(lock.isSet).toBe(false);
  });

  it('is locked by a call and at the next start, and opened by its passphrase alone', async () => {
    const lock = open();
    expect(await lock.turnOn(passphrase)).toEqual(ok(undefined));
    expect([lock.isSet, lock.isLocked]).toEqual([true, false]);
    lock.lock();
    expect(lock.isLocked).toBe(true);

    const next = open();
    expect(next.isLocked).toBe(true);
    expect(await words(next.unlock('correct Horse'))).toBe('This is not the passphrase.');
    expect(next.isLocked).toBe(true);
    expect(await next.unlock(passphrase)).toEqual(ok(undefined));
    expect(next.isLocked).toBe(false);
  });

  it('keeps no passphrase, nor the same of it twice', async () => {
    await open().turnOn(passphrase);
    const first = JSON.stringify(store.get('appLock'));
    expect(first).not.toContain('horse');
    store = new FakeStore();
    await open().turnOn(passphrase);
    expect(JSON.stringify(store.get('appLock'))).not.toBe(first);
  });

  it('makes who is wrong wait longer and longer, also for the right one, and forgets it after the right one', async () => {
    const lock = open();
    await lock.turnOn(passphrase);
    lock.lock();
    for (let tries = 0; tries < 5; tries += 1)
      expect(await words(lock.unlock('wrong'))).toBe('This is not the passphrase.');
    expect(await words(lock.unlock('wrong'))).toBe(
      'This is not the passphrase. Wait 1 second before the next try.',
    );
    expect(await words(lock.unlock(passphrase))).toBe('Wait 1 second before the next try.');
    nowMs += 1000;
    expect(await words(lock.unlock('wrong'))).toBe(
      'This is not the passphrase. Wait 2 seconds before the next try.',
    );
    nowMs += 2000;
    expect(await words(lock.unlock(passphrase))).toBe('ok');
    expect(await words(lock.turnOff('wrong'))).toBe('This is not the passphrase.');
  });

  it('checks one passphrase at a time', async () => {
    const lock = open();
    await lock.turnOn(passphrase);
    lock.lock();
    const answers = await Promise.all([lock.unlock('wrong'), lock.unlock(passphrase)].map(words));
    expect(answers).toEqual(['This is not the passphrase.', 'A passphrase is being checked.']);
    expect(lock.isLocked).toBe(true);
  });

  it('is changed and turned off by who knows the passphrase, and set once', async () => {
    const lock = open();
    await lock.turnOn(passphrase);
    expect(await words(lock.turnOn('another one'))).toMatch(/^A passphrase is set already/);
    expect(await words(lock.changePassphrase('wrong', 'another one'))).toBe('This is not the passphrase.');
    expect(await words(lock.changePassphrase(passphrase, 'another one'))).toBe('ok');
    expect(await words(lock.turnOff(passphrase))).toBe('This is not the passphrase.');
    expect(await words(lock.turnOff('another one'))).toBe('ok');
    expect([lock.isSet, lock.isLocked, isLockSet(store)]).toEqual([false, false, false]);
  });

  it('is opened by the system where that says that it is the user', async () => {
    const authenticate = vi.fn<() => Promise<SystemAnswer>>();
    const lock = open({ kind: 'polkit', isAvailable: () => Promise.resolve(true), authenticate });
    await lock.turnOn(passphrase);
    lock.lock();
    for (const [answer, said] of [
      ['not-confirmed', 'Your system did not confirm that it is you.'],
      ['unavailable', 'Your system cannot ask you now. Type the passphrase.'],
    ] as const) {
      authenticate.mockResolvedValueOnce(answer);
      expect(await words(lock.unlockBySystem())).toBe(said);
      expect(lock.isLocked).toBe(true);
    }
    authenticate.mockResolvedValueOnce('confirmed');
    expect(await words(lock.unlockBySystem())).toBe('ok');
    expect(lock.isLocked).toBe(false);
    expect(await words(open().unlockBySystem())).toMatch(/^Your system cannot ask you now/);
  });

  it('has the system ask once at a time, and again after it failed to', async () => {
    let crash: (cause: Error) => void = () => undefined;
    const authenticate = vi.fn(() => new Promise<SystemAnswer>((_resolve, reject) => (crash = reject)));
    const lock = open({ kind: 'touch-id', isAvailable: () => Promise.resolve(true), authenticate });
    await lock.turnOn(passphrase);
    lock.lock();
    const first = lock.unlockBySystem();
    expect(await words(lock.unlockBySystem())).toBe('The system is asking already.');
    crash(new Error('The prompt crashed.'));
    await expect(first).rejects.toThrow('The prompt crashed.');
    authenticate.mockResolvedValueOnce('confirmed');
    expect(await words(lock.unlockBySystem())).toBe('ok');
    expect(authenticate).toHaveBeenCalledTimes(2);
  });

  it('offers what of the system can ask now', async () => {
    let isThere = true;
    const authenticate = vi.fn<() => Promise<SystemAnswer>>();
    const lock = open({ kind: 'polkit', isAvailable: () => Promise.resolve(isThere), authenticate });
    expect(await lock.systemUnlock()).toBe('polkit');
    isThere = false;
    expect(await lock.systemUnlock()).toBeNull();
    expect(await open().systemUnlock()).toBeNull();
  });

  it('is none where what is kept of it cannot be read', () => {
    store.set('appLock', { salt: 'x', hash: 7 });
    expect(open().isLocked).toBe(false);
  });
});

describe('a passphrase', () => {
  it('is the same by whatever code points it was typed, and nothing else is', async () => {
    const record = await recordOf('pässwörd');
    expect(await isPassphrase('pässwörd'.normalize('NFD'), record)).toBe(true);
    expect(await isPassphrase('password', record)).toBe(false);
    expect(await isPassphrase('pässwörd', { ...record, hash: record.hash.slice(0, 8) })).toBe(false);
  });
});
