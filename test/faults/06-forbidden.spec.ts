import { expect, freshness, instanceRow, refresh, test } from '../support/signed-in.ts';

test('403 on shield:read alone: the page names the ability, the rest works', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window: page } = await launchSignedIn();
  await sandbox.control.addFault({
    endpoint: 'shield.ips',
    kind: 'status',
    status: 403,
    message: 'Invalid ability provided.',
  });

  await page.getByRole('link', { name: 'Shield' }).click();

  await expect(page.getByText('No access to Shield')).toBeVisible();
  await expect(freshness(page)).toHaveText('Live');
  await page.getByRole('link', { name: 'Instances' }).click();
  await refresh(page);
  await expect(instanceRow(page, 'api-prod-1')).toBeVisible();
  await expect(freshness(page)).toHaveText('Live');
  await page.getByRole('link', { name: 'Wallet' }).click();
  await expect(page.getByRole('heading', { name: 'Wallet' })).toBeVisible();
});
