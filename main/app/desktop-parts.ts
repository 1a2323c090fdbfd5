import { app } from 'electron';
import type { AccountId } from '../../preload/contract/brands.ts';
import type { WindowRequest } from '../../preload/contract/app.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import type { AppLock } from '../app-lock/index.ts';
import { systemClock } from '../clock/index.ts';
import type { AppConsoles } from '../console/index.ts';
import { appIconPath } from '../desktop/app-icon.ts';
import type { MainWindow } from '../desktop/main-window.ts';
import { Presence, type PresenceOptions } from '../desktop/presence.ts';
import type { Publishers } from '../ipc/bind.ts';
import { accountOfNotice, deliveryOf, heldBackSummary, QuietTimes } from '../notices/index.ts';
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
  /** What the start wants of the window. */
  readonly firstRequest: WindowRequest | null;
  readonly settings: SettingsStore;
  /** What is kept of this computer. */
  readonly stored: JsonStore;
  readonly accountData: Pick<AccountData, 'annotations' | 'notices' | 'shownFavourites'>;
  /** Has the window show an account, where it is signed in. */
  readonly showAccount: (id: AccountId) => void;
  /** Notifications went off, or on again. */
  readonly onQuiet: () => void;
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
  /** Do Not Disturb and the quiet hours. */
  readonly quietTimes: QuietTimes;
  /** Shows the window and asks it for something; a failure is reported. */
  readonly requestWindow: (request: WindowRequest) => void;
  /** Keeps notices, and shows those that the user wants to be told of. */
  readonly tell: (fresh: readonly Notice[]) => void;
  /** The last window was closed: whether the app goes on in the tray. Says so the first time. */
  readonly staysInTray: () => boolean;
}

/** Joins tray and notifications with the window, the terminals and the consoles. */
export function createDesktopParts(options: DesktopPartsOptions): DesktopParts {
  const { window, firstRequest, settings, stored, accountData, status, terminals, consoles, lock, report } =
    options;
  /** What was told since the app was locked. */
  let toldLocked = 0;
  const windowRequests = new WindowRequests(window, options.publish.app.windowRequested, firstRequest);
  const requestWindow = (request: WindowRequest): void => void windowRequests.ask(request).catch(report);
  const presence = new Presence({
    iconPath: appIconPath,
    open: (route, accountId) => {
      if (accountId !== undefined) options.showAccount(accountId);
      requestWindow({ route, power: null });
    },
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
    favourites: () => accountData.shownFavourites(),
    wafAttention: options.wafAttention,
    lock: () => lock,
    quietNow: () => quietTimes.now(),
    onDoNotDisturb: (until) => quietTimes.setDoNotDisturb(until),
  });
  /** While the app is locked a notification says how many there are, and no more. */
  const tellLocked = (count: number): void => {
    toldLocked += count;
    presence.sayLocked(toldLocked);
  };
  const quietTimes = new QuietTimes({
    clock: systemClock,
    settings,
    onChange: options.onQuiet,
    onEnd: (heldBack) => {
      const summary = heldBackSummary(heldBack);
      if (summary === null || !presence.canNotify) return;
      if (lock.isLocked) tellLocked(heldBack.length);
      else presence.sayHeldBack(summary);
    },
  });
  return {
    presence,
    windowRequests,
    quietTimes,
    requestWindow,
    tell: (fresh) => {
      const told = fresh.map((notice) => {
        const { instanceId } = notice;
        const mutedUntil =
          instanceId === null
            ? null
            : accountData.annotations.get(accountOfNotice(notice), instanceId).mutedUntil;
        const facts = { settings: settings.get(), mutedUntil, nowMs: systemClock.now() };
        return { notice, delivery: deliveryOf(notice, facts) };
      });
      accountData.notices.add(
        told.map(({ notice, delivery }) =>
          delivery === 'show' && !presence.canNotify ? { ...notice, notShown: true } : notice,
        ),
      );
      for (const { notice, delivery } of told) if (delivery === 'hold-back') quietTimes.holdBack(notice);
      const shown = told.filter(({ delivery }) => delivery === 'show');
      if (!lock.isLocked) {
        toldLocked = 0;
        for (const { notice } of shown) presence.notify(notice);
      } else if (shown.length > 0) {
        tellLocked(shown.length);
      }
    },
    staysInTray: () => {
      const stays = presence.isInTray && settings.get().closeToTray;
      // While notifications are off it waits for the next time.
      if (stays && presence.canNotify && quietTimes.now() === null && stored.get('saidInTray') !== true) {
        stored.set('saidInTray', true);
        presence.sayInTray();
      }
      return stays;
    },
  };
}
