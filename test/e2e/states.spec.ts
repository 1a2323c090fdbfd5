import type { Locator, Page } from '@playwright/test';
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy.ts';
import { expect, test as base } from '../support/journey.ts';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import { createToken } from '../support/token-page.ts';
import { enterToken, instanceRow, refresh } from '../support/window-steps.ts';

interface Fixtures {
  /** A network that fails at command before a sandbox; its address goes into EVORXA_API_URL. */
  readonly startNetwork: (
    sandbox: RunningSandbox,
  ) => Promise<{ readonly proxy: FaultProxy; readonly apiUrl: string }>;
}

const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads there what a fixture needs, also where it is nothing.
  startNetwork: async ({}, use) => {
    const started: FaultProxy[] = [];
    await use(async ({ apiUrl }) => {
      const { origin, pathname } = new URL(apiUrl);
      const proxy = await startFaultProxy({ origin });
      started.push(proxy);
      return { proxy, apiUrl: proxy.url + pathname };
    });
    await Promise.all(started.map((proxy) => proxy.close()));
  },
});

const list = (window: Page): Locator => window.getByRole('grid', { name: 'Instances' });
const freshness = (window: Page): Locator =>
  window.getByRole('complementary', { name: 'Accounts and pages' }).getByRole('status');

test.describe('the list', () => {
  test('shows its rows in grey until the first answer', async ({ launch, startSandbox }) => {
    const sandbox = await startSandbox();
    const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
    // Longer than any wait of this test: the answer comes only when the fault is cleared and asked again.
    await sandbox.control.addFault({
      endpoint: 'instances.list',
      kind: 'latency',
      latencyMs: 25_000,
      times: 1,
    });
    await enterToken(window, sandbox.tokens.full);
    await expect(window.getByText('Instances loading')).toBeAttached();
    await expect(list(window)).toHaveCount(0);
    await expect(freshness(window)).toHaveText('Connecting');
  });

  test('says that there are none yet, and what to do', async ({ launch, startSandbox }) => {
    const sandbox = await startSandbox({ instances: 0 });
    const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
    await enterToken(window, sandbox.tokens.full);
    await expect(window.getByRole('heading', { name: 'No instances yet' })).toBeVisible();
    await window.getByRole('button', { name: 'Create instance' }).last().click();
    await expect(window.getByRole('heading', { name: 'Create instance', level: 1 })).toBeVisible();
  });

  test('says that the API fails from the start, and shows the instances when tried again', async ({
    launch,
    startSandbox,
  }) => {
    const sandbox = await startSandbox();
    await sandbox.control.addFault({ endpoint: 'instances.list', kind: 'status', status: 500 });
    const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
    await enterToken(window, sandbox.tokens.full);
    await expect(window.getByRole('heading', { name: 'The instances could not be loaded.' })).toBeVisible();
    await sandbox.control.clearFaults();
    await window.getByRole('main').getByRole('button', { name: 'Retry' }).click();
    await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
  });

  test('names the ability that a token lacks', async ({ launch, startSandbox }) => {
    const sandbox = await startSandbox();
    const token = await createToken(sandbox, ['wallet:read']);
    const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
    await enterToken(window, token);
    await expect(window.getByText('The token lacks the ability instances:read.')).toBeVisible();
    await expect(window.getByRole('link', { name: /^Wallet/ })).toContainText('$52.40');
  });

  test('stays, with the age of its data, while the API does not answer', async ({ launch, startSandbox }) => {
    const sandbox = await startSandbox();
    const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
    await enterToken(window, sandbox.tokens.full);
    await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
    await sandbox.control.addFault({ endpoint: '*', kind: 'status', status: 503 });
    const title = window.getByText('Evorxa does not answer.');
    await expect(async () => {
      await refresh(window);
      await expect(title).toBeVisible({ timeout: 500 });
    }).toPass();
    await expect(window.getByText(/The data is from \d\d:\d\d\./)).toBeVisible();
    await expect(freshness(window)).toHaveText('No answer');
    await expect(instanceRow(window, 'api-prod-1')).toBeVisible();

    await sandbox.control.clearFaults();
    await window.getByRole('button', { name: 'Try now' }).click();
    await expect(freshness(window)).toHaveText('Live');
    await expect(title).toBeHidden();
  });

  test('stays while there is no network, and goes on when it is back', async ({
    launch,
    startSandbox,
    startNetwork,
  }) => {
    const sandbox = await startSandbox();
    const { proxy, apiUrl } = await startNetwork(sandbox);
    const { window } = await launch({ env: { EVORXA_API_URL: apiUrl } });
    await enterToken(window, sandbox.tokens.full);
    await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
    await proxy.setFault({ kind: 'refuse' });
    await refresh(window);
    await expect(window.getByText('No network.')).toBeVisible();
    await expect(freshness(window)).toHaveText('Offline');
    await expect(instanceRow(window, 'api-prod-1')).toBeVisible();

    await proxy.setFault({ kind: 'pass' });
    await refresh(window);
    await expect(freshness(window)).toHaveText('Live');
    await expect(window.getByText('No network.')).toBeHidden();
  });
});

test('everything on the way to an instance and back is done with the keyboard', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox();
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await enterToken(window, sandbox.tokens.full);
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible();

  const shield = window.getByRole('link', { name: 'Shield' });
  await tabTo(window, shield);
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: 'Shield', level: 1 })).toBeVisible();
  const instances = window.getByRole('link', { name: /^Instances/ }).first();
  await tabTo(window, instances, 'Shift+Tab');
  await window.keyboard.press('Enter');

  const firstRow = list(window).getByRole('row').nth(1);
  await expect(firstRow).toBeVisible();
  await tabTo(window, firstRow);
  await window.keyboard.press('End');
  await expectFocus(list(window).getByRole('row').last());
  await window.keyboard.press('Home');
  await window.keyboard.press('ArrowDown');
  const secondRow = list(window).getByRole('row').nth(2);
  await expectFocus(secondRow);
  const name = (await secondRow.locator('.strong').innerText()).trim();
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name, level: 1 })).toBeVisible();

  await tabTo(
    window,
    window.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Instances' }),
  );
  await window.keyboard.press('Enter');
  await expect(firstRow).toBeVisible();
});

/** Presses Tab until an element has the focus, and sees that it shows. */
async function tabTo(window: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const isFocused = (): Promise<boolean> => target.evaluate((element) => element === document.activeElement);
  const most = 80;
  for (let presses = 0; presses < most && !(await isFocused()); presses += 1)
    await window.keyboard.press(key);
  await expectFocus(target);
}

/** The focus is there and can be seen: an outline of the design system. */
async function expectFocus(target: Locator): Promise<void> {
  await expect(target).toBeFocused();
  await expect(target).toBeInViewport();
  await expect(target).toHaveCSS('outline-style', 'solid');
  await expect(target).toHaveCSS('outline-width', '2px');
}

test.describe('ten thousand instances', () => {
  test('are listed, narrowed by typing, and drawn at every place', async ({ launch, startSandbox }) => {
    const sandbox = await startSandbox({ instances: 10_000 });
    const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
    await enterToken(window, sandbox.tokens.full);
    await expect(list(window)).toHaveAttribute('aria-rowcount', '10001');

    const search = window.getByRole('searchbox', { name: 'Search instances' });
    await search.fill('db-primary');
    await expect(instanceRow(window, 'db-primary').first()).toBeVisible();
    await expect(list(window)).not.toHaveAttribute('aria-rowcount', '10001');
    await search.fill('');
    await expect(list(window)).toHaveAttribute('aria-rowcount', '10001');

    for (const part of [0.1, 0.25, 0.5, 0.75, 0.9, 1, 0.33, 0]) await expectRowsAt(window, part);
    await list(window).getByRole('row').nth(1).focus();
    await window.keyboard.press('End');
    await expect(list(window).locator('[aria-rowindex="10001"]')).toBeFocused();
    await expect(list(window).locator('[aria-rowindex="10001"]')).toBeInViewport();

    // The way back from a page leads to the row that was opened.
    await window.keyboard.press('Enter');
    await expect(window.getByRole('navigation', { name: 'Breadcrumb' })).toBeVisible();
    await window.goBack();
    await expect(list(window).locator('[aria-rowindex="10001"]')).toBeInViewport();
  });
});

/** Scrolls to a part of the list, 0 to 1, and sees that rows without a gap cover all of it. */
async function expectRowsAt(window: Page, part: number): Promise<void> {
  await list(window).evaluate((grid, to) => {
    grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * to;
  }, part);
  await expect
    .poll(() => list(window).evaluate(uncoveredPx), { message: `uncovered px at ${part}` })
    .toBeLessThan(1);
}

/** How many px of the list's view, below its heading, no drawn row covers; runs in the page. */
function uncoveredPx(grid: Element): number {
  const view = grid.getBoundingClientRect();
  const rows = [...grid.querySelectorAll('[role=row]')]
    .map((row) => row.getBoundingClientRect())
    .sort((one, other) => one.top - other.top);
  let covered = view.top;
  let uncovered = 0;
  for (const { top, bottom } of rows) {
    if (bottom <= covered || top >= view.bottom) continue;
    uncovered += Math.max(0, top - covered);
    covered = bottom;
  }
  return uncovered + Math.max(0, view.bottom - covered);
}
