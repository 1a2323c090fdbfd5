import type { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Notifications } from '../../../main/desktop/presence.ts';
import { Presence } from '../../../main/desktop/presence.ts';
import type { Route } from '../../../preload/contract/app.ts';
import type { InstanceId, WafAppId } from '../../../preload/contract/brands.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import { startPrivateBus, type PrivateBus } from '../../support/dbus/private-bus.ts';
import { startNotificationDaemon } from '../../support/notification-daemon.ts';
import { startTrayHost } from '../../support/tray-host.ts';
import { describeOnLinux } from '../support/here.ts';

const system = vi.hoisted(() => ({ made: [] as unknown[], trays: [] as string[] }));
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
    Notification: class extends Emitter {
      static isSupported = (): boolean => true;
      readonly show = (): void => undefined;
      readonly close = (): boolean => this.emit('close');
      constructor() {
        super();
        system.made.push(this);
      }
    },
  };
});

const web = 'web' as InstanceId;
const notice = (kind: Notice['kind'], instanceId: InstanceId | null): Notice => ({
  ...{ key: `${kind}/${instanceId}`, kind, title: kind, body: '', instanceId, atMs: 0 },
});
const shown = (): EventEmitter => system.made.at(-1) as EventEmitter;

describeOnLinux('the app outside of its window', ['dbus-daemon'], () => {
  let bus: PrivateBus;
  let presence: Presence;
  let routes: (Route | null)[];
  let hosts: boolean[];
  let told: Notifications[];
  let notShown: Notice[];
  let ends: (() => void)[];
  beforeEach(async () => {
    bus = await startPrivateBus();
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', bus.address);
    system.made.length = 0;
    system.trays.length = 0;
    [routes, hosts, told, notShown, ends] = [[], [], [], [], []];
    presence = new Presence({
      iconPath: null,
      open: (route) => routes.push(route),
      onAction: () => undefined,
      onTrayHost: (present) => hosts.push(present),
      onNotifications: (notifications) => told.push(notifications),
      onNotShown: (each) => notShown.push(each),
      onError: () => undefined,
      isFavourite: () => false,
      wafAttention: () => [],
      lock: () => ({ isSet: false, isLocked: false }),
    });
  });
  afterEach(async () => {
    presence.stop();
    for (const end of ends) end();
    vi.unstubAllEnvs();
    await bus.close();
  });

  it.each<[Notice['kind'], InstanceId | null, Route]>([
    ['stopped', web, { page: 'instance', instanceId: web, tab: 'overview' }],
    ['agent', web, { page: 'instance', instanceId: web, tab: 'agent' }],
    ['low-balance', null, { page: 'wallet' }],
    ['runway', null, { page: 'wallet' }],
    ['renewal-unpaid', null, { page: 'wallet' }],
    ['funded', null, { page: 'create' }],
    ['waf-changed', null, { page: 'waf' }],
    ['failed', null, { page: 'instances' }],
  ])('leads from a notification of %s to its place', (kind, instanceId, route) => {
    presence.notify(notice(kind, instanceId));
    shown().emit('click');
    expect(routes).toEqual([route]);
  });

  it('leads from a notification of a certificate to its application', () => {
    presence.notify({ ...notice('certificate-failed', null), wafAppId: '71' as WafAppId });
    shown().emit('click');
    expect(routes).toEqual([{ page: 'waf', appId: '71' }]);
  });

  it('says once that notifications are refused, and that they are shown again', async () => {
    ends.push((await startNotificationDaemon(bus.address)).close);
    await presence.start();
    const base = { library: true, service: true };
    expect(told).toEqual([{ ...base, isRefused: false }]);
    for (const id of ['a', 'b']) {
      presence.notify(notice('stopped', id as InstanceId));
      shown().emit('failed', {}, '');
    }
    expect(told.slice(1)).toEqual([{ ...base, isRefused: true }]);
    expect(notShown.map(({ instanceId }) => instanceId)).toEqual(['a', 'b']);
    presence.notify(notice('stopped', web));
    shown().emit('show');
    expect(told.slice(2)).toEqual([{ ...base, isRefused: false }]);
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
