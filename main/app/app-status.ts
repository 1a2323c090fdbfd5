import { readFileSync } from 'node:fs';
import { app } from 'electron';
import type { AccountsState } from '../../preload/contract/account.ts';
import type { AppInfo, AppWarning, PaletteShortcutState } from '../../preload/contract/app.ts';
import type { DemoState } from './demo-account.ts';
import { missingParts } from '../desktop/missing-parts.ts';
import type { Notifications } from '../desktop/presence.ts';
import type { Log } from '../log/index.ts';
import type { StorageHealth } from '../storage/index.ts';

/** The web dashboard, where the API has no endpoint: top-ups, the user's details. */
const dashboardUrl = 'https://evorxa.com/dashboard';

/** What the window has to know about the app itself. */
export class AppStatus {
  readonly #storageHealth: () => StorageHealth;
  readonly #startsAtLogin: () => boolean;
  readonly #onChange: (info: AppInfo) => void;
  /** null: not asked yet. */
  #trayAvailable: boolean | null = null;
  #notifications: Notifications | null = null;
  readonly #osRelease = process.platform === 'linux' ? readOsRelease() : '';
  #keychain: AppWarning | null = null;
  #paletteShortcut: PaletteShortcutState = 'off';
  #demo: DemoState = 'as-opened';
  #unexpected: Extract<AppWarning, { kind: 'unexpected-error' }> | null = null;

  constructor(
    storageHealth: () => StorageHealth,
    startsAtLogin: () => boolean,
    onChange: (info: AppInfo) => void,
  ) {
    this.#storageHealth = storageHealth;
    this.#startsAtLogin = startsAtLogin;
    this.#onChange = onChange;
  }

  info(): AppInfo {
    return {
      version: app.getVersion(),
      platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
      trayAvailable: this.#trayAvailable === true,
      notificationsAvailable: this.#notifications?.service === true,
      notificationButtons: this.#notifications?.hasButtons === true,
      notificationsRefused: this.#notifications?.isRefused === true,
      startsAtLogin: this.#startsAtLogin(),
      paletteShortcut: this.#paletteShortcut,
      missing: this.#missing(),
      dashboardUrl,
      warnings: this.#warnings(),
    };
  }

  /** Something shows tray icons, or no longer does. */
  setTray(available: boolean): void {
    this.#trayAvailable = available;
    this.changed();
  }

  /** What notifications are shown by is there, or no longer is. */
  setNotifications(notifications: Notifications): void {
    this.#notifications = notifications;
    this.changed();
  }

  /** The system gives the keys for the command palette, or does not. */
  setPaletteShortcut(state: PaletteShortcutState): void {
    this.#paletteShortcut = state;
    this.changed();
  }

  /** The demo's local Evorxa is there, or no longer. */
  setDemo(state: DemoState): void {
    this.#demo = state;
    this.changed();
  }

  /** The main process goes on after a mistake of its own. */
  setUnexpected(details: string): void {
    this.#unexpected = { kind: 'unexpected-error', count: (this.#unexpected?.count ?? 0) + 1, details };
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

  #missing(): AppInfo['missing'] {
    if (process.platform !== 'linux') return [];
    return missingParts(
      {
        notificationService: this.#notifications?.service ?? null,
        trayHost: this.#trayAvailable,
        keyring: this.#keychain?.kind !== 'keychain-unavailable',
        isGnome: isGnome(process.env['XDG_CURRENT_DESKTOP'] ?? ''),
      },
      this.#osRelease,
    );
  }

  #warnings(): readonly AppWarning[] {
    const { settingsBackupPath, otherBackupPaths, isUnwritable, newerPaths } = this.#storageHealth();
    return [
      ...(settingsBackupPath === null
        ? []
        : [{ kind: 'settings-reset', backupPath: settingsBackupPath } as const]),
      ...(otherBackupPaths.length === 0
        ? []
        : [{ kind: 'data-reset', backupPaths: otherBackupPaths } as const]),
      ...(isUnwritable ? [{ kind: 'settings-read-only' } as const] : []),
      ...(newerPaths.length === 0 ? [] : [{ kind: 'data-newer', paths: newerPaths } as const]),
      ...(this.#keychain === null ? [] : [this.#keychain]),
      ...(this.#demo === 'as-opened' ? [] : [{ kind: `demo-${this.#demo}` } as const]),
      ...(this.#unexpected === null ? [] : [this.#unexpected]),
    ];
  }
}

/** The app and its system, for a report. */
export function aboutApp(): string {
  const { platform, arch, versions } = process;
  return `Evorxa ${app.getVersion()}, Electron ${versions.electron}, ${platform} ${arch}`;
}

/** Gives a function that logs what this system lacks, each part of it once. */
export function createMissingLog(log: Pick<Log, 'info'>): (info: Pick<AppInfo, 'missing'>) => void {
  const logged = new Set<string>();
  return ({ missing }) => {
    for (const { kind, command } of missing) {
      if (logged.has(kind)) continue;
      logged.add(kind);
      log.info(`Missing on this system: ${kind}.${command === null ? '' : ` It comes with: ${command}`}`);
    }
  };
}

/** By the names that a desktop has, as `ubuntu:GNOME`: Electron 33 adds to them, later ones do not. */
const isGnome = (desktops: string): boolean => desktops.split(':').includes('GNOME');

function readOsRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
