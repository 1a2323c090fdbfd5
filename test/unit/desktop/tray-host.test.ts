import { Variant } from 'dbus-next';
import { expect, it, vi } from 'vitest';
import { followTrayHost } from '../../../main/desktop/tray-host.ts';
import { BusConnection } from '../../support/dbus/connection.ts';
import { startTrayHost } from '../../support/tray-host.ts';
import { followedBus } from '../support/followed-bus.ts';
import { describeOnLinux } from '../support/here.ts';

describeOnLinux('what shows tray icons', ['dbus-daemon'], () => {
  const { bus, told, errors, follow, endsWith, lastAnnounced } = followedBus(followTrayHost);

  it('is known at first, and when it goes and another comes', async () => {
    const host = await startTrayHost(bus().address);
    await follow();
    expect(told).toEqual([true]);
    host.close();
    await lastAnnounced(false);
    const another = await startTrayHost(bus().address);
    endsWith(another.close);
    await lastAnnounced(true);
    expect(errors).toEqual([]);
  });

  it('is nothing where nobody shows them, and without a bus', async () => {
    await follow();
    expect(told).toEqual([false]);
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', undefined);
    vi.stubEnv('XDG_RUNTIME_DIR', undefined);
    await follow();
    expect(told).toEqual([false, false]);
  });

  it('comes and goes with what shows them, while the watcher that it asks stays', async () => {
    const watcher = await BusConnection.open(bus().address);
    endsWith(() => watcher.close());
    let hasHost = false;
    const [name, path] = ['org.kde.StatusNotifierWatcher', '/StatusNotifierWatcher'];
    const properties = { IsStatusNotifierHostRegistered: () => new Variant('b', hasHost) };
    watcher.serve({ path, interface: name, methods: {}, properties });
    await watcher.ownName(name);
    await follow();
    expect(told).toEqual([false]);
    for (const state of [true, true, false, false, true]) {
      hasHost = state;
      watcher.emit(path, name, `StatusNotifierHost${state ? 'R' : 'Unr'}egistered`);
      await lastAnnounced(state);
    }
    // A second one is no news: the icon is not shown again for it.
    expect(told).toEqual([false, true, false, true]);
    expect(errors).toEqual([]);
  });

  it('is nothing any more where what takes the place of one cannot say that it is one', async () => {
    const host = await startTrayHost(bus().address);
    await follow();
    host.close();
    await lastAnnounced(false);
    const other = await BusConnection.open(bus().address);
    endsWith(() => other.close());
    await other.ownName('org.kde.StatusNotifierWatcher');
    await vi.waitFor(() => expect(told).toEqual([true, false, false]), { timeout: 10_000 });
    expect(errors).toHaveLength(1);
  });
});
