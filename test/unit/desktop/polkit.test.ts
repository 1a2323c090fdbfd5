import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openPolkit } from '../../../main/desktop/polkit.ts';
import { bundleForNode, type Bundle } from '../../support/bundle.ts';
import { BusConnection } from '../../support/dbus/connection.ts';
import { startPrivateBus } from '../../support/dbus/private-bus.ts';
import { polkitdPath, startPolkit, type RunningPolkit } from '../../support/polkit.ts';
import { stopChild } from '../../support/process-tree.ts';
import { describeOnLinux } from '../support/here.ts';

/** Nobody, who is on each system: a bus takes only users that the system knows. */
const uid = 65_534;
const unlock = {
  action: 'com.evorxa.desktop.unlock',
  message: 'Authentication is required to unlock Evorxa',
};

const ends: (() => unknown)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const end of ends.splice(0).toReversed()) await end();
});

describe.skipIf(process.getuid?.() !== 0)('as root', () => {
  describeOnLinux('polkit, as it is in Debian', ['dbus-daemon', 'unshare', polkitdPath], () => {
    let bundle: Bundle;
    beforeAll(async () => {
      bundle = await bundleForNode('test/unit/desktop/polkit-user.ts');
    });
    afterAll(() => bundle.remove());

    async function polkitOf(policy?: null): Promise<RunningPolkit> {
      const polkit = await startPolkit(policy);
      ends.push(polkit.close);
      return polkit;
    }
    async function userOn({ busAddress }: RunningPolkit): Promise<ChildProcess> {
      const env = { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: busAddress };
      const user = fork(bundle.path, [String(uid)], { env });
      ends.push(() => stopChild(user));
      await once(user, 'message');
      return user;
    }
    async function ask(user: ChildProcess, method: 'isAvailable' | 'authenticate'): Promise<unknown> {
      const answered = once(user, 'message');
      user.send(method);
      return (await answered)[0];
    }

    it.each([
      ['right', 'confirmed'],
      ['wrong', 'not-confirmed'],
      ['dismissed', 'not-confirmed'],
    ] as const)('has the desktop ask each time anew: %s is %s', async (answer, expected) => {
      const polkit = await polkitOf();
      const user = await userOn(polkit);
      const asked = await polkit.answerFor(user.pid ?? 0, answer);
      expect(await ask(user, 'isAvailable')).toBe(true);
      expect(asked).toEqual([]);
      expect(await ask(user, 'authenticate')).toBe(expected);
      expect(await ask(user, 'authenticate')).toBe(expected);
      expect(asked).toEqual([unlock, unlock]);
    });

    it('asks nobody where no agent would show it', async () => {
      const user = await userOn(await polkitOf());
      expect(await ask(user, 'authenticate')).toBe('unavailable');
    });

    it('is nothing where the action is not installed', async () => {
      const user = await userOn(await polkitOf(null));
      expect(await ask(user, 'isAvailable')).toBe(false);
      expect(await ask(user, 'authenticate')).toMatch(/^reported: .*is not registered/);
    });

    it('unlocks nothing where polkit would allow it unasked, as it does to root', async () => {
      const polkit = await polkitOf();
      const asked = await polkit.answerFor(process.pid, 'right');
      vi.stubEnv('DBUS_SYSTEM_BUS_ADDRESS', polkit.busAddress);
      const ofRoot = openPolkit(() => undefined);
      expect(await ofRoot.isAvailable()).toBe(false);
      expect(await ofRoot.authenticate()).toBe('unavailable');
      expect(asked).toEqual([]);
    });
  });
});

describeOnLinux('a system without polkit', ['dbus-daemon'], () => {
  it('has nothing that unlocks the app, with a bus and without one', async () => {
    const bus = await startPrivateBus();
    ends.push(bus.close);
    vi.stubEnv('DBUS_SYSTEM_BUS_ADDRESS', bus.address);
    const report = vi.fn();
    const polkit = openPolkit(report);
    expect(await polkit.isAvailable()).toBe(false);
    vi.stubEnv('DBUS_SYSTEM_BUS_ADDRESS', 'unix:path=/nonexistent');
    expect(await polkit.isAvailable()).toBe(false);
    expect(report).not.toHaveBeenCalled();
    expect(await polkit.authenticate()).toBe('unavailable');
    expect(report).toHaveBeenCalledOnce();
  });

  it('confirms nobody by an answer that it cannot read', async () => {
    const bus = await startPrivateBus();
    ends.push(bus.close);
    const other = await BusConnection.open(bus.address);
    ends.push(() => other.close());
    other.serve({
      path: '/org/freedesktop/PolicyKit1/Authority',
      interface: 'org.freedesktop.PolicyKit1.Authority',
      methods: { CheckAuthorization: () => ({ signature: 'b', body: [true] }) },
    });
    await other.ownName('org.freedesktop.PolicyKit1');
    vi.stubEnv('DBUS_SYSTEM_BUS_ADDRESS', bus.address);
    expect(await openPolkit(() => undefined).authenticate()).toBe('unavailable');
  });
});
