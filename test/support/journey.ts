import { test as base } from './launch.ts';
import { startNotificationDaemon, type NotificationDaemon } from './notification-daemon.ts';
import { startSandboxProcess, type RunningSandbox, type SandboxRunOptions } from './sandbox-runner.ts';
import type { TestSession } from './session.ts';
import { startTrayHost, type TrayHost } from './tray-host.ts';

interface JourneyFixtures {
  /** Starts a local Evorxa, by default without SSH; it is closed when the test ends. */
  readonly startSandbox: (options?: SandboxRunOptions) => Promise<RunningSandbox>;
  /** The session's tray host. Linux only; without it the session has none. */
  readonly tray: TrayHost;
  /** The session's notification daemon. Linux only; without it the session has none. */
  readonly notifications: NotificationDaemon;
}

/** Playwright's test with what a journey goes through: Evorxa, the tray, the notifications. */
export const test = base.extend<JourneyFixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads there what a fixture needs, also where it is nothing.
  startSandbox: async ({}, use) => {
    const started: RunningSandbox[] = [];
    await use(async (options) => {
      const sandbox = await startSandboxProcess({ sshHosts: false, ...options });
      started.push(sandbox);
      return sandbox;
    });
    await Promise.all(started.map((sandbox) => sandbox.close()));
  },
  tray: async ({ session }, use) => {
    const tray = await startTrayHost(busOf(session));
    await use(tray);
    tray.close();
  },
  notifications: async ({ session }, use) => {
    const daemon = await startNotificationDaemon(busOf(session));
    await use(daemon);
    daemon.close();
  },
});

export { expect } from '@playwright/test';

/** Why journeys over the session bus are left out on this machine; false where they run. */
export const noSessionBus = process.platform === 'linux' ? false : 'the session bus is on Linux only';

function busOf({ keyring }: TestSession): string {
  if (keyring === undefined) throw new Error('The session bus is on Linux only.');
  return keyring.busAddress;
}
