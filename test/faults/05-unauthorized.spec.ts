import { startSandboxProcess } from '../support/sandbox-runner.ts';
import { expect, freshness, instanceRow, refresh, enterToken, test } from '../support/signed-in.ts';

test('401 in mid-session: that account asks for nothing more, and another goes on', async ({
  launchSignedIn,
  sandbox,
}) => {
  const other = await startSandboxProcess({ sshHosts: false, instances: 3, seed: 7 });
  try {
    const { window: page } = await launchSignedIn();
    await page.getByRole('button', { name: /^Account / }).click();
    await page.getByRole('menuitem', { name: 'Add account' }).click();
    await enterToken(page, other.tokens.full, other.apiUrl);
    await expect(freshness(page)).toHaveText('Live');
    const account = (url: string): RegExp => new RegExp(new URL(url).host.replaceAll('.', '\\.'));
    await page.getByRole('button', { name: /^Account / }).click();
    await page.getByRole('menuitem', { name: account(sandbox.apiUrl) }).click();
    await expect(instanceRow(page, 'api-prod-1')).toBeVisible();
    await sandbox.control.addFault({
      endpoint: '*',
      kind: 'status',
      status: 401,
      message: 'Unauthenticated.',
    });

    await refresh(page);

    await expect(page.getByRole('alert')).toContainText('The token was refused.');
    await expect(freshness(page)).toHaveText('Signed out');
    await expect(instanceRow(page, 'api-prod-1')).toBeVisible();

    // What makes a healthy account poll at once leaves this one silent: coming back into view.
    await sandbox.control.clearLog();
    await other.control.clearLog();
    await page.getByRole('button', { name: /^Account / }).click();
    await page.getByRole('menuitem', { name: account(other.apiUrl) }).click();
    await expect(freshness(page)).toHaveText('Live');
    await refresh(page);
    expect((await other.control.log()).some(({ endpoint }) => endpoint === 'instances.list')).toBe(true);
    expect(await sandbox.control.log()).toEqual([]);
  } finally {
    await other.close();
  }
});

test('a new token for the account that was refused brings it back', async ({ launchSignedIn, sandbox }) => {
  const { window: page } = await launchSignedIn();
  await sandbox.control.addFault({ endpoint: '*', kind: 'status', status: 401 });
  await refresh(page);
  await sandbox.control.clearFaults();

  await page.getByRole('button', { name: 'Paste a new token' }).click();
  await enterToken(page, sandbox.tokens.readOnly);

  await expect(freshness(page)).toHaveText('Live');
  await expect(page.getByText('The token was refused.')).toBeHidden();
});
