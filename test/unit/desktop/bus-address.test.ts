import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { sessionBusAddress, systemBusAddress } from '../../../main/desktop/bus-address.ts';
import { openSessionBus } from '../../../main/desktop/message-bus.ts';
import { stopChild } from '../../support/process-tree.ts';
import { describeOnLinux } from '../support/here.ts';

describe('where the session’s bus is', () => {
  it.each([
    ['unix:path=/run/user/1000/bus', 'unix:socket=/run/user/1000/bus'],
    ['unix:path=/run/user/1000/bus,guid=abc', 'unix:socket=/run/user/1000/bus,guid=abc'],
    ['unix:abstract=/tmp/dbus-x,guid=abc', 'unix:socket=\0/tmp/dbus-x,guid=abc'],
    ['unix:path=/tmp/a%20b', 'unix:socket=/tmp/a b'],
    ['tcp:host=localhost,port=1;unix:path=/tmp/b', 'tcp:host=localhost,port=1;unix:socket=/tmp/b'],
  ])('%s', (said, address) => {
    expect(sessionBusAddress({ DBUS_SESSION_BUS_ADDRESS: said })).toBe(address);
  });

  it.each(['unix:path=/tmp/a%3bb', 'unix:path=/tmp/%', 'unix:dir=/tmp', 'tcp:host=localhost,port=1'])(
    '%s is left as it is: it cannot be said otherwise',
    (said) => {
      expect(sessionBusAddress({ DBUS_SESSION_BUS_ADDRESS: said })).toBe(said);
    },
  );

  it('is systemd’s where the session says nothing', () => {
    const env = { DBUS_SESSION_BUS_ADDRESS: '', XDG_RUNTIME_DIR: '/run/user/7' };
    expect(sessionBusAddress(env)).toBe('unix:socket=/run/user/7/bus');
    expect(sessionBusAddress({})).toBeNull();
  });
});

it('the system’s bus is where it always is, or where it is said to be', () => {
  expect(systemBusAddress({})).toBe('unix:socket=/run/dbus/system_bus_socket');
  expect(systemBusAddress({ DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/tmp/x' })).toBe('unix:socket=/tmp/x');
});

describeOnLinux('a bus at an abstract address', ['dbus-daemon'], () => {
  // Node 20, which Electron 33 has inside, fills the name of an abstract socket up to its full length: nobody listens there.
  const canReach = Number(process.versions.node.split('.')[0]) >= 22;
  it(canReach ? 'is reached' : 'is not reached, which is an error and no wait', async () => {
    const daemon = spawn(
      'dbus-daemon',
      ['--session', '--nofork', '--print-address=1', `--address=unix:abstract=evorxa-${randomUUID()}`],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    onTestFinished(() => stopChild(daemon));
    const [address] = (await once(createInterface({ input: daemon.stdout }), 'line')) as [string];
    expect(address).toMatch(/^unix:abstract=/);
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', address);
    onTestFinished(() => void vi.unstubAllEnvs());
    const opening = openSessionBus(() => undefined);
    if (!canReach) {
      await expect(opening).rejects.toThrow('ECONNREFUSED');
      return;
    }
    const bus = await opening;
    expect(bus?.uniqueName).toMatch(/^:/);
    expect(await bus?.hasOwner('org.freedesktop.DBus')).toBe(true);
    bus?.close();
  });
});
