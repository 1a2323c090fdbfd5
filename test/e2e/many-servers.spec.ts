import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { expect, test } from '../support/journey.ts';
import { pageHashes } from '../support/retained-memory.ts';
import { enterToken } from '../support/window-steps.ts';

const servers = 2_500;
/** Rows of a list that are in the page: those in view, and some beyond. */
const rowsInPage = 80;
/** All of a page's elements: about 700 where an account has 16 servers. */
const elementsInPage = 2_500;

const elementCount = (window: Page): Promise<number> =>
  window.evaluate(() => document.querySelectorAll('*').length);

test('an account of thousands has no more in a page than one of sixteen', async ({
  launch,
  startSandbox,
}) => {
  test.slow();
  const sandbox = await startSandbox({ instances: servers });
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await enterToken(window, sandbox.tokens.full);
  const states = window.getByRole('radiogroup', { name: 'Filter by state' });
  await expect(states.getByText('All 2,500')).toBeVisible();
  const { instances } = await sandbox.control.state();
  const last = instances.at(-1);
  const running = instances.findLast(({ status }) => status === 'running');
  if (last === undefined || running === undefined) throw new Error('The account has no instances.');

  await test.step('every page', async () => {
    for (const hash of pageHashes(running.id)) {
      await window.evaluate((to) => (globalThis.window.location.hash = to), hash);
      await expect(window.locator('main h1')).toBeVisible();
      await expect(window.locator('main [aria-busy=true]')).toHaveCount(0);
      expect(await elementCount(window), hash).toBeLessThan(elementsInPage);
    }
  });

  await test.step('the addresses of Shield, found by typing', async () => {
    await window.getByRole('link', { name: 'Shield' }).click();
    const chooser = window.getByRole('combobox', { name: 'Address' });
    await chooser.click();
    const addresses = window.getByRole('listbox', { name: 'Address' });
    const options = addresses.getByRole('option');
    await expect(options.first()).toBeVisible();
    expect(Number(await options.first().getAttribute('aria-setsize'))).toBeGreaterThanOrEqual(servers);
    expect(await options.count()).toBeLessThan(rowsInPage);
    const search = window.getByRole('combobox', { name: 'Search' });
    await expect(search).toBeFocused();
    await expectAccessible(window, 'chooser of addresses');
    await search.fill(`no such ${running.name}`);
    await expect(window.getByText('No matches.')).toBeVisible();
    await search.fill(running.name);
    await expect(options.first()).toContainText(running.name);
    await search.press('ArrowDown');
    await search.press('ArrowUp');
    await search.press('Enter');
    await expect(addresses).toHaveCount(0);
    await expect(chooser).toContainText(running.name);
    await expect(chooser).toBeFocused();
    // Opened again, it stands where it was left.
    await chooser.press('Enter');
    await expect(addresses.getByRole('option', { selected: true })).toContainText(running.name);
    await window.keyboard.press('Escape');
    await expect(addresses).toHaveCount(0);
  });

  await test.step('the question about a power action for all of them', async () => {
    await window.getByRole('link', { name: 'Instances' }).first().click();
    await window.getByRole('checkbox', { name: 'Select all' }).check();
    await window
      .getByRole('group', { name: 'Selected instances' })
      .getByRole('button', { name: 'Shut down' })
      .click();
    const lines = window.getByRole('list', { name: 'Instances' }).getByRole('listitem');
    await expect(lines.first()).toBeVisible();
    expect(await lines.count()).toBeLessThan(rowsInPage);
    await window.keyboard.press('Escape');
  });

  await test.step('the palette', async () => {
    await window.keyboard.press('Control+k');
    const commands = window.getByRole('listbox', { name: 'Commands' }).getByRole('option');
    await expect(commands.first()).toBeVisible();
    expect(await commands.count()).toBeLessThan(rowsInPage);
    await window.getByRole('combobox', { name: 'Search commands' }).fill(last.name);
    await expect(commands.first()).toContainText(last.name);
  });
});
