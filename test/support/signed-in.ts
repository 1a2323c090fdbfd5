import type { Locator, Page } from '@playwright/test';
import type { EndpointId } from '../../main/api/routes.ts';
import { expect, test as base, type LaunchedApp, type LaunchOptions } from './launch.ts';
import { startSandboxProcess, type RunningSandbox, type SandboxRunOptions } from './sandbox-runner.ts';
import { enterToken, instanceRow } from './window-steps.ts';

interface Fixtures {
  /** How the sandbox is made: `test.use({ sandboxOptions: { instances: 50 } })`. */
  readonly sandboxOptions: SandboxRunOptions;
  /** A local Evorxa of the test's own. */
  readonly sandbox: RunningSandbox;
  /**
   * Starts the app on the sandbox, with full access; resolves when the servers are listed. Signs in where the keychain
   * holds no token of an earlier start.
   */
  readonly launchSignedIn: (options?: LaunchOptions) => Promise<LaunchedApp>;
}

/** Playwright's test with a desktop session, a local Evorxa, and an app that is signed in to it by token. */
export const test = base.extend<Fixtures>({
  sandboxOptions: [{ sshHosts: false }, { option: true }],
  sandbox: async ({ sandboxOptions }, use) => {
    const sandbox = await startSandboxProcess(sandboxOptions);
    await use(sandbox);
    await sandbox.close();
  },
  launchSignedIn: async ({ launch, sandbox }, use) => {
    await use(async (options = {}) => {
      const launched = await launch({ ...options, env: { EVORXA_API_URL: sandbox.apiUrl, ...options.env } });
      const { window } = launched;
      const signIn = window.getByRole('heading', { name: 'Sign in to Evorxa' });
      const listed = instanceRow(window, 'api-prod-1');
      await expect(signIn.or(listed)).toBeVisible();
      if (await signIn.isVisible()) await enterToken(window, sandbox.tokens.full);
      await expect(listed).toBeVisible();
      return launched;
    });
  },
});

export { expect } from './launch.ts';
export { enterToken, instanceRow, refresh } from './window-steps.ts';

/** The line at the foot of the sidebar that says how true the data is. */
export function freshness(page: Page): Locator {
  return page.getByRole('complementary').getByRole('status');
}

/** How often an endpoint was asked for since the sandbox began or its log was cleared. */
export async function askedCount(sandbox: RunningSandbox, endpoint: EndpointId): Promise<number> {
  const log = await sandbox.control.log();
  return log.filter((entry) => entry.endpoint === endpoint).length;
}
