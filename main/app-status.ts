import { app } from 'electron';
import type { AccountsState } from '../preload/contract/account.ts';
import type { AppInfo, AppWarning } from '../preload/contract/app.ts';
import type { StoreHealth } from './settings/index.ts';

/** The web dashboard, where the API has no endpoint: top-ups, the person's details. */
const dashboardUrl = 'https://evorxa.com/dashboard';

/** What the window has to know about the app itself. */
export class AppStatus {
  readonly #storeHealth: () => StoreHealth;
  readonly #onChange: (info: AppInfo) => void;
  #trayAvailable = false;
  #notificationsAvailable = false;
  #keychain: AppWarning | null = null;

  constructor(storeHealth: () => StoreHealth, onChange: (info: AppInfo) => void) {
    this.#storeHealth = storeHealth;
    this.#onChange = onChange;
  }

  info(): AppInfo {
    return {
      version: app.getVersion(),
      electronVersion: process.versions.electron,
      platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
      trayAvailable: this.#trayAvailable,
      notificationsAvailable: this.#notificationsAvailable,
      dashboardUrl,
      warnings: this.#warnings(),
    };
  }

  /** Something shows tray icons, or no longer does. */
  setTray(available: boolean): void {
    this.#trayAvailable = available;
    this.changed();
  }

  setNotifications(available: boolean): void {
    this.#notificationsAvailable = available;
    this.changed();
  }

  /** Looks at how the accounts stand with the keychain. */
  follow({ phase, accounts }: AccountsState): void {
    if (phase === 'loading') return;
    const real = accounts.filter(({ kind }) => kind === 'token');
    const locked = real.some(({ access }) => access === 'locked');
    const session = real.some(({ storage, access }) => storage === 'session' && access !== 'signed-out');
    this.#keychain = locked
      ? { kind: 'keychain-locked' }
      : session
        ? {
            kind: 'keychain-unavailable',
            message: 'The token is kept in memory and is gone when the app quits.',
          }
        : null;
    this.changed();
  }

  /** Tells the window how things are now. */
  changed(): void {
    this.#onChange(this.info());
  }

  #warnings(): readonly AppWarning[] {
    const { backupPath, readOnly } = this.#storeHealth();
    return [
      ...(backupPath === null ? [] : [{ kind: 'settings-reset', backupPath } as const]),
      ...(readOnly ? [{ kind: 'settings-read-only' } as const] : []),
      ...(this.#keychain === null ? [] : [this.#keychain]),
    ];
  }
}
