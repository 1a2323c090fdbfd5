import { clipboard } from 'electron';
import type { Route } from '../../preload/contract/app.ts';
import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import { formatCounted } from '../../preload/contract/format.ts';
import { spanOf, type QuietNow, type QuietSpan } from '../../preload/contract/quiet.ts';
import { assertNever } from '../../preload/contract/result.ts';
import type { Notice, Snapshot } from '../../preload/contract/snapshot.ts';
import {
  lockedTrayModel,
  trayModel,
  type TrayAction,
  type TrayModel,
  type WafAttention,
} from '../domain/index.ts';
import { accountOfNotice, type HeldBackSummary } from '../notices/index.ts';
import { followNotificationDaemon, type NotificationDaemon } from './notification-daemon.ts';
import { openNotificationSystem, type NotificationSystem } from './notification-system.ts';
import { Notifier } from './notifier.ts';
import { followTrayHost } from './tray-host.ts';
import { AppTray } from './tray.ts';

/** What notifications are shown by. */
export interface Notifications {
  /** Something shows them. */
  readonly service: boolean;
  /** It shows buttons, and tells of clicks. */
  readonly hasButtons: boolean;
  /** The service did not show the last one. */
  readonly isRefused: boolean;
}

export interface PresenceOptions {
  readonly iconPath: string | null;
  /** Shows the window, at a place where one is named; of the account that is shown, unless it is another's. */
  readonly open: (route: Route | null, accountId?: AccountId) => void;
  readonly onAction: (
    action: Extract<TrayAction, { kind: 'ssh' | 'console' | 'power' | 'lock' | 'quit' }>,
  ) => void;
  /** Something shows tray icons, or no longer does. */
  readonly onTrayHost: (present: boolean) => void;
  /** What shows notifications is there, or no longer is; or it began or ceased to refuse them. */
  readonly onNotifications: (notifications: Notifications) => void;
  /** A notice was not shown, though something shows notifications. */
  readonly onNotShown: (notice: Notice) => void;
  readonly onError: (cause: unknown) => void;
  /** The instances of the account that is shown that have a star: the same set until that changes. */
  readonly favourites: () => ReadonlySet<InstanceId>;
  /** The WAF apps of the account that is shown that need attention. */
  readonly wafAttention: () => readonly WafAttention[];
  /** Whether the app can be locked, and whether it is: then nothing here names what it shows. */
  readonly lock: () => { readonly isSet: boolean; readonly isLocked: boolean };
  /** Why notifications are off now. */
  readonly quietNow: () => QuietNow;
  /** Do Not Disturb was chosen in the tray, or turned off (null). */
  readonly onDoNotDisturb: (until: QuietSpan) => void;
}

/** The app outside of its window: the tray and the native notifications. */
export class Presence {
  readonly #options: PresenceOptions;
  readonly #system: NotificationSystem;
  readonly #notifier: Notifier;
  #tray: AppTray | null = null;
  #hasHost = false;
  /** Until it is known that there is none, a notification is tried. */
  #daemon: NotificationDaemon = { isPresent: true, readsMarkup: false, hasActions: false };
  /** The last notification was not shown. */
  #isRefused = false;
  #snapshot: Snapshot | null = null;
  /** What was told before it is known how the desktop shows it; null: that is known. */
  #early: Notice[] | null = [];

  constructor(options: PresenceOptions) {
    this.#options = options;
    this.#system = openNotificationSystem(() => this.#daemon.hasActions);
    this.#notifier = new Notifier({
      system: this.#system,
      iconPath: options.iconPath,
      onClick: (notice) => options.open(noticeRoute(notice), accountOfNotice(notice)),
      onShell: (instanceId) => options.onAction({ kind: 'ssh', instanceId }),
      readsMarkup: () => this.#daemon.readsMarkup,
      onShown: () => this.#setRefused(false),
      onFailed: (message, notice) => {
        options.onError(new Error(`A notification was not shown. ${message}`.trimEnd()));
        if (notice !== null) options.onNotShown(notice);
        this.#setRefused(true);
      },
    });
  }

  /** A tray icon is shown by something: the app can be reached without its window. */
  get isInTray(): boolean {
    return this.#hasHost && this.#tray !== null;
  }

  get canNotify(): boolean {
    return this.#daemon.isPresent && this.#notifier.isAvailable();
  }

  /**
   * Puts the icon into the tray, and follows whether something shows it, and what shows notifications. What was to be shown
   * before is shown then.
   */
  async start(): Promise<void> {
    const { onError, onNotShown } = this.#options;
    await Promise.all([
      followNotificationDaemon((daemon) => {
        this.#daemon = daemon;
        this.#isRefused = false;
        this.#tellOfNotifications();
      }, onError),
      followTrayHost((present) => {
        this.#hasHost = present;
        // A host that comes later does not see an icon from before it came.
        if (present) this.#show();
        this.#options.onTrayHost(present);
      }, onError),
    ]);
    const early = this.#early ?? [];
    this.#early = null;
    for (const notice of early) {
      if (this.canNotify) this.notify(notice);
      else onNotShown(notice);
    }
  }

  /** Shows another snapshot; null: nobody is signed in. */
  draw(snapshot: Snapshot | null): void {
    this.#snapshot = snapshot;
    this.#tray?.draw(this.#model());
  }

  /** Shows a notice as a native notification. */
  notify(notice: Notice): void {
    if (this.#early === null) this.#notifier.show(notice);
    else this.#early.push(notice);
  }

  /** Takes all notifications away: the app is locked, and they name what it shows. */
  closeNotifications(): void {
    if (this.#early !== null) this.#early = [];
    this.#notifier.closeAll();
  }

  /** Says, while the app is locked, how much there is to be read once it is not. */
  sayLocked(count: number): void {
    this.#notifier.say({
      subject: 'locked',
      title: `${formatCounted(count, 'notification')} since Evorxa was locked`,
      body: 'Unlock it to read what changed.',
      onClick: () => this.#options.open(null),
    });
  }

  /** Says where the app has gone, to somebody who closed its window for the first time. */
  sayInTray(): void {
    this.#notifier.say({
      subject: 'tray',
      title: 'Evorxa keeps running in the tray',
      body: 'It keeps watching your instances. To quit, use the menu of the tray icon. You can turn this off in Settings.',
      onClick: () => this.#options.open(null),
    });
  }

  /** Says what was held back while notifications were off; a click opens Activity. */
  sayHeldBack(summary: HeldBackSummary): void {
    this.#notifier.say({
      subject: 'held-back',
      ...summary,
      onClick: () => this.#options.open({ page: 'activity' }),
    });
  }

  /** The app quits: takes its icon and its notifications away. */
  stop(): void {
    this.closeNotifications();
    this.#system.stop();
    this.#tray?.destroy();
    this.#tray = null;
  }

  /** Resolves once the notifications are gone, after `stop`; null where there are none to wait for. */
  ended(): Promise<void> | null {
    return this.#system.ended();
  }

  #setRefused(isRefused: boolean): void {
    if (this.#isRefused === isRefused) return;
    this.#isRefused = isRefused;
    this.#tellOfNotifications();
  }

  #tellOfNotifications(): void {
    this.#options.onNotifications({
      service: this.canNotify,
      hasButtons: this.#daemon.hasActions,
      isRefused: this.#isRefused,
    });
  }

  #model(): TrayModel {
    const { favourites, wafAttention, quietNow } = this.#options;
    const { isSet, isLocked } = this.#options.lock();
    return isLocked
      ? lockedTrayModel(this.#snapshot)
      : trayModel(this.#snapshot, Date.now(), favourites(), wafAttention(), isSet, quietNow());
  }

  #show(): void {
    this.#tray?.destroy();
    this.#tray = new AppTray(this.#model(), { onAction: (action) => this.#act(action) });
  }

  #act(action: TrayAction): void {
    switch (action.kind) {
      case 'open-window':
        this.#options.open(null);
        return;
      case 'navigate':
        this.#options.open(action.route);
        return;
      case 'copy':
        // A promise since Electron 44.
        Promise.resolve(clipboard.writeText(action.text)).catch(this.#options.onError);
        return;
      case 'do-not-disturb':
        this.#options.onDoNotDisturb(action.choice === 'off' ? null : spanOf(action.choice, Date.now()));
        return;
      case 'ssh':
      case 'console':
      case 'power':
      case 'lock':
      case 'quit':
        this.#options.onAction(action);
        return;
      default:
        assertNever(action);
    }
  }
}

const ofShield: ReadonlySet<Notice['kind']> = new Set([
  'firewall-reverted',
  'firewall-not-reverted',
  'automatic-rule',
  'automatic-rule-failed',
]);

/** The place that a notice is about. */
function noticeRoute({ kind, instanceId, wafAppId, shieldIpId }: Notice): Route {
  if (shieldIpId !== undefined) return { page: 'shield', ipId: shieldIpId };
  if (instanceId !== null) {
    return { page: 'instance', instanceId, tab: kind === 'agent' ? 'agent' : 'overview' };
  }
  if (kind === 'funded') return { page: 'create' };
  if (wafAppId !== undefined) return { page: 'waf', appId: wafAppId };
  if (kind === 'waf-changed') return { page: 'waf' };
  if (ofShield.has(kind)) return { page: 'shield' };
  const isOfMoney = kind === 'low-balance' || kind === 'runway' || kind === 'renewal-unpaid';
  return { page: isOfMoney ? 'wallet' : 'instances' };
}
