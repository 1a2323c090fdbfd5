import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { type LaunchedApp, type LaunchOptions, expect, test as base } from '../support/launch.ts';
import {
  type RunningSandbox,
  type SandboxRunOptions,
  startSandboxProcess,
} from '../support/sandbox-runner.ts';

interface Fixtures {
  /** How the local Evorxa is made: `test.use({ sandboxOptions: { instances: 0 } })`. */
  readonly sandboxOptions: SandboxRunOptions;
  /** A local Evorxa whose time and faults the test commands. */
  readonly sandbox: RunningSandbox;
  /** Starts the app on the sandbox; the first start of a test signs in through the window. */
  readonly open: (options?: LaunchOptions) => Promise<LaunchedApp>;
}

/** The test with a sandbox and somebody who is signed in to it. */
export const test = base.extend<Fixtures>({
  sandboxOptions: [{}, { option: true }],
  sandbox: async ({ sandboxOptions }, use) => {
    const sandbox = await startSandboxProcess(sandboxOptions);
    await use(sandbox);
    await sandbox.close();
  },
  open: async ({ launch, sandbox }, use) => {
    await use(async (options) => {
      const launched = await launch({ ...options, env: { EVORXA_API_URL: sandbox.apiUrl } });
      const { window } = launched;
      const token = window.getByLabel('Token', { exact: true });
      await expect(token.or(listRow(window, 'api-prod-1'))).toBeVisible({ timeout: 20_000 });
      if (await token.isVisible()) {
        await token.fill(sandbox.tokens.full);
        await window.getByRole('button', { name: 'Sign in' }).click();
      }
      await expect(listRow(window, 'api-prod-1')).toBeVisible({ timeout: 20_000 });
      return launched;
    });
  },
});

export { expect } from '../support/launch.ts';

/** The row of a server in the list. */
export function listRow(window: Page, name: string): Locator {
  return window.getByRole('row').filter({ has: window.getByText(name, { exact: true }) });
}

/** Opens a server's page from the list and waits for its charts. */
export async function openInstance(window: Page, name: string): Promise<void> {
  await listRow(window, name).click();
  await expect(window.getByRole('heading', { name, level: 1 })).toBeVisible();
}

/** What axe finds serious or critical on the page as it is, as "rule: element". */
export async function seriousFindings(window: Page): Promise<readonly string[]> {
  // Electron has one window: the second page that axe opens otherwise cannot be opened.
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
