import { findCanary } from '../support/canary.ts';
import { askedCount, expect, test } from '../support/signed-in.ts';
import { instanceId } from '../support/evorxa-steps.ts';
import { openSystem, saveSshSettings, terminalRows } from '../support/window-steps.ts';

test.use({ sandboxOptions: { sshHosts: true, speed: 4 } });

test('a new password opens a shell untyped; a reinstall brings one new host key, which is asked about', async ({
  launchSignedIn,
  sandbox,
}) => {
  test.slow();
  const { app, window, userDataDir } = await launchSignedIn();
  const id = await instanceId(sandbox, 'api-prod-1');
  const reach = sandbox.connections.find((connection) => connection.instanceId === id);
  if (reach === undefined) throw new Error('api-prod-1 has no SSH.');
  const { host, port, user } = reach;
  await saveSshSettings(window, id, { host, port, user, auth: { method: 'password' } });

  await openSystem(window, 'api-prod-1');
  await window.getByRole('button', { name: 'Reset root password' }).click();
  await window.getByRole('alertdialog').getByRole('button', { name: 'Reset root password' }).dblclick();
  const shown = window.getByRole('region', { name: 'New password' });
  const password = await shown.locator('output').innerText();
  expect(password).toMatch(/^\w{16}$/);
  await shown.getByRole('button', { name: 'Copy' }).click();
  const clipboard = (): Promise<string> => app.evaluate((electron) => electron.clipboard.readText());
  await expect.poll(clipboard).toBe(password);
  await shown.getByRole('button', { name: 'Connect with SSH' }).click();
  await window.getByRole('button', { name: 'Trust and connect' }).click();
  await expect(terminalRows(window)).toContainText('root@api-prod-1');
  await shown.getByRole('button', { name: 'Clear' }).click();
  await expect(shown).toHaveCount(0);
  await expect.poll(clipboard).toBe('');
  expect(await askedCount(sandbox, 'instances.resetPassword')).toBe(1);
  // It was used, and is on no disk and in no log.
  expect(await findCanary(password, { folders: [userDataDir] })).toEqual([]);

  await window.getByRole('button', { name: 'Hide terminals' }).click();
  await window.getByRole('button', { name: 'Reinstall OS', exact: true }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Reinstall api-prod-1?' });
  await expect(dialog).toContainText('All data on it is erased and cannot be recovered.');
  const send = dialog.getByRole('button', { name: 'Reinstall api-prod-1' });
  await dialog.getByLabel('System').click();
  await window.getByRole('option', { name: 'Debian 12' }).click();
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByLabel('Type api-prod-1 to confirm').fill('api-prod-1');
  await send.click();
  await expect(window.getByText('api-prod-1 is going to be reinstalled.')).toBeVisible();
  expect(await askedCount(sandbox, 'instances.reinstall')).toBe(0);
  await expect(window.getByText('Evorxa is reinstalling api-prod-1.')).toBeVisible({ timeout: 20_000 });
  await expect(window.locator('main > header')).toContainText('Reinstalling');
  await expect(window.locator('main > header')).toContainText('Running', { timeout: 40_000 });
  expect(await askedCount(sandbox, 'instances.reinstall')).toBe(1);

  await window.getByRole('button', { name: 'SSH', exact: true }).click();
  const question = window.getByRole('alertdialog').filter({ hasText: 'Trust' });
  await expect(question).toContainText('Its key is new because the instance was reinstalled from this app.');
  await expect(question).toContainText('Before, it was SHA256:');
  await question.getByRole('button', { name: 'Trust and connect' }).click();
  await expect(window.getByLabel('Password', { exact: true })).toBeVisible();
});
