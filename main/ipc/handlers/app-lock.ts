import { ok, type Result } from '../../../preload/contract/result.ts';
import type { AppLock } from '../../app-lock/index.ts';
import { done, type Domain } from './shared.ts';

/** What the calls about the app's lock are answered by. */
export interface AppLockHandlerParts {
  readonly lock: AppLock;
  /** Signs every account out, or as many as it can. */
  readonly signOutAll: () => Promise<Result<undefined>>;
}

/** Answers the calls of the domain `appLock`. */
export function createAppLockHandlers({ lock, signOutAll }: AppLockHandlerParts): Domain<'appLock'> {
  return {
    state: () => ok({ isSet: lock.isSet }),
    turnOn: ({ passphrase }) => lock.turnOn(passphrase),
    changePassphrase: ({ current, passphrase }) => lock.changePassphrase(current, passphrase),
    turnOff: ({ current }) => lock.turnOff(current),
    lock: () => {
      lock.lock();
      return done;
    },
    unlock: ({ passphrase }) => lock.unlock(passphrase),
    systemUnlock: async () => ok(await lock.systemUnlock()),
    unlockBySystem: () => lock.unlockBySystem(),
    signOutAll: async () => {
      const signedOut = await signOutAll();
      if (signedOut.ok) lock.remove();
      return signedOut;
    },
  };
}
