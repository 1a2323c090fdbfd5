import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isSecretServiceAnswering } from '../../../main/desktop/secret-service.ts';
import { BusConnection } from '../../support/dbus/connection.ts';
import { startPrivateBus, type PrivateBus } from '../../support/dbus/private-bus.ts';
import { startKeyringSession } from '../../support/keyring.ts';
import { describeOnLinux } from '../support/here.ts';

const name = 'org.freedesktop.secrets';
const path = '/org/freedesktop/secrets';

describeOnLinux('whether a Secret Service answers', ['dbus-daemon', 'gnome-keyring-daemon'], () => {
  let bus: PrivateBus;
  const connections: BusConnection[] = [];
  beforeEach(async () => {
    bus = await startPrivateBus();
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', bus.address);
  });
  afterEach(async () => {
    for (const connection of connections.splice(0)) connection.close();
    vi.unstubAllEnvs();
    await bus.close();
  });

  /** A service of this name whose `ReadAlias` is answered by `readAlias`. */
  async function serve(readAlias: () => undefined): Promise<BusConnection> {
    const service = await BusConnection.open(bus.address);
    connections.push(service);
    service.serve({
      ...{ path, interface: 'org.freedesktop.Secret.Service', properties: {} },
      methods: { ReadAlias: readAlias },
    });
    await service.ownName(name);
    return service;
  }

  it.each(['unlocked', 'locked'] as const)('yes: gnome-keyring, %s', async (mode) => {
    const session = await startKeyringSession({ mode });
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', session.busAddress);
    expect(await isSecretServiceAnswering()).toBe(true);
    await session.close();
  });

  it('no: nobody has its name', async () => {
    expect(await isSecretServiceAnswering()).toBe(false);
  });

  it('no: it does not know what it is asked', async () => {
    await serve(() => {
      throw new Error('unknown');
    });
    expect(await isSecretServiceAnswering()).toBe(false);
  });

  it('no: it hangs, and is not waited for for ever', async () => {
    const service = await serve(() => undefined);
    expect(await isSecretServiceAnswering()).toBe(true);
    service.goMute();
    expect(await isSecretServiceAnswering()).toBe(false);
  });

  it('no: this session has no bus, or none that takes connections', async () => {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nowhere/bus');
    expect(await isSecretServiceAnswering()).toBe(false);
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', undefined);
    vi.stubEnv('XDG_RUNTIME_DIR', undefined);
    expect(await isSecretServiceAnswering()).toBe(false);
  });
});
