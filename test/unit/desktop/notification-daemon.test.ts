import { expect, it, vi } from 'vitest';
import { followNotificationDaemon } from '../../../main/desktop/notification-daemon.ts';
import { startNotificationDaemon } from '../../support/notification-daemon.ts';
import { startPrivateBus } from '../../support/dbus/private-bus.ts';
import { followedBus } from '../support/followed-bus.ts';
import { describeOnLinux } from '../support/here.ts';

describeOnLinux('what shows notifications', ['dbus-daemon'], () => {
  const { bus, told, errors, follow, endsWith, lastAnnounced } = followedBus(followNotificationDaemon);
  const none = { isPresent: false, readsMarkup: false, hasActions: false };

  it('is asked at first, and again when another takes its place', async () => {
    const plain = await startNotificationDaemon(bus().address);
    await follow();
    expect(told).toEqual([{ isPresent: true, readsMarkup: false, hasActions: true }]);
    plain.close();
    await lastAnnounced(none);
    const rich = await startNotificationDaemon(bus().address, ['body', 'body-markup']);
    endsWith(rich.close);
    await lastAnnounced({ isPresent: true, readsMarkup: true, hasActions: false });
    expect(errors).toEqual([]);
  });

  it('is nothing on a bus where nobody shows them, until somebody comes', async () => {
    await follow();
    expect(told).toEqual([none]);
    const daemon = await startNotificationDaemon(bus().address, ['body-markup']);
    endsWith(daemon.close);
    await lastAnnounced({ isPresent: true, readsMarkup: true, hasActions: false });
  });

  it('is nothing once it has gone and cannot be started again', async () => {
    const failing = await startPrivateBus({ 'org.freedesktop.Notifications': '/bin/false' });
    endsWith(() => void failing.close());
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', failing.address);
    const daemon = await startNotificationDaemon(failing.address);
    await follow();
    expect(told).toEqual([{ isPresent: true, readsMarkup: false, hasActions: true }]);
    daemon.close();
    await lastAnnounced(none);
    expect(errors).not.toEqual([]);
  });

  it('is nothing without a bus', async () => {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', undefined);
    vi.stubEnv('XDG_RUNTIME_DIR', undefined);
    await follow();
    expect(told).toEqual([none]);
  });
});
