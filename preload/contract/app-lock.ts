import * as z from 'zod/mini';
import { call, push, shape } from './define.ts';

/** A passphrase of fewer characters is tried out too soon. */
export const shortestPassphrase = 8;

/** Whether the app can be locked. */
export interface AppLockState {
  /** A passphrase is set: the app starts locked. */
  readonly isSet: boolean;
}

/** What of the system's own can unlock the app beside the passphrase: Touch ID on macOS, polkit on Linux. */
export type SystemUnlockKind = 'touch-id' | 'polkit';

/** A minute and more without input after which the app locks; 0: it does not by itself. */
export const lockAfterMinutes = [0, 1, 5, 15, 30, 60] as const;

const nothing = z.undefined();
const done = shape<undefined>();
const typed = z.string().check(z.minLength(1), z.maxLength(1024));
const chosen = z.string().check(z.minLength(shortestPassphrase), z.maxLength(1024));

/** The calls about the app's lock. Error where a passphrase is not the right one, or it is too soon to try: `refused`. */
export const appLockCalls = {
  state: call(nothing, shape<AppLockState>()),
  changed: push(shape<AppLockState>()),
  /** Sets the first passphrase. */
  turnOn: call(z.object({ passphrase: chosen }), done),
  changePassphrase: call(z.object({ current: typed, passphrase: chosen }), done),
  turnOff: call(z.object({ current: typed }), done),
  /** Locks now. */
  lock: call(nothing, done),
  unlock: call(z.object({ passphrase: typed }), done),
  /** What of the system's own can be asked now. */
  systemUnlock: call(nothing, shape<SystemUnlockKind | null>()),
  /** Asks the system to authenticate the user, which shows a prompt of its own. */
  unlockBySystem: call(nothing, done),
  /** For a passphrase that is forgotten: signs all accounts out, then removes the lock. */
  signOutAll: call(nothing, done),
};
