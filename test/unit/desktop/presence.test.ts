import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Notifications } from '../../../main/desktop/presence.ts';
import { Presence } from '../../../main/desktop/presence.ts';
import type { Route } from '../../../preload/contract/app.ts';
import type { AccountId, InstanceId, WafAppId } from '../../../preload/contract/brands.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import { startPrivateBus, type PrivateBus } from '../../support/dbus/private-bus.ts';
import { startNotificationDaemon, type NotificationDaemon } from '../../support/notification-daemon.ts';
import { startTrayHost } from '../../support/tray-host.ts';
import { describeOnLinux } from '../support/here.ts';

const system = vi.hoisted(() => ({ trays: [] as string[] }));
vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  return {
    clipboard: { writeText: () => undefined },
    nativeTheme: new Emitter(),
    nativeImage: {
      createEmpty: () => ({ addRepresentation: () => undefined, setTemplateImage: () => undefined }),
    },
    Menu: { buildFromTemplate: () => ({}) },
    Tray: class extends Emitter {
      constructor() {
        super();
        system.trays.push('shown');
      }
      readonly setToolTip = (): void => undefined;
      readonly setContextMenu = (): void => undefined;
      readonly setImage = (): void => undefined;
      readonly destroy = (): void => void system.trays.push('gone');
    },
    Notification: vi.fn(),
  };
});

const web = 'web' as InstanceId;
const notice = (kind: Notice['kind'], instanceId: InstanceId | null): Notice => ({
  ...{ key: `a/${instanceId}/${kind}`, kind, title: kind, body: '', instanceId, atMs: 0 },
});

describeOnLinux('the app outside of its window', ['dbus-daemon'], () => {
  let bus: PrivateBus;
  let presence: Presence;
  let routes: (Route | null)[];
  let openedOf: (AccountId | undefined)[];
  let actions: unknown[];
  let hosts: boolean[];
  let told: Notifications[];
  let notShown: Notice[];
  let ends: (() => void)[];
  beforeEach(async () => {
    bus = await startPrivateBus();
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', bus.address);
    system.trays.length = 0;
    [routes, openedOf, actions, hosts, told, notShown, ends] = [[], [], [], [], [], [], []];
    presence = new Presence({
      iconPath: null,
      open: (route, accountId) => {
        routes.push(route);
        openedOf.push(accountId);
      },
      onAction: (action) => actions.push(action),
      onTrayHost: (present) => hosts.push(present),
      onNotifications: (notifications) => told.push(notifications),
      onNotShown: (each) => notShown.push(each),
      onError: () => undefined,
      favourites: () => new Set<InstanceId>(),
      wafAttention: () => [],
      lock: () => ({ isSet: false, isLocked: false }),
      quietNow: () => null,
      onDoNotDisturb: () => undefined,
    });
  });
  afterEach(async () => {
    presence.stop();
    for (const end of ends) end();
    vi.unstubAllEnvs();
    await bus.close();
  });

  /** Shows a notice by a service that is there, and gives it as that has it. */
  async function shown(daemon: NotificationDaemon, notice: Notice) {
    presence.notify(notice);
    return daemon.waitFor(({ title }) => title === notice.title);
  }
  async function withDaemon(capabilities?: readonly string[]): Promise<NotificationDaemon> {
    const daemon = await startNotificationDaemon(bus.address, capabilities);
    ends.push(daemon.close);
    await presence.start();
    return daemon;
  }

  it.each<[Notice['kind'], InstanceId | null, Route]>([
    ['stopped', web, { page: 'instance', instanceId: web, tab: 'overview' }],
    ['agent', web, { page: 'instance', instanceId: web, tab: 'agent' }],
    ['low-balance', null, { page: 'wallet' }],
    ['runway', null, { page: 'wallet' }],
    ['renewal-unpaid', null, { page: 'wallet' }],
    ['funded', null, { page: 'create' }],
    ['waf-changed', null, { page: 'waf' }],
    ['failed', null, { page: 'instances' }],
  ])('leads from a notification of %s to its place', async (kind, instanceId, route) => {
    const daemon = await withDaemon();
    daemon.click((await shown(daemon, notice(kind, instanceId))).id);
    await vi.waitFor(() => expect(routes).toEqual([route]));
    expect(openedOf).toEqual(['a']);
  });

  it('shows what was told before it is known how: as that service reads it', async () => {
    presence.notify({ ...notice('stopped', web), title: 'early', body: '<b> & co' });
    const daemon = await withDaemon(['body', 'body-markup', 'actions']);
    expect((await daemon.waitFor(({ title }) => title === 'early')).body).toBe('&lt;b&gt; &amp; co');
    expect(notShown).toEqual([]);
  });

  it('says of what was told before that it was not shown, where nothing shows it', async () => {
    const early = notice('stopped', web);
    presence.notify(early);
    await presence.start();
    expect(notShown).toEqual([early]);
  });

  it('forgets what was told before where it is asked to take it away', async () => {
    presence.notify(notice('stopped', web));
    presence.closeNotifications();
    const daemon = await withDaemon();
    await shown(daemon, notice('failed', web));
    expect(daemon.received().map(({ title }) => title)).toEqual(['failed']);
  });

  it('takes away what stands once it is asked to, also what the desktop has not answered yet', async () => {
    const daemon = await withDaemon();
    await shown(daemon, notice('stopped', web));
    presence.notify(notice('failed', 'db' as InstanceId));
    presence.closeNotifications();
    presence.sayLocked(1);
    const last = await daemon.waitFor(({ title }) => title.includes('since Evorxa was locked'));
    await vi.waitFor(() =>
      expect(daemon.received().filter(({ open }) => open)).toEqual([
        expect.objectContaining({ id: last.id }),
      ]),
    );
  });

  it('leads from a notification of a certificate to its application', async () => {
    const daemon = await withDaemon();
    const failed = { ...notice('certificate-failed', null), wafAppId: '71' as WafAppId };
    daemon.click((await shown(daemon, failed)).id);
    await vi.waitFor(() => expect(routes).toEqual([{ page: 'waf', appId: '71' }]));
  });

  it('opens a shell by a button of a notification, where the desktop has buttons', async () => {
    const daemon = await withDaemon();
    const { id, actions: buttons, hints, appName } = await shown(daemon, notice('provisioned', web));
    expect(buttons).toEqual({ default: 'Open', open: 'Open', ssh: 'SSH' });
    expect(appName).toBe('Evorxa');
    expect(hints).toEqual({ 'desktop-entry': 'evorxa-desktop', urgency: 1 });
    daemon.click(id, 'ssh');
    await vi.waitFor(() => expect(actions).toEqual([{ kind: 'ssh', instanceId: web }]));
    expect(routes).toEqual([]);
  });

  it('asks for no buttons where the desktop has none, and says so', async () => {
    const daemon = await withDaemon(['body']);
    expect((await shown(daemon, notice('provisioned', web))).actions).toEqual({});
    expect(told.at(-1)).toEqual({ service: true, hasButtons: false, isRefused: false });
  });

  it('takes one away that a newer replaces, and all when the app quits', async () => {
    const daemon = await withDaemon();
    await shown(daemon, notice('stopped', web));
    await shown(daemon, notice('started', web));
    const open = (): readonly string[] =>
      daemon
        .received()
        .filter((each) => each.open)
        .map(({ title }) => title);
    await vi.waitFor(() => expect(open()).toEqual(['started']));
    presence.stop();
    await presence.ended();
    expect(open()).toEqual([]);
    expect(presence.ended()).toBeNull();
  });

  it('takes one away as the app quits that the desktop has and has not answered yet', async () => {
    const daemon = await withDaemon();
    // The service hears of it before the app hears its number.
    const { id } = await shown(daemon, notice('stopped', web));
    presence.stop();
    await presence.ended();
    expect(daemon.received()).toEqual([expect.objectContaining({ id, open: false })]);
  });

  it('says once that notifications are refused, and that they are shown again', async () => {
    const daemon = await withDaemon();
    const base = { service: true, hasButtons: true };
    expect(told).toEqual([{ ...base, isRefused: false }]);
    daemon.refuse(true);
    for (const id of ['a', 'b']) presence.notify(notice('stopped', id as InstanceId));
    await vi.waitFor(() => expect(notShown.map(({ instanceId }) => instanceId)).toEqual(['a', 'b']));
    expect(told.slice(1)).toEqual([{ ...base, isRefused: true }]);
    daemon.refuse(false);
    await shown(daemon, notice('stopped', web));
    await vi.waitFor(() => expect(told.slice(2)).toEqual([{ ...base, isRefused: false }]));
  });

  it('can be reached in the tray while something shows its icon, and shows it again to one that comes later', async () => {
    await presence.start();
    expect([presence.isInTray, presence.canNotify]).toEqual([false, false]);
    const host = await startTrayHost(bus.address);
    await vi.waitFor(() => expect(presence.isInTray).toBe(true), { timeout: 10_000 });
    host.close();
    await vi.waitFor(() => expect(presence.isInTray).toBe(false), { timeout: 10_000 });
    ends.push((await startTrayHost(bus.address)).close);
    await vi.waitFor(() => expect(presence.isInTray).toBe(true), { timeout: 10_000 });
    expect(hosts).toEqual([false, true, false, true]);
    expect(system.trays).toEqual(['shown', 'gone', 'shown']);
    presence.stop();
    expect(presence.isInTray).toBe(false);
  });
});
