import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expectAccessible } from '../support/accessibility.ts';
import { expect, test } from '../support/signed-in.ts';

test('what is set holds at once and after a restart', async ({ launchSignedIn }) => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-settings-'));
  const first = await launchSignedIn({ userDataDir });
  // Otherwise the test's own choice of a scheme would hide what the app chose.
  await first.window.emulateMedia({ colorScheme: null });
  await first.window.getByRole('link', { name: 'Settings' }).click();
  const background = (): Promise<string> =>
    first.window.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

  await first.window.getByRole('radiogroup', { name: 'Theme' }).getByText('Light').click();
  await expect.poll(background).toBe('rgb(255, 255, 255)');
  await first.window.getByRole('radiogroup', { name: 'Theme' }).getByText('Dark').click();
  await expect.poll(background).toBe('rgb(24, 28, 35)');

  const limit = first.window.getByLabel('Low balance');
  await limit.fill('a lot');
  await limit.press('Enter');
  await expect(first.window.getByText('Enter an amount in dollars, such as 10 or 12.50.')).toBeVisible();
  await limit.fill('$25.5');
  await limit.press('Enter');
  await expect(limit).toHaveValue('25.50');
  await expect(first.window.getByRole('region', { name: 'Wallet' })).toContainText('Saved');

  await first.window.getByLabel('Font size').fill('16');
  await first.window.getByLabel('Scrollback').fill('5,000');
  await first.window.getByRole('switch', { name: 'Copy on select' }).click();
  await expect(first.window.getByRole('switch', { name: 'Copy on select' })).toBeChecked();
  await expect(first.window.getByLabel('Scrollback')).toHaveValue('5000');
  await first.close();

  const second = await launchSignedIn({ userDataDir });
  await second.window.getByRole('link', { name: 'Settings' }).click();
  await expect(second.window.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await expect(second.window.getByLabel('Low balance')).toHaveValue('25.50');
  await expect(second.window.getByLabel('Font size')).toHaveValue('16');
  await expect(second.window.getByLabel('Scrollback')).toHaveValue('5000');
  await expect(second.window.getByRole('switch', { name: 'Copy on select' })).toBeChecked();
  await expect(second.window.getByRole('switch', { name: 'GPU rendering' })).toBeChecked();
  await second.close();
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
});

test('what this desktop lacks is said; axe finds nothing serious', async ({ launchSignedIn, sandbox }) => {
  const { window } = await launchSignedIn();
  await window.getByRole('link', { name: 'Settings' }).click();
  const tray = window.getByRole('switch', { name: 'Keep running in the tray' });
  await expect(tray).toBeDisabled();
  await expect(tray).toHaveAccessibleDescription(/this desktop has no tray/);
  await expect(window.getByRole('region', { name: 'Accounts' })).toContainText(new URL(sandbox.apiUrl).host);
  await expect(window.getByRole('region', { name: 'Accounts' })).toContainText('token in the keychain');
  await expectAccessible(window, 'settings');
});

test('the app starts at login when the desktop is told so, and shows what the desktop says of it', async ({
  launchSignedIn,
}) => {
  test.skip(process.platform !== 'linux', 'Elsewhere the system keeps the list itself.');
  const config = await mkdtemp(join(tmpdir(), 'evorxa-config-'));
  const { window } = await launchSignedIn({ env: { XDG_CONFIG_HOME: config } });
  const entry = join(config, 'autostart/evorxa-desktop.desktop');
  await window.getByRole('link', { name: 'Settings' }).click();
  const atLogin = window.getByRole('switch', { name: 'Start at login' });
  await expect(atLogin).not.toBeChecked();
  await atLogin.click();
  await expect(atLogin).toBeChecked();
  expect(await readFile(entry, 'utf8')).toMatch(/^Exec=".+" "--hidden"$/m);
  await atLogin.click();
  await expect(atLogin).not.toBeChecked();
  expect(existsSync(entry)).toBe(false);

  // A file where the folder belongs.
  await rm(dirname(entry), { recursive: true });
  await writeFile(dirname(entry), '');
  await atLogin.click();
  await expect(window.getByText(/evorxa-desktop\.desktop could not be changed \(\w+\)\./)).toBeVisible();
  await expect(atLogin).not.toBeChecked();
  await rm(config, { recursive: true });
});

test('an account is signed out after a question', async ({ launchSignedIn }) => {
  const { window } = await launchSignedIn();
  await window.getByRole('link', { name: 'Settings' }).click();
  await window.getByRole('button', { name: /^Sign out/ }).click();
  await window.getByRole('alertdialog').getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(window.getByRole('heading', { name: 'Sign in to Evorxa' })).toBeVisible();
});
