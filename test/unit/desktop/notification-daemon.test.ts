import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  followNotificationDaemon,
  type NotificationDaemon,
} from '../../../main/desktop/notification-daemon.ts';
import { startNotificationDaemon } from '../../support/notification-daemon.ts';
import { startPrivateBus, type PrivateBus } from '../../support/dbus/private-bus.ts';
import { describeOnLinux } from '../support/here.ts';

describeOnLinux('what shows notifications', ['dbus-daemon'], () => {
  let bus: PrivateBus;
  let told: NotificationDaemon[];
  let errors: unknown[];
  let ends: (() => void)[];
  beforeEach(async () => {
    bus = await startPrivateBus();
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', bus.address);
    told = [];
    errors = [];
    ends = [];
  });
  afterEach(async () => {
    for (const end of ends) end();
    vi.unstubAllEnvs();
    await bus.close();
  });
  const follow = async (): Promise<void> => {
    ends.push(
      await followNotificationDaemon(
        (daemon) => told.push(daemon),
        (cause) => errors.push(cause),
      ),
    );
  };
  const none = { isPresent: false, readsMarkup: false };
  const toldLast = (daemon: NotificationDaemon) =>
    vi.waitFor(() => expect(told.at(-1)).toEqual(daemon), { timeout: 10_000 });

  it('is asked at first, and again when another takes its place', async () => {
    const plain = await startNotificationDaemon(bus.address);
    await follow();
    expect(told).toEqual([{ isPresent: true, readsMarkup: false }]);
    plain.close();
    await toldLast(none);
    const rich = await startNotificationDaemon(bus.address, ['body', 'body-markup']);
    ends.push(rich.close);
    await toldLast({ isPresent: true, readsMarkup: true });
    expect(errors).toEqual([]);
  });

  it('is nothing on a bus where nobody shows them, until somebody comes', async () => {
    await follow();
    expect(told).toEqual([none]);
    const daemon = await startNotificationDaemon(bus.address, ['body-markup']);
    ends.push(daemon.close);
    await toldLast({ isPresent: true, readsMarkup: true });
  });

  it('is nothing once it has gone and cannot be started again', async () => {
    const failing = await startPrivateBus({ 'org.freedesktop.Notifications': '/bin/false' });
    ends.push(() => void failing.close());
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', failing.address);
    const daemon = await startNotificationDaemon(failing.address);
    await follow();
    expect(told).toEqual([{ isPresent: true, readsMarkup: false }]);
    daemon.close();
    await toldLast(none);
    expect(errors).not.toEqual([]);
  });

  it('is nothing without a bus', async () => {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', undefined);
    vi.stubEnv('XDG_RUNTIME_DIR', undefined);
    await follow();
    expect(told).toEqual([none]);
  });
});
