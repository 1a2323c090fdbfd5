import { powerMonitor } from 'electron';
import type { AppLockState } from '../../preload/contract/app-lock.ts';
import { AppLock, IdleWatch } from '../app-lock/index.ts';
import { systemClock } from '../clock/index.ts';
import type { MainWindow } from '../desktop/main-window.ts';
import { openSystemUnlock } from '../desktop/system-unlock.ts';
import type { SettingsStore } from '../settings/index.ts';
import type { JsonStore } from '../storage/index.ts';

/** What the app's lock is joined with. */
export interface LockPartsOptions {
  readonly store: JsonStore;
  readonly settings: Pick<SettingsStore, 'get' | 'onChange'>;
  readonly window: Pick<MainWindow, 'setLocked' | 'followInput'>;
  /** It was locked or unlocked, or a passphrase was set or removed. */
  readonly onChange: (state: AppLockState) => void;
  readonly report: (cause: unknown) => void;
}

/** The app's lock, and what locks it by itself. */
export interface LockParts {
  readonly lock: AppLock;
  readonly stop: () => void;
}

/** Joins the lock with the window, the user's preferences, the system's idle time and its own lock. */
export function createLockParts({ store, settings, window, onChange, report }: LockPartsOptions): LockParts {
  const lock = new AppLock({
    store,
    clock: systemClock,
    system: openSystemUnlock(report),
    onChange: () => {
      follow();
      onChange({ isSet: lock.isSet });
    },
  });
  const idle = new IdleWatch({
    clock: systemClock,
    systemIdleMs: () => powerMonitor.getSystemIdleTime() * 1000,
    limitMs: () => {
      const { afterMinutes } = settings.get().lock;
      return afterMinutes === 0 ? null : afterMinutes * 60_000;
    },
    onIdle: () => lock.lock(),
  });
  const follow = (): void => {
    window.setLocked(lock.isLocked).catch(report);
    const isWatched = lock.isSet && !lock.isLocked && settings.get().lock.afterMinutes > 0;
    window.followInput(isWatched ? () => idle.input() : null);
    if (isWatched) idle.start();
    else idle.stop();
  };
  const lockWithSystem = (): void => {
    if (settings.get().lock.withSystem) lock.lock();
  };
  powerMonitor.on('lock-screen', lockWithSystem);
  powerMonitor.on('suspend', lockWithSystem);
  settings.onChange(follow);
  follow();
  return { lock, stop: () => idle.stop() };
}
