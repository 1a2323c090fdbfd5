import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { classifyKeyringError, createKeychain } from '../../../main/keychain/keychain.ts';
import type { KeyringEntry } from '../../../main/keychain/keyring-entry.ts';
import { fail, ok } from '../../../preload/contract/result.ts';

const never = new Promise<never>(() => undefined);

/** A promise that the test settles. */
function pending<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (cause: Error) => void } {
  let resolve: (value: T) => void = () => undefined;
  let reject: (cause: Error) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

const entry = (overrides: Partial<KeyringEntry> = {}): KeyringEntry => ({
  getPassword: () => Promise.resolve(null),
  setPassword: () => Promise.resolve(),
  deleteCredential: () => Promise.resolve(true),
  ...overrides,
});

describe('what an error of the library means', () => {
  it.each([
    "Couldn't access platform storage: Secret Service: unlock prompt was dismissed",
    'Platform failure: User interaction is not allowed.',
    'Platform failure: User canceled the operation.',
    'Platform failure: The user name or passphrase you entered is not correct.',
  ])('locked: %s', (message) => {
    expect(classifyKeyringError(new Error(message))).toEqual({ kind: 'keychain-locked' });
  });

  it.each([
    'Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled at compile time, set your DBUS_SESSION_BUS_ADDRESS instead',
    'Platform failure: DBus error: The name org.freedesktop.secrets was not provided by any .service files',
    'Platform failure: DBus error: connection aborted',
    'Cannot find native binding. Remove both package-lock.json and node_modules',
    '',
  ])('unavailable: %s', (message) => {
    expect(classifyKeyringError(new Error(message))).toEqual({ kind: 'keychain-unavailable', message });
  });

  it('and of what is no error', () => {
    expect(classifyKeyringError('odd')).toEqual({ kind: 'keychain-unavailable', message: 'odd' });
    expect(classifyKeyringError(undefined)).toEqual({ kind: 'keychain-unavailable', message: 'undefined' });
    expect(classifyKeyringError(new DOMException('', 'AbortError'))).toEqual({ kind: 'keychain-locked' });
  });
});

describe('the keychain', () => {
  it('reads, and an absent secret is null', async () => {
    expect(await createKeychain(() => Promise.resolve(entry())).read('a')).toEqual(ok(null));
    const full = entry({ getPassword: () => Promise.resolve('secret') });
    expect(await createKeychain(() => Promise.resolve(full)).read('a')).toEqual(ok('secret'));
  });

  it('removes, also what is not there', async () => {
    const empty = entry({ deleteCredential: () => Promise.resolve(false) });
    expect(await createKeychain(() => Promise.resolve(empty)).remove('a')).toEqual(ok(undefined));
  });

  it('says why it gave nothing, for each call', async () => {
    const dismissed = (): Promise<never> =>
      Promise.reject(
        new Error("Couldn't access platform storage: Secret Service: unlock prompt was dismissed"),
      );
    const locked = entry({ getPassword: dismissed, setPassword: dismissed, deleteCredential: dismissed });
    const keychain = createKeychain(() => Promise.resolve(locked));
    for (const answer of [keychain.read('a'), keychain.write('a', 's'), keychain.remove('a')]) {
      expect(await answer).toEqual(fail({ kind: 'keychain-locked' }));
    }
    const broken = createKeychain(() => Promise.reject(new Error('no binding')));
    expect(await broken.read('a')).toEqual(fail({ kind: 'keychain-unavailable', message: 'no binding' }));
  });

  it('refuses what Windows cannot hold, and does not ask', async () => {
    const setPassword = vi.fn(() => Promise.resolve());
    const keychain = createKeychain(() => Promise.resolve(entry({ setPassword })));
    expect(await keychain.write('a', 'x'.repeat(1281))).toMatchObject({
      error: { kind: 'keychain-unavailable' },
    });
    expect(await keychain.write('a', '😀'.repeat(641))).toMatchObject({
      error: { kind: 'keychain-unavailable' },
    });
    expect(setPassword).not.toHaveBeenCalled();
    expect(await keychain.write('a', 'x'.repeat(1280))).toEqual(ok(undefined));
    expect(setPassword).toHaveBeenCalledTimes(1);
  });

  it('says how much it holds where a secret is too long', async () => {
    const refused = await createKeychain(() => Promise.resolve(entry())).write('a', 'x'.repeat(1281));
    expect(refused).toMatchObject({ error: { message: expect.stringContaining('1280') as string } });
  });

  it('opens the entry of the name, and writes the secret that it was given', async () => {
    const setPassword = vi.fn(() => Promise.resolve());
    const open = vi.fn(() => Promise.resolve(entry({ setPassword })));
    await createKeychain(open).write('token:a', 'secret');
    expect(open.mock.calls).toEqual([['token:a']]);
    expect(setPassword.mock.calls).toEqual([['secret', expect.any(AbortSignal)]]);
  });

  it('is held up while a call is under way, not before and not after', async () => {
    const answer = pending<null>();
    const keychain = createKeychain(() => Promise.resolve(entry({ getPassword: () => answer.promise })));
    expect(keychain.isHeldUp()).toBe(false);
    const read = keychain.read('a');
    expect(keychain.isHeldUp()).toBe(true);
    answer.resolve(null);
    await read;
    expect(keychain.isHeldUp()).toBe(false);
  });

  it('is not held up by a call that failed', async () => {
    const keychain = createKeychain(() => Promise.reject(new Error('no binding')));
    await keychain.read('a');
    expect(keychain.isHeldUp()).toBe(false);
  });

  it('tells when all is written and removed, whether it went well or not; a read is not waited for', async () => {
    const written = pending<undefined>();
    const removed = pending<boolean>();
    const keychain = createKeychain(() =>
      Promise.resolve(
        entry({
          getPassword: () => never,
          setPassword: () => written.promise,
          deleteCredential: () => removed.promise,
        }),
      ),
    );
    expect(keychain.writesDone()).toBeNull();
    void keychain.read('a');
    expect(keychain.writesDone()).toBeNull();
    const write = keychain.write('a', 's');
    const remove = keychain.remove('b');
    const done = vi.fn();
    const all = keychain.writesDone()?.then(done);
    written.reject(new Error('refused'));
    await write;
    expect(done).not.toHaveBeenCalled();
    removed.resolve(true);
    await remove;
    await all;
    expect(done).toHaveBeenCalledTimes(1);
    expect(keychain.writesDone()).toBeNull();
  });

  it('waits also for a write that the end of another begins', async () => {
    const first = pending<undefined>();
    const second = pending<undefined>();
    const setPassword = vi
      .fn<KeyringEntry['setPassword']>()
      .mockReturnValueOnce(first.promise)
      .mockReturnValueOnce(second.promise);
    const keychain = createKeychain(() => Promise.resolve(entry({ setPassword })));
    const both = keychain.write('a', '1').then(() => keychain.write('a', '2'));
    const done = vi.fn();
    const all = keychain.writesDone()?.then(done);
    first.resolve(undefined);
    await vi.waitFor(() => expect(setPassword).toHaveBeenCalledTimes(2));
    expect(done).not.toHaveBeenCalled();
    second.resolve(undefined);
    await both;
    await all;
    expect(done).toHaveBeenCalledTimes(1);
  });

  describe('in fake time', () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('gives up a prompt that stands for ten seconds, and tells the library', async () => {
      let signal: AbortSignal | undefined;
      const hanging = entry({
        getPassword: (given) => {
          signal = given;
          return never;
        },
      });
      const settled = vi.fn();
      const read = createKeychain(() => Promise.resolve(hanging))
        .read('a')
        .finally(settled);
      await vi.advanceTimersByTimeAsync(9_999);
      expect(settled).not.toHaveBeenCalled();
      expect(signal?.aborted).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(await read).toEqual(fail({ kind: 'keychain-locked' }));
      expect(signal?.aborted).toBe(true);
    });

    it('stays held up by a call that it gave up: the library may still wait', async () => {
      const keychain = createKeychain(() => Promise.resolve(entry({ getPassword: () => never })), 500);
      const read = keychain.read('a');
      await vi.advanceTimersByTimeAsync(500);
      await read;
      expect(keychain.isHeldUp()).toBe(true);
    });

    it('gives up a library that does not load, without an error that nobody handles', async () => {
      const read = createKeychain(() => never).read('a');
      await vi.advanceTimersByTimeAsync(10_000);
      expect(await read).toEqual(fail({ kind: 'keychain-locked' }));
    });

    it('leaves no timer and no late error behind', async () => {
      let refuse: (cause: Error) => void = () => undefined;
      const late = new Promise<null>((_resolve, reject) => {
        refuse = reject;
      });
      const keychain = createKeychain(() => Promise.resolve(entry({ getPassword: () => late })));
      const read = keychain.read('a');
      await vi.advanceTimersByTimeAsync(10_000);
      await read;
      refuse(new Error('too late'));
      await createKeychain(() => Promise.resolve(entry())).read('a');
      expect(vi.getTimerCount()).toBe(0);
    });
  });
});
