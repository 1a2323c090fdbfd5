import { Variant } from 'dbus-next';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BusConnection } from '../../support/dbus/connection.ts';
import type { PrivateBus } from '../../support/dbus/private-bus.ts';
import { startPrivateBus } from '../../support/dbus/private-bus.ts';
import type { TrayHost } from '../../support/tray-host.ts';
import { startTrayHost } from '../../support/tray-host.ts';
import { describeOnLinux } from './here.ts';

const watcher = {
  destination: 'org.kde.StatusNotifierWatcher',
  path: '/StatusNotifierWatcher',
  interface: 'org.kde.StatusNotifierWatcher',
};
const itemInterface = 'org.kde.StatusNotifierItem';
const menuInterface = 'com.canonical.dbusmenu';

const goodItem = {
  Category: () => new Variant('s', 'ApplicationStatus'),
  Id: () => new Variant('s', 'evorxa'),
  Title: () => new Variant('s', 'Evorxa'),
  Status: () => new Variant('s', 'Active'),
  IconPixmap: () => new Variant('a(iiay)', [[1, 1, Buffer.from([0xff, 0x11, 0x22, 0x33])]]),
  ToolTip: () => new Variant('(sa(iiay)ss)', ['', [], '3 running', 'Balance $12']),
  Menu: () => new Variant('o', '/menu'),
};

describeOnLinux('the tray host', ['dbus-daemon'], () => {
  let bus: PrivateBus;
  let host: TrayHost;
  let app: BusConnection;

  beforeEach(async () => {
    bus = await startPrivateBus();
    host = await startTrayHost(bus.address);
    app = await BusConnection.open(bus.address);
  });
  afterEach(async () => {
    app.close();
    host.close();
    await bus.close();
  });

  const register = (service: string) =>
    app.call(watcher, 'RegisterStatusNotifierItem', { signature: 's', body: [service] });

  it('answers as a watcher with a host', async () => {
    expect(await app.properties(watcher)).toEqual({
      IsStatusNotifierHostRegistered: true,
      ProtocolVersion: 0,
      RegisteredStatusNotifierItems: [],
    });
  });

  it('is the only one of its kind', async () => {
    await expect(startTrayHost(bus.address)).rejects.toThrow('belongs to another process');
  });

  it('reads an item that registers by its path', async () => {
    app.serve({ path: '/item', interface: itemInterface, methods: {}, properties: goodItem });
    await register('/item');
    const item = await host.item();
    expect(await item.tooltip()).toBe('3 running\nBalance $12');
    expect(await item.title()).toBe('Evorxa');
    expect(await item.status()).toBe('Active');
    expect(await item.iconPixmaps()).toEqual([
      { width: 1, height: 1, rgba: Buffer.from([0x11, 0x22, 0x33, 0xff]) },
    ]);
    expect(await app.properties(watcher)).toMatchObject({
      RegisteredStatusNotifierItems: [`${app.uniqueName}@/item`],
    });
  });

  it('reads an item that registers by a bus name', async () => {
    await app.ownName('org.kde.StatusNotifierItem-1-1');
    app.serve({ path: '/StatusNotifierItem', interface: itemInterface, methods: {}, properties: goodItem });
    await register('org.kde.StatusNotifierItem-1-1');
    expect(await (await host.item()).title()).toBe('Evorxa');
  });

  it('refuses name and path in one string, as GNOME does', async () => {
    await app.ownName('org.freedesktop.StatusNotifierItem-1-1');
    await expect(register('org.freedesktop.StatusNotifierItem-1-1/StatusNotifierItem/1')).rejects.toThrow();
    expect(await app.properties(watcher)).toMatchObject({ RegisteredStatusNotifierItems: [] });
  });

  it('refuses an item that a shell could not draw, and says all that is wrong', async () => {
    const properties = {
      ...goodItem,
      Id: () => new Variant('s', ''),
      IconPixmap: () => new Variant('a(iiay)', []),
      Status: () => new Variant('s', 'Sleeping'),
    };
    app.serve({ path: '/item', interface: itemInterface, methods: {}, properties });
    await register('/item');
    const opening = host.item();
    await expect(opening).rejects.toThrow('would not show');
    await expect(opening).rejects.toThrow('at Id');
    await expect(opening).rejects.toThrow('at Status');
  });

  it('refuses an icon whose bytes do not fit its size', async () => {
    const properties = { ...goodItem, IconPixmap: () => new Variant('a(iiay)', [[2, 2, Buffer.alloc(4)]]) };
    app.serve({ path: '/item', interface: itemInterface, methods: {}, properties });
    await register('/item');
    await expect(host.item()).rejects.toThrow('four bytes a pixel');
  });

  it('waits for a tooltip by the signal', async () => {
    let title = 'old';
    const properties = { ...goodItem, ToolTip: () => new Variant('(sa(iiay)ss)', ['', [], title, '']) };
    app.serve({ path: '/item', interface: itemInterface, methods: {}, properties });
    await register('/item');
    const item = await host.item();
    const waiting = item.waitForTooltip((tooltip) => tooltip === 'new');
    title = 'new';
    app.emit('/item', itemInterface, 'NewToolTip');
    expect(await waiting).toBe('new');
  });

  it('knows when the app is gone', async () => {
    app.serve({ path: '/item', interface: itemInterface, methods: {}, properties: goodItem });
    await register('/item');
    await host.item();
    app.close();
    await host.waitForNoItem();
  });

  it('listens no longer to apps that have quit', async () => {
    const warnings: string[] = [];
    const onWarning = ({ name }: Error): void => void warnings.push(name);
    process.on('warning', onWarning);
    try {
      // More than a bus may have listeners before Node calls it a leak.
      for (let starts = 0; starts < 12; starts += 1) {
        const next = await BusConnection.open(bus.address);
        next.serve({ path: '/item', interface: itemInterface, methods: {}, properties: goodItem });
        await next.call(watcher, 'RegisterStatusNotifierItem', { signature: 's', body: ['/item'] });
        await host.item();
        next.close();
        await host.waitForNoItem();
      }
    } finally {
      process.off('warning', onWarning);
    }
    expect(warnings).toEqual([]);
  });

  it('reads a menu, and clicks what a person could click', async () => {
    const events: unknown[] = [];
    const node = (id: number, properties: Record<string, Variant>, children: readonly unknown[] = []) => [
      id,
      properties,
      children.map((child) => new Variant('(ia{sv}av)', child)),
    ];
    const label = (text: string) => ({ label: new Variant('s', text) });
    const root = node(0, {}, [
      node(1, label('web__1'), [node(2, label('_Stop'))]),
      node(3, { type: new Variant('s', 'separator') }),
      node(4, { ...label('Quit'), enabled: new Variant('b', false) }),
      node(5, { ...label('Hidden'), visible: new Variant('b', false) }),
    ]);
    app.serve({ path: '/item', interface: itemInterface, methods: {}, properties: goodItem });
    app.serve({
      path: '/menu',
      interface: menuInterface,
      methods: {
        AboutToShow: () => ({ signature: 'b', body: [false] }),
        GetLayout: () => ({ signature: 'u(ia{sv}av)', body: [1, root] }),
        Event: ({ args }) => {
          events.push(args.slice(0, 2));
          return undefined;
        },
      },
    });
    await register('/item');
    const item = await host.item();
    expect(await item.menu()).toMatchObject([
      { label: 'web_1', enabled: true, children: [{ label: 'Stop' }] },
      { type: 'separator' },
      { label: 'Quit', enabled: false },
    ]);
    await item.click(['web_1', 'Stop']);
    expect(events).toEqual([
      [1, 'opened'],
      [2, 'clicked'],
    ]);
    await expect(item.click(['Quit'])).rejects.toThrow('greyed out');
    await expect(item.click(['web_1', 'Start'])).rejects.toThrow('it has: Stop');
  });
});
