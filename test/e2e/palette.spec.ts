import { expectAccessible } from '../support/accessibility.ts';
import { expect, test } from '../support/journey.ts';
import { signIn } from '../support/window-steps.ts';

test('a start can ask for the palette, as the action of the desktop entry does', async ({
  launch,
  startSandbox,
}) => {
  const { window } = await launch({ args: ['--command-palette'] });
  await signIn(window, await startSandbox());
  await expect(window.getByRole('combobox', { name: 'Search commands' })).toBeFocused();
});

test('the palette finds instances, what can be done with them, pages and colours', async ({
  launch,
  startSandbox,
}) => {
  const { window } = await launch();
  await signIn(window, await startSandbox());
  const input = window.getByRole('combobox', { name: 'Search commands' });
  const selected = window.locator('[data-command-item][data-selected]');

  await window.keyboard.press('Control+k');
  await expect(input).toBeFocused();
  await expect(window.getByRole('option', { name: 'Wallet Page' })).toBeVisible();
  await expectAccessible(window, 'the palette');

  await input.fill('api-prod-2');
  await expect(selected).toContainText('api-prod-2');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: 'api-prod-2' })).toBeVisible();

  await window.keyboard.press('Control+k');
  await input.fill('api-prod-2 restart');
  await expect(selected).toContainText('Restart api-prod-2');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('alertdialog', { name: 'Restart api-prod-2?' })).toBeVisible();
  await window.getByRole('button', { name: 'Cancel' }).click();

  // What cannot be done says so beside its server's name, after all that can.
  await window.keyboard.press('Control+k');
  await input.fill('restart');
  await expect(selected).toContainText('Restart ');
  await expect(selected).not.toHaveAttribute('aria-disabled', 'true');
  const stopped = window.getByRole('option', { name: /^Restart staging/ });
  await expect(stopped).toHaveAttribute('aria-disabled', 'true');
  await window.keyboard.press('Escape');

  await window.keyboard.press('Control+k');
  await input.fill('wallet');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: 'Wallet' })).toBeVisible();

  await window.keyboard.press('Control+k');
  await input.fill('dark');
  await window.keyboard.press('Enter');
  await expect
    .poll(() => window.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
    .toBe(true);

  await window.keyboard.press('Control+k');
  await input.fill('no such thing');
  await expect(window.getByText(/^No matches\./)).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(input).toHaveCount(0);
});

test('? shows the keys, but not where it is typed', async ({ launch, startSandbox }) => {
  const { window } = await launch();
  await signIn(window, await startSandbox());
  const list = window.getByRole('dialog', { name: 'Keyboard shortcuts' });
  const search = window.getByRole('searchbox', { name: 'Search instances' });

  await window.keyboard.press('/');
  await expect(search).toBeFocused();
  await window.keyboard.type('a?');
  await expect(search).toHaveValue('a?');
  await search.fill('');
  await search.blur();

  await window.keyboard.press('?');
  await expect(list).toBeVisible();
  await expect(list.getByText('Find an instance, an action or a page')).toBeVisible();
  await expectAccessible(window, 'the keyboard shortcuts');
  // A shortcut that is shown is not done behind it.
  await window.keyboard.press('n');
  await window.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(window.getByRole('heading', { name: 'Instances', level: 1 })).toBeVisible();

  await window.keyboard.press('Control+k');
  await window.getByRole('combobox', { name: 'Search commands' }).fill('shortcuts');
  await window.keyboard.press('Enter');
  await expect(list).toBeVisible();
});

test('keys of one’s own are held for the palette, and keys that another program has are said', async ({
  launch,
  start,
  startSandbox,
}, testInfo) => {
  const { app, window } = await launch();
  await signIn(window, await startSandbox());
  await window.getByRole('link', { name: 'Settings' }).click();
  const shortcut = window.getByRole('group', { name: 'Shortcut for the command palette' });
  await shortcut.getByRole('button', { name: 'Record keys' }).click();
  await window.keyboard.press('k');
  await expect(shortcut).toContainText('Hold Ctrl, Alt or Meta');
  await window.keyboard.press('Control+Alt+k');
  await expect(shortcut.getByRole('button', { name: 'Ctrl+Alt+K' })).toBeVisible();
  await window.screenshot({ path: testInfo.outputPath('shortcut.png') });
  await expect
    .poll(() => app.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('Control+Alt+K')))
    .toBe(true);
  await shortcut.getByRole('button', { name: 'Remove' }).click();
  await expect
    .poll(() => app.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('Control+Alt+K')))
    .toBe(false);

  const other = await start();
  expect(
    await other.app.evaluate(({ globalShortcut }) => globalShortcut.register('Alt+F7', () => undefined)),
  ).toBe(true);
  await shortcut.getByRole('button', { name: 'Record keys' }).click();
  await window.keyboard.press('Alt+F7');
  await expect(shortcut).toContainText('Alt+F7 is not available: another program or the system has it.');
});
