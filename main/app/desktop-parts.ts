import { app } from 'electron';
import type { Route, WindowRequest } from '../../preload/contract/app.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import type { AppLock } from '../app-lock/index.ts';
import type { AppConsoles } from '../console/index.ts';
import { appIconPath } from '../desktop/app-icon.ts';
import type { MainWindow } from '../desktop/main-window.ts';
import { Presence, type PresenceOptions } from '../desktop/presence.ts';
import type { Publishers } from '../ipc/bind.ts';
import { isWanted } from '../notices/index.ts';
import type { SettingsStore } from '../settings/index.ts';
import type { JsonStore } from '../storage/index.ts';
import type { AppTerminals } from '../terminal/index.ts';
import type { AppStatus } from './app-status.ts';
import type { AccountData } from './account-data.ts';
import { WindowRequests } from './window-requests.ts';

/** What the tray, the notifications and their clicks take. */
export interface DesktopPartsOptions {
  readonly window: MainWindow;
  readonly publish: Pick<Publishers, 'app'>;
  /** Where the start wants the window to be. */
  readonly firstRoute: Route | null;
  readonly settings: SettingsStore;
  /** What is kept of this computer. */
  readonly stored: JsonStore;
  readonly accountData: Pick<AccountData, 'notices' | 'isShownFavourite'>;
  readonly wafAttention: PresenceOptions['wafAttention'];
  readonly status: Pick<AppStatus, 'setTray' | 'setNotifications'>;
  readonly terminals: Pick<AppTerminals, 'open'>;
  readonly consoles: Pick<AppConsoles, 'open'>;
  readonly lock: Pick<AppLock, 'isSet' | 'isLocked' | 'lock'>;
  readonly report: (cause: unknown) => void;
}

/** The app on the desktop outside of its window. */
export interface DesktopParts {
  readonly presence: Presence;
  readonly windowRequests: WindowRequests;
  /** Shows the window and asks it for something; a failure is reported. */
  readonly requestWindow: (request: WindowRequest) => void;
  /** Keeps notices, and shows those that the user wants to be told of. */
  readonly tell: (fresh: readonly Notice[]) => void;
  /** The last window was closed: whether the app goes on in the tray. Says so the first time. */
  readonly staysInTray: () => boolean;
}

/** Joins tray and notifications with the window, the terminals and the consoles. */
export function createDesktopParts(options: DesktopPartsOptions): DesktopParts {
  const { window, firstRoute, settings, stored, accountData, status, terminals, consoles, lock, report } =
    options;
  /** What was told since the app was locked. */
  let toldLocked = 0;
  const windowRequests = new WindowRequests(
    window,
    options.publish.app.windowRequested,
    firstRoute === null ? null : { route: firstRoute, power: null },
  );
  const requestWindow = (request: WindowRequest): void => void windowRequests.ask(request).catch(report);
  const presence = new Presence({
    iconPath: appIconPath,
    open: (route) => requestWindow({ route, power: null }),
    onAction: (action) => {
      if (action.kind === 'quit') {
        app.quit();
      } else if (action.kind === 'lock') {
        lock.lock();
      } else if (lock.isLocked) {
        // Of a menu that was open when it was locked.
        requestWindow({ route: null, power: null });
      } else if (action.kind === 'power') {
        requestWindow({ route: null, power: { instanceId: action.instanceId, action: action.action } });
      } else {
        (action.kind === 'ssh' ? terminals : consoles).open(action.instanceId);
        requestWindow({ route: null, power: null });
      }
    },
    onTrayHost: (present) => status.setTray(present),
    onNotifications: (notifications) => status.setNotifications(notifications),
    onNotShown: (notice) => accountData.notices.markNotShown(notice),
    onError: report,
    isFavourite: (id) => accountData.isShownFavourite(id),
    wafAttention: options.wafAttention,
    lock: () => lock,
  });
  return {
    presence,
    windowRequests,
    requestWindow,
    tell: (fresh) => {
      const wanted = settings.get().notifications;
      const isShown = (notice: Notice): boolean => presence.canNotify || !isWanted(notice, wanted);
      accountData.notices.add(
        fresh.map((notice) => (isShown(notice) ? notice : { ...notice, notShown: true })),
      );
      const told = fresh.filter((notice) => isWanted(notice, wanted));
      if (!lock.isLocked) {
        toldLocked = 0;
        for (const notice of told) presence.notify(notice);
      } else if (told.length > 0) {
        toldLocked += told.length;
        presence.sayLocked(toldLocked);
      }
    },
    staysInTray: () => {
      const stays = presence.isInTray && settings.get().closeToTray;
      if (stays && presence.canNotify && stored.get('saidInTray') !== true) {
        stored.set('saidInTray', true);
        presence.sayInTray();
      }
      return stays;
    },
  };
}
