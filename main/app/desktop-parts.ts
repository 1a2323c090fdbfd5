import { app } from 'electron';
import type { Route, Wish } from '../../preload/contract/app.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import type { AppConsoles } from '../console/index.ts';
import { appIconPath } from '../desktop/app-icon.ts';
import type { MainWindow } from '../desktop/main-window.ts';
import { Presence } from '../desktop/presence.ts';
import type { Publishers } from '../ipc/bind.ts';
import { isWanted } from '../notices/index.ts';
import type { SettingsStore } from '../settings/index.ts';
import type { Shells } from '../terminal/index.ts';
import type { AppStatus } from './app-status.ts';
import type { KeptParts } from './kept-parts.ts';
import { Wishes } from './window-requests.ts';

/** What the tray, the notifications and their clicks take. */
export interface DesktopPartsOptions {
  readonly window: MainWindow;
  readonly publish: Pick<Publishers, 'app'>;
  /** Where the start wants the window to be. */
  readonly firstRoute: Route | null;
  readonly settings: SettingsStore;
  readonly kept: Pick<KeptParts, 'notices' | 'isShownFavourite'>;
  readonly status: Pick<AppStatus, 'setTray' | 'setNotifications'>;
  readonly shells: Pick<Shells, 'open'>;
  readonly consoles: Pick<AppConsoles, 'open'>;
  readonly report: (cause: unknown) => void;
}

/** The app on the desktop outside of its window. */
export interface DesktopParts {
  readonly presence: Presence;
  readonly wishes: Wishes;
  /** Shows the window and asks it for something; a failure is reported. */
  readonly wish: (wished: Wish) => void;
  /** Keeps notices, and shows those that the person wants to be told of. */
  readonly tell: (fresh: readonly Notice[]) => void;
}

/** Joins tray and notifications with the window, the terminals and the consoles. */
export function createDesktopParts(options: DesktopPartsOptions): DesktopParts {
  const { window, firstRoute, settings, kept, status, shells, consoles, report } = options;
  const wishes = new Wishes(
    window,
    options.publish.app.wished,
    firstRoute === null ? null : { route: firstRoute, power: null },
  );
  const wish = (wished: Wish): void => void wishes.ask(wished).catch(report);
  const presence = new Presence({
    iconPath: appIconPath,
    open: (route) => wish({ route, power: null }),
    onAction: (action) => {
      if (action.kind === 'quit') {
        app.quit();
      } else if (action.kind === 'power') {
        wish({ route: null, power: { instanceId: action.instanceId, action: action.action } });
      } else {
        (action.kind === 'ssh' ? shells : consoles).open(action.instanceId);
        wish({ route: null, power: null });
      }
    },
    onTrayHost: (present) => status.setTray(present),
    onNotifications: (notifications) => status.setNotifications(notifications),
    onNotShown: (notice) => kept.notices.markNotShown(notice),
    onError: report,
    isFavourite: (id) => kept.isShownFavourite(id),
  });
  return {
    presence,
    wishes,
    wish,
    tell: (fresh) => {
      const wanted = settings.get().notifications;
      const isShown = (notice: Notice): boolean => presence.canNotify || !isWanted(notice, wanted);
      kept.notices.add(fresh.map((notice) => (isShown(notice) ? notice : { ...notice, notShown: true })));
      for (const notice of fresh) if (isWanted(notice, wanted)) presence.notify(notice);
    },
  };
}
