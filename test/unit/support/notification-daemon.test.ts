import { Variant } from 'dbus-next';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BusConnection } from '../../support/dbus/connection.ts';
import type { Signal } from '../../support/dbus/types.ts';
import type { PrivateBus } from '../../support/dbus/private-bus.ts';
import { startPrivateBus } from '../../support/dbus/private-bus.ts';
import { waitForCondition } from '../../support/condition.ts';
import type { NotificationDaemon } from '../../support/notification-daemon.ts';
import { startNotificationDaemon } from '../../support/notification-daemon.ts';
import { describeOnLinux } from './here.ts';

const service = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
};

describeOnLinux('the notification daemon', ['dbus-daemon'], () => {
  let bus: PrivateBus;
  let daemon: NotificationDaemon;
  let app: BusConnection;

  beforeEach(async () => {
    bus = await startPrivateBus();
    daemon = await startNotificationDaemon(bus.address);
    app = await BusConnection.open(bus.address);
  });
  afterEach(async () => {
    app.close();
    daemon.close();
    await bus.close();
  });

  const send = async (title: string, replacesId = 0): Promise<unknown> => {
    const body = [
      'Evorxa',
      replacesId,
      '',
      title,
      'It stopped by itself.',
      ['default', 'View', 'start', 'Start'],
      { urgency: new Variant('y', 1) },
      -1,
    ];
    const [id] = await app.call(service, 'Notify', { signature: 'susssasa{sv}i', body });
    return id;
  };

  /** Collects the daemon's signals; waits until `count` have come. */
  async function signalsOf(): Promise<(count: number) => Promise<readonly Signal[]>> {
    const signals: Signal[] = [];
    const listeners = new Set<() => void>();
    await app.onSignal({ interface: service.interface }, (signal) => {
      signals.push(signal);
      for (const listener of listeners) listener();
    });
    return (count) =>
      waitForCondition({
        what: `${count} signals`,
        read: () => signals,
        accept: (all) => all.length >= count,
        subscribe: (changed) => {
          listeners.add(changed);
          return () => listeners.delete(changed);
        },
        timeoutMs: 5_000,
      });
  }

  it('tells that it can show bodies and actions', async () => {
    expect(await app.call(service, 'GetCapabilities')).toEqual([['actions', 'body']]);
  });

  it('keeps what came', async () => {
    const waiting = daemon.waitFor(({ title }) => title === 'web-2 stopped');
    await send('web-1 stopped');
    await send('web-2 stopped');
    expect(await waiting).toEqual({
      id: 2,
      appName: 'Evorxa',
      title: 'web-2 stopped',
      body: 'It stopped by itself.',
      actions: { default: 'View', start: 'Start' },
      hints: { urgency: 1 },
      timeoutMs: -1,
      open: true,
    });
    expect(daemon.received().map(({ title }) => title)).toEqual(['web-1 stopped', 'web-2 stopped']);
  });

  it('lets the newer replace the older', async () => {
    const id = await send('web-1 stopped');
    expect(await send('3 servers stopped', Number(id))).toBe(id);
    expect(daemon.received().map(({ title }) => title)).toEqual(['3 servers stopped']);
  });

  it('tells the app of a click and that the notification went', async () => {
    const signals = await signalsOf();
    await send('web-1 stopped');
    const { id } = await daemon.waitFor(() => true);
    daemon.click(id);
    expect(await signals(2)).toEqual([
      { member: 'ActionInvoked', args: [id, 'default'] },
      { member: 'NotificationClosed', args: [id, 2] },
    ]);
    expect(() => daemon.click(id)).toThrow('not open');
  });

  it('refuses to click an action that is not there', async () => {
    await send('web-1 stopped');
    expect(() => daemon.click(1, 'delete')).toThrow('no action "delete"');
  });

  it('closes one at the app’s request', async () => {
    const signals = await signalsOf();
    const id = await send('web-1 stopped');
    await app.call(service, 'CloseNotification', { signature: 'u', body: [id] });
    expect(await signals(1)).toEqual([{ member: 'NotificationClosed', args: [id, 3] }]);
    expect(daemon.received()[0]?.open).toBe(false);
  });
});
