import { expect, it, vi } from 'vitest';
import { createAppLockHandlers } from '../../../../main/ipc/handlers/app-lock.ts';
import { AppLock } from '../../../../main/app-lock/index.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import { FakeStore } from '../../accounts/fakes.ts';

const passphrase = 'correct horse';

it('locks and unlocks, and removes the lock once all accounts are signed out', async () => {
  const lock = new AppLock({
    store: new FakeStore(),
    clock: { monotonicMs: () => 0 },
    system: null,
    onChange: () => undefined,
  });
  const stays = fail({ kind: 'refused', message: 'You are still signed in.' } as const);
  const signOutAll = vi.fn(() => Promise.resolve<typeof stays | ReturnType<typeof ok<undefined>>>(stays));
  const handlers = createAppLockHandlers({
    lock,
    signOutAll,
  });
  await handlers.turnOn({ passphrase });
  expect(await handlers.state(undefined)).toEqual(ok({ isSet: true }));
  expect(await handlers.systemUnlock(undefined)).toEqual(ok(null));
  await handlers.lock(undefined);
  expect(lock.isLocked).toBe(true);
  expect(await handlers.signOutAll(undefined)).toEqual(stays);
  expect([lock.isSet, lock.isLocked]).toEqual([true, true]);
  signOutAll.mockResolvedValue(ok(undefined));
  expect(await handlers.signOutAll(undefined)).toEqual(ok(undefined));
  expect([lock.isSet, lock.isLocked]).toEqual([false, false]);
  await handlers.turnOn({ passphrase });
  await handlers.lock(undefined);
  expect(await handlers.unlock({ passphrase })).toEqual(ok(undefined));
  expect(await handlers.changePassphrase({ current: passphrase, passphrase: 'another one' })).toEqual(
    ok(undefined),
  );
  expect(await handlers.turnOff({ current: 'another one' })).toEqual(ok(undefined));
});
