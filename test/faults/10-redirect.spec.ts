import { startHeaderTrap } from '../support/fault-proxy.ts';
import { expect, instanceRow, refresh, test } from '../support/signed-in.ts';

for (const status of [301, 302, 307, 308]) {
  test(`a redirect (${status}) to another host is not followed, with the token or without`, async ({
    launchSignedIn,
    sandbox,
  }) => {
    const trap = await startHeaderTrap();
    try {
      const { window: page } = await launchSignedIn();
      await sandbox.control.addFault({
        endpoint: '*',
        kind: 'redirect',
        status,
        location: `${trap.url}/api/instances`,
      });

      await refresh(page);
      await refresh(page);
      const { instances } = await sandbox.control.state();
      await page.evaluate(
        (id) => window.evorxa.calls.instances.power({ instanceId: id as never, action: 'restart' }),
        instances.find(({ name }) => name === 'api-prod-1')?.id,
      );

      await expect(page.getByText('The server pointed to another address. That was refused.')).toBeVisible();
      await expect(instanceRow(page, 'api-prod-1')).toBeVisible();
      expect(trap.requests()).toEqual([]);
    } finally {
      await trap.close();
    }
  });
}

test('a redirect at sign-in: the token does not follow it', async ({ launch, sandbox }) => {
  const trap = await startHeaderTrap();
  try {
    await sandbox.control.addFault({ endpoint: 'me.get', kind: 'redirect', location: `${trap.url}/me` });
    const { window: page } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
    await page.getByLabel('Token', { exact: true }).fill(sandbox.tokens.full);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();

    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled();
    expect(trap.requests()).toEqual([]);
  } finally {
    await trap.close();
  }
});
