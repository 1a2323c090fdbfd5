import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createDesktopParts, type DesktopPartsOptions } from '../../../main/app/desktop-parts.ts';
import type { PresenceOptions } from '../../../main/desktop/presence.ts';
import { createSettings, defaultSettings } from '../../../main/settings/settings.ts';
import { noAnnotations } from '../../../preload/contract/annotations.ts';
import type { WindowRequest } from '../../../preload/contract/app.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import type { QuietSpan } from '../../../preload/contract/quiet.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import { instanceId } from '../monitor/builders.ts';

const electron = vi.hoisted(() => ({ quit: vi.fn() }));
vi.mock('electron', () => ({ app: { quit: electron.quit } }));
vi.mock('../../../main/desktop/app-icon.ts', () => ({ appIconPath: '/icon.png' }));
/** The tray and the notifications: what they were made with, and what they were told. */
const outside = vi.hoisted(() => ({
  options: null as PresenceOptions | null,
  canNotify: true,
  isInTray: true,
  notify: vi.fn(),
  sayHeldBack: vi.fn(),
  sayInTray: vi.fn(),
  sayLocked: vi.fn(),
}));
vi.mock('../../../main/desktop/presence.ts', () => ({
  Presence: class {
    readonly notify = outside.notify;
    readonly sayLocked = outside.sayLocked;
    readonly sayHeldBack = outside.sayHeldBack;
    readonly sayInTray = outside.sayInTray;
    readonly isInTray = outside.isInTray;
    constructor(options: PresenceOptions) {
      outside.options = options;
    }
    get canNotify(): boolean {
      return outside.canNotify;
    }
  },
}));
const clicks = (): PresenceOptions => {
  if (outside.options === null) throw new Error('Nothing was made yet.');
  return outside.options;
};

const web = instanceId('web');
const notice = (kind: Notice['kind'], key = `a/${kind}`): Notice => ({
  ...{ key, kind, title: 'web stopped', body: '', instanceId: web, atMs: 1 },
});

interface More {
  readonly firstRequest?: WindowRequest;
  readonly isOpen?: boolean;
  readonly isLocked?: boolean;
  readonly mutedUntil?: QuietSpan;
}

function made(more: More = {}) {
  const did = {
    windowRequested: vi.fn(),
    show: vi.fn(() => Promise.resolve()),
    openShell: vi.fn(),
    openConsole: vi.fn(),
    add: vi.fn(),
    markNotShown: vi.fn(),
    setTray: vi.fn(),
    setNotifications: vi.fn(),
    lock: vi.fn(),
    report: vi.fn(),
    showAccount: vi.fn(),
    onQuiet: vi.fn(),
    stored: new Map<string, unknown>(),
  };
  const notifications = { ...defaultSettings.notifications, lowBalance: false };
  const settings = createSettings(new Map<string, unknown>([['preferences', { notifications }]]));
  const parts = createDesktopParts({
    window: { contents: () => (more.isOpen === false ? null : {}), show: did.show },
    publish: { app: { windowRequested: did.windowRequested } },
    firstRequest: more.firstRequest ?? null,
    settings,
    stored: did.stored,
    showAccount: did.showAccount,
    onQuiet: did.onQuiet,
    accountData: {
      annotations: { get: () => ({ ...noAnnotations, mutedUntil: more.mutedUntil ?? null }) },
      notices: { add: did.add, markNotShown: did.markNotShown },
      shownFavourites: () => new Set(['web']),
    },
    status: { setTray: did.setTray, setNotifications: did.setNotifications },
    terminals: { open: did.openShell },
    consoles: { open: did.openConsole },
    lock: { isSet: true, isLocked: more.isLocked ?? false, lock: did.lock },
    report: did.report,
  } as unknown as DesktopPartsOptions);
  return { parts, did, settings };
}

beforeEach(() => {
  electron.quit.mockReset();
  for (const said of [outside.notify, outside.sayHeldBack, outside.sayInTray, outside.sayLocked])
    said.mockReset();
  outside.canNotify = true;
});

describe('a click in the tray or on a notification', () => {
  it('that wants a place shows the window there', () => {
    const { did } = made();
    clicks().open({ page: 'wallet' });
    expect(did.windowRequested).toHaveBeenCalledExactlyOnceWith({ route: { page: 'wallet' }, power: null });
    expect(did.show).toHaveBeenCalledTimes(1);
  });

  it('that takes an instance away asks in the window, and sends nothing by itself', () => {
    const { did } = made();
    clicks().onAction({ kind: 'power', instanceId: web, action: 'poweroff' });
    expect(did.windowRequested).toHaveBeenCalledExactlyOnceWith({
      route: null,
      power: { instanceId: 'web', action: 'poweroff' },
    });
    expect(did.openShell).not.toHaveBeenCalled();
  });

  it('that wants a terminal or a console opens that, and shows the window where it is', () => {
    const { did } = made();
    clicks().onAction({ kind: 'ssh', instanceId: web });
    expect(did.openShell).toHaveBeenCalledExactlyOnceWith('web');
    expect(did.openConsole).not.toHaveBeenCalled();
    clicks().onAction({ kind: 'console', instanceId: web });
    expect(did.openConsole).toHaveBeenCalledExactlyOnceWith('web');
    expect(did.openShell).toHaveBeenCalledTimes(1);
    expect(did.windowRequested.mock.calls).toEqual([
      [{ route: null, power: null }],
      [{ route: null, power: null }],
    ]);
  });

  it('that quits quits, and shows nothing', () => {
    const { did } = made();
    clicks().onAction({ kind: 'quit' });
    expect(electron.quit).toHaveBeenCalledTimes(1);
    expect(did.show).not.toHaveBeenCalled();
  });

  it('is reported where the window cannot be opened', async () => {
    const { did } = made();
    const cause = new Error('no display');
    did.show.mockRejectedValue(cause);
    clicks().open(null);
    await vi.waitFor(() => expect(did.report).toHaveBeenCalledExactlyOnceWith(cause));
  });

  it('waits for a window that is not there, and so does the place that the start wants', () => {
    expect(made().parts.windowRequests.take()).toBeNull();
    const { parts, did } = made({
      isOpen: false,
      firstRequest: { route: { page: 'settings' }, power: null },
    });
    expect(parts.windowRequests.take()).toEqual({ route: { page: 'settings' }, power: null });
    clicks().open({ page: 'wallet' });
    expect(did.windowRequested).not.toHaveBeenCalled();
    expect(parts.windowRequests.take()).toEqual({ route: { page: 'wallet' }, power: null });
  });
});

describe('what the desktop has', () => {
  it('is told to the status, and a notice that was not shown is marked', () => {
    const { did } = made();
    clicks().onTrayHost(true);
    expect(did.setTray).toHaveBeenCalledExactlyOnceWith(true);
    const found = { service: false, hasButtons: false, isRefused: false };
    clicks().onNotifications(found);
    expect(did.setNotifications).toHaveBeenCalledExactlyOnceWith(found);
    clicks().onNotShown(notice('stopped'));
    expect(did.markNotShown).toHaveBeenCalledExactlyOnceWith(notice('stopped'));
    expect(clicks().favourites()).toEqual(new Set([web]));
    expect(clicks().iconPath).toBe('/icon.png');
  });
});

describe('a notice', () => {
  it('is kept in any case, and shown where the user wants to be told of it', () => {
    const { parts, did } = made();
    parts.tell([notice('stopped'), notice('low-balance'), notice('funded')]);
    expect(did.add).toHaveBeenCalledExactlyOnceWith([
      notice('stopped'),
      notice('low-balance'),
      notice('funded'),
    ]);
    expect(outside.notify.mock.calls).toEqual([[notice('stopped')], [notice('funded')]]);
  });

  it('is marked as not shown where nothing shows it, if it was wanted', () => {
    outside.canNotify = false;
    const { parts, did } = made();
    parts.tell([notice('stopped'), notice('low-balance')]);
    expect(did.add).toHaveBeenCalledExactlyOnceWith([
      { ...notice('stopped'), notShown: true },
      notice('low-balance'),
    ]);
  });

  it('about an instance that is muted is for Activity alone, and about another is shown', () => {
    const { parts, did } = made({ mutedUntil: 'until-turned-off' });
    const wallet = { ...notice('runway'), instanceId: null };
    parts.tell([notice('stopped'), wallet]);
    expect(did.add).toHaveBeenCalledExactlyOnceWith([notice('stopped'), wallet]);
    expect(outside.notify.mock.calls).toEqual([[wallet]]);
    expect(made({ mutedUntil: 1 }).parts.quietTimes.now()).toBeNull();
  });

  it('is held back while notifications are off, and all of them are one afterwards', () => {
    const { parts, did } = made();
    clicks().onDoNotDisturb('until-turned-off');
    expect(clicks().quietNow()).toEqual({ by: 'do-not-disturb', until: 'until-turned-off' });
    parts.tell([notice('stopped'), notice('low-balance')]);
    expect(did.add).toHaveBeenCalledExactlyOnceWith([notice('stopped'), notice('low-balance')]);
    expect(outside.notify).not.toHaveBeenCalled();
    clicks().onDoNotDisturb(null);
    expect(did.onQuiet).toHaveBeenCalledTimes(2);
    expect(outside.sayHeldBack).toHaveBeenCalledExactlyOnceWith({
      title: 'While notifications were off',
      body: 'web stopped.',
    });
  });

  it('of another account than the one that is shown leads there', () => {
    const { did } = made();
    clicks().open({ page: 'wallet' }, 'other' as AccountId);
    expect(did.showAccount).toHaveBeenCalledExactlyOnceWith('other');
  });
});

it('that the app stays in the tray is said the first time that notifications are on', () => {
  const { parts } = made();
  clicks().onDoNotDisturb('until-turned-off');
  expect(parts.staysInTray()).toBe(true);
  expect(outside.sayInTray).not.toHaveBeenCalled();
  clicks().onDoNotDisturb(null);
  expect([parts.staysInTray(), parts.staysInTray()]).toEqual([true, true]);
  expect(outside.sayInTray).toHaveBeenCalledTimes(1);
});

describe('while the app is locked', () => {
  it('a click asks for the window alone, whatever it was on', () => {
    const { did } = made({ isLocked: true });
    clicks().onAction({ kind: 'ssh', instanceId: web });
    clicks().onAction({ kind: 'console', instanceId: web });
    clicks().onAction({ kind: 'power', instanceId: web, action: 'shutdown' });
    expect(did.openShell).not.toHaveBeenCalled();
    expect(did.openConsole).not.toHaveBeenCalled();
    expect(did.show).toHaveBeenCalledTimes(3);
    expect(did.windowRequested.mock.calls).toEqual(Array(3).fill([{ route: null, power: null }]));
  });

  it('notifications say how many there are, and nothing of them; all are kept', () => {
    const { parts, did } = made({ isLocked: true });
    parts.tell([notice('stopped'), notice('low-balance', 'a/money')]);
    parts.tell([notice('failed', 'a/failed'), notice('suspended', 'a/suspended')]);
    expect(outside.notify).not.toHaveBeenCalled();
    // The low balance is not wanted.
    expect(outside.sayLocked.mock.calls).toEqual([[1], [3]]);
    expect(did.add.mock.calls.flat(2)).toHaveLength(4);
  });

  it('what was held back before is counted with them once notifications are on again', () => {
    const { parts } = made({ isLocked: true });
    clicks().onDoNotDisturb('until-turned-off');
    parts.tell([notice('stopped'), notice('failed', 'a/failed')]);
    expect(outside.sayLocked).not.toHaveBeenCalled();
    clicks().onDoNotDisturb(null);
    expect(outside.sayLocked).toHaveBeenCalledExactlyOnceWith(2);
    expect(outside.sayHeldBack).not.toHaveBeenCalled();
  });

  it('it is locked from the tray', () => {
    const { did } = made();
    clicks().onAction({ kind: 'lock' });
    expect(did.lock).toHaveBeenCalledOnce();
  });
});
