import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { expect, test } from '../support/journey.ts';
import { chooseForInstance, enterToken, instanceRow, setSize } from '../support/window-steps.ts';

const heading = (window: Page, name: string) => window.getByRole('heading', { name, level: 1, exact: true });

async function goTo(window: Page, place: string): Promise<void> {
  await window.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: place }).click();
  await expect(heading(window, place)).toBeVisible();
}

test('the sign-in, with and without an error', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await expect(heading(window, 'Sign in to Evorxa')).toBeVisible();
  await expectAccessible(window, 'sign-in');
  await window.getByRole('button', { name: 'Use another API address' }).click();
  await enterToken(window, '9|unknown');
  await expect(window.getByRole('alert')).toBeVisible();
  await expectAccessible(window, 'sign-in with an error');
});

test('the list, with and without rows', async ({ launch }) => {
  const { window } = await launch({ args: ['--demo'] });
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
  await expectAccessible(window, 'list');

  await window.getByRole('searchbox', { name: 'Search instances' }).fill('nothing is called this');
  await expect(window.getByRole('heading', { name: 'No matches' })).toBeVisible();
  await expectAccessible(window, 'list that nothing matches');
});

test('a menu that is higher than the window is gone through by keys', async ({ launch }) => {
  test.slow();
  const { app, window } = await launch({ args: ['--demo'] });
  // As a small screen, or one with large letters.
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setMinimumSize(900, 360));
  await setSize(app, 900, 360);
  await expect.poll(() => window.evaluate(() => innerHeight)).toBe(360);
  await instanceRow(window, 'api-prod-1').hover();
  await window.getByRole('button', { name: 'Actions for api-prod-1' }).click();
  const menu = window.getByRole('menu');
  await expect(menu).toBeFocused();
  await expect.poll(() => menu.evaluate((node) => node.scrollHeight > node.clientHeight)).toBe(true);
  await window.keyboard.press('End');
  const last = menu.getByRole('menuitem').last();
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport({ ratio: 1 });
  await window.keyboard.press('Home');
  await expect(menu.getByRole('menuitem').first()).toBeInViewport({ ratio: 1 });
  await expectAccessible(window, 'a menu that scrolls');
});

// A test for each menu: one that axe has looked at does not go away by Escape any more.
test('the menu of an instance in the list', async ({ launch }) => {
  // axe takes its time where most of the page is hidden behind what floats.
  test.slow();
  const { window } = await launch({ args: ['--demo'] });
  await instanceRow(window, 'api-prod-1').hover();
  await window.getByRole('button', { name: 'Actions for api-prod-1' }).click();
  await expect(window.getByRole('menu')).toBeVisible();
  await expectAccessible(window, 'menu of an instance');
});

test("the list's dialogs and the account menu", async ({ launch }) => {
  test.slow();
  const { window } = await launch({ args: ['--demo'] });
  await chooseForInstance(window, 'api-prod-1', /^Shut down/);
  await expect(window.getByRole('alertdialog').or(window.getByRole('dialog'))).toBeVisible();
  await expectAccessible(window, 'power dialog');
  await window.keyboard.press('Escape');

  await window.getByRole('button', { name: /^Account / }).click();
  await expect(window.getByRole('menu')).toBeVisible();
  await expectAccessible(window, 'account menu');
});

test('an instance in all its tabs', async ({ launch }) => {
  const { window } = await launch({ args: ['--demo'] });
  await instanceRow(window, 'api-prod-1').click();
  await expect(heading(window, 'api-prod-1')).toBeVisible();
  const tabs = window.getByRole('tablist', { name: 'Parts of api-prod-1' }).getByRole('tab');
  await expect(window.getByRole('slider', { name: /^CPU/ })).toBeVisible();
  for (const tab of await tabs.all()) {
    await tab.click();
    await expect(window.getByRole('tabpanel')).not.toBeEmpty();
    await expectAccessible(window, `instance, ${await tab.innerText()}`);
  }
});

test('Shield, with its chooser and its failures', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  await sandbox.control.addFault({ endpoint: 'shield.ports', kind: 'status', status: 404 });
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await enterToken(window, sandbox.tokens.full);
  await goTo(window, 'Shield');
  await expect(window.getByRole('table', { name: 'Rules' })).toBeVisible();
  await expect(window.getByText('This part could not be read.')).toBeVisible();
  await expectAccessible(window, 'shield');
  await window.getByRole('combobox', { name: 'Address' }).click();
  await expect(window.getByRole('listbox')).toBeVisible();
  await expectAccessible(window, 'choosing an address');
});

test('the wallet, the agent and the settings', async ({ launch }) => {
  const { window } = await launch({ args: ['--demo'] });
  for (const place of ['Wallet', 'Agent', 'Settings']) {
    await goTo(window, place);
    // What loads has its own look.
    await expect(window.locator('.skeleton')).toHaveCount(0);
    await expectAccessible(window, place);
  }
});

test('what a token may not see', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await enterToken(window, sandbox.tokens.scoped);
  await goTo(window, 'Shield');
  await expect(window.getByRole('heading', { name: 'No access to Shield' })).toBeVisible();
  await expectAccessible(window, 'shield without its ability');
});

test('the terminal, when it asks something', async ({ launch }) => {
  const { window } = await launch({ args: ['--demo'] });
  await instanceRow(window, 'api-prod-1').hover();
  await instanceRow(window, 'api-prod-1').getByRole('button', { name: 'SSH', exact: true }).click();
  await expect(window.getByRole('alertdialog', { name: /^Trust / })).toBeVisible();
  await expectAccessible(window, 'dock with a question');
});

test('the gallery', async ({ launch }) => {
  test.slow();
  const { window } = await launch({ args: ['--gallery'] });
  const places = window.getByRole('navigation', { name: 'Pages' }).getByRole('link');
  await expect(places.first()).toBeVisible();
  for (const place of await places.all()) {
    await place.click();
    await expect(place).toHaveAttribute('aria-current', 'page');
    await expectAccessible(window, `gallery, ${(await place.getAttribute('title')) ?? ''}`);
  }
});
