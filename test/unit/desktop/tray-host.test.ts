import { Variant } from 'dbus-next';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followTrayHost } from '../../../main/desktop/tray-host.ts';
import { BusConnection } from '../../support/dbus/connection.ts';
import { startPrivateBus, type PrivateBus } from '../../support/dbus/private-bus.ts';
import { startTrayHost } from '../../support/tray-host.ts';
import { describeOnLinux } from '../support/here.ts';

describeOnLinux('what shows tray icons', ['dbus-daemon'], () => {
  let bus: PrivateBus;
  let told: boolean[];
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
      await followTrayHost(
        (present) => told.push(present),
        (cause) => errors.push(cause),
      ),
    );
  };
  const toldLast = (present: boolean) =>
    vi.waitFor(() => expect(told.at(-1)).toBe(present), { timeout: 10_000 });

  it('is known at first, and when it goes and another comes', async () => {
    const host = await startTrayHost(bus.address);
    await follow();
    expect(told).toEqual([true]);
    host.close();
    await toldLast(false);
    const another = await startTrayHost(bus.address);
    ends.push(another.close);
    await toldLast(true);
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
    const watcher = await BusConnection.open(bus.address);
    ends.push(() => watcher.close());
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
      await toldLast(state);
    }
    // A second one is no news: the icon is not shown anew for it.
    expect(told).toEqual([false, true, false, true]);
    expect(errors).toEqual([]);
  });

  it('is nothing any more where what takes the place of one cannot say that it is one', async () => {
    const host = await startTrayHost(bus.address);
    await follow();
    host.close();
    await toldLast(false);
    const other = await BusConnection.open(bus.address);
    ends.push(() => other.close());
    await other.ownName('org.kde.StatusNotifierWatcher');
    await vi.waitFor(() => expect(told).toEqual([true, false, false]), { timeout: 10_000 });
    expect(errors).toHaveLength(1);
  });
});
