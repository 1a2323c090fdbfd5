import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askedCount, expect, instanceRow, test } from '../support/signed-in.ts';
import { askDeletion, openSystem } from '../support/window-steps.ts';

test('the answer to a deletion is lost: one request, no claim, and the list is read again', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  await sandbox.control.addFault({ endpoint: 'instances.delete', kind: 'drop-after' });
  await openSystem(window, 'ns2');
  await askDeletion(window, 'ns2', /^Now/);
  await expect(window.getByText('It is not known whether the deletion of ns2 took effect.')).toBeVisible({
    timeout: 20_000,
  });
  await expect(window.getByText('This instance is not in this account')).toBeVisible({ timeout: 40_000 });
  expect(await askedCount(sandbox, 'instances.delete')).toBe(1);
});

test('the app quits while a deletion is held: nothing is sent, and the next start says so', async ({
  launchSignedIn,
  sandbox,
}) => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-user-data-'));
  const first = await launchSignedIn({ userDataDir });
  await openSystem(first.window, 'ns2');
  await askDeletion(first.window, 'ns2', /^Now/);
  await expect(first.window.getByText('ns2 is going to be deleted.')).toBeVisible();
  await first.close();

  const second = await launchSignedIn({ userDataDir });
  const { window } = second;
  await expect(window.getByText('The deletion of ns2 was not sent.')).toBeVisible();
  await window.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(window.getByText('The deletion of ns2 was not sent.')).toHaveCount(0);
  await expect(instanceRow(window, 'ns2')).toBeVisible();
  expect(await askedCount(sandbox, 'instances.delete')).toBe(0);
  await second.close();
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
});
