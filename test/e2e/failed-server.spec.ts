import { expectAccessible } from '../support/accessibility.ts';
import { askedCount, expect, instanceRow, test } from '../support/signed-in.ts';
import { openInstance } from '../support/window-steps.ts';

test.use({ sandboxOptions: { sshHosts: false, speed: 4 } });

test('an instance that was not built says so where it opens, and is reinstalled from there', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  await openInstance(window, 'broken-build');
  await expect(
    window.getByText('Its operating system could not be installed. Evorxa reports “build_failed”.'),
  ).toBeVisible();
  await expectAccessible(window, 'failed instance');
  await window.getByRole('button', { name: 'Reinstall OS', exact: true }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Reinstall broken-build?' });
  await dialog.getByLabel('System').click();
  await window.getByRole('option', { name: 'Debian 12' }).click();
  await dialog.getByLabel('Type broken-build to confirm').fill('broken-build');
  await dialog.getByRole('button', { name: 'Reinstall broken-build' }).click();
  await expect(window.getByText('broken-build is going to be reinstalled.')).toBeVisible();
  await expect(window.getByText('Evorxa is reinstalling broken-build.')).toBeVisible({ timeout: 20_000 });
  await expect(window.locator('main > header')).toContainText('Running', { timeout: 40_000 });
  await expect(window.getByText('Its operating system could not be installed.')).toHaveCount(0);
  expect(await askedCount(sandbox, 'instances.reinstall')).toBe(1);
});

test('an instance that was not built is deleted from where it opens, with its refund', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  const { balanceCents } = await sandbox.control.state();
  await openInstance(window, 'broken-build');
  await window.getByRole('button', { name: 'Delete instance' }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Delete broken-build?' });
  await expect(dialog.getByRole('radio', { name: /^Now/ })).toBeChecked();
  await expect(dialog).toContainText(/Refund\s*\$\d+\.\d\d\s*estimate/);
  await dialog.getByLabel('Type broken-build to confirm').fill('broken-build');
  await dialog.getByRole('button', { name: 'Delete broken-build' }).click();
  await expect(window.getByText('broken-build is going to be deleted.')).toBeVisible();
  await expect(window.getByText(/\$\d+\.\d\d is refunded to the wallet\./)).toBeVisible({ timeout: 20_000 });
  expect((await sandbox.control.state()).balanceCents).toBeGreaterThan(balanceCents);
  await window.getByRole('link', { name: 'Instances' }).first().click();
  await expect(instanceRow(window, 'broken-build')).toHaveCount(0, { timeout: 30_000 });
  expect(await askedCount(sandbox, 'instances.delete')).toBe(1);
});
