import { expect, type Page } from '@playwright/test';
import type { Camera } from '../support/camera.ts';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import { chooseForAccount, enterToken } from '../support/window-steps.ts';
import { goTo } from './pages.ts';

/** A key of nobody: its private half was never kept. */
const someKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICnOcfLi7CJRScYoMI19yT6iSf8Wryf/ZWlLltcaYvI3 spare';

/** What belongs to the account: the wallet's parts, its keys and tokens. */
export async function takeAccount(window: Page, camera: Camera): Promise<void> {
  await takeWallet(window, camera);
  await takePorts(window, camera);
  await takeKeys(window, camera);
  await takeKnownHosts(window, camera);
  await takeTokens(window, camera);
  await goTo(window, 'Activity');
  await camera.take('activity');
  await chooseForAccount(window, /^Close the demo/);
  await expect(window.getByRole('alertdialog')).toBeVisible();
  await camera.take('sign-out');
  await window.keyboard.press('Escape');
}

/** The questions about a second token, which an account that was signed in to by token can have: not the demo's. */
export async function takeWriteToken(
  window: Page,
  { take }: Camera,
  { readOnly, full }: RunningSandbox['tokens'],
): Promise<void> {
  await chooseForAccount(window, /^Add/);
  await enterToken(window, readOnly);
  await expect(window.getByRole('button', { name: /^Account / })).not.toContainText('Demo');
  await goTo(window, 'Settings');
  await window.getByRole('button', { name: /^Add a write token/ }).click();
  await expect(window.getByRole('alertdialog')).toBeVisible();
  await take('write-token');
  await window.getByRole('alertdialog').getByLabel('Token', { exact: true }).fill(full);
  await window.getByRole('button', { name: 'Add write token' }).click();
  await window.getByRole('button', { name: /^Remove the write token/ }).click();
  await expect(window.getByRole('alertdialog', { name: /^Remove the write token/ })).toBeVisible();
  await take('write-token-remove');
  await window.keyboard.press('Escape');
}

async function takeWallet(window: Page, { take }: Camera): Promise<void> {
  await goTo(window, 'Wallet');
  await window.getByRole('tab', { name: 'Renewals' }).click();
  await expect(window.getByRole('grid', { name: 'Renewals' })).toBeVisible();
  await take('wallet-renewals');
  await window.getByRole('tab', { name: 'Costs' }).click();
  await expect(window.getByRole('table', { name: 'Cost by project' })).toBeVisible();
  await take('wallet-costs');
}

/** The form of a port forward, the question of its connection, and one that is on beside one whose port is taken. */
async function takePorts(window: Page, { take }: Camera): Promise<void> {
  await goTo(window, 'Ports');
  await take('ports-empty');
  const add = async (name: string, port: string): Promise<void> => {
    await window.getByRole('button', { name: 'Forward a port' }).first().click();
    const form = window.getByRole('alertdialog', { name: 'Forward a port' });
    // The password of the first one was reset for a picture, and is asked for.
    await form.getByLabel('Instance').click();
    await window.getByRole('option', { name: /db-primary/ }).click();
    await form.getByLabel('Destination port').fill('5432');
    await form.getByLabel('Port on this computer').fill(port);
    await form.getByLabel('Name').fill(name);
    if (name === 'Database') await take('port-forward');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await window.getByRole('switch', { name: `Port forward ${name}` }).click();
  };
  await add('Database', '15432');
  const row = window.getByRole('row').filter({ hasText: 'Database' });
  const trust = window.getByRole('button', { name: 'Trust and connect' });
  await expect(trust.or(row.getByText('On', { exact: true })).first()).toBeVisible();
  if (await trust.isVisible()) {
    await take('port-forward-question');
    await trust.click();
  }
  await expect(row.getByText('On', { exact: true })).toBeVisible();
  await add('Replica', '0');
  await window.getByRole('button', { name: 'Edit Replica' }).click();
  const form = window.getByRole('alertdialog', { name: 'Edit port forward' });
  await form.getByLabel('Port on this computer').fill('15432');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toContainText('“Database” has port 15432 already.');
  await take('port-forward-taken');
  await window.keyboard.press('Escape');
  await take('ports');
  await window.getByRole('button', { name: 'Delete Replica' }).click();
  await expect(window.getByRole('alertdialog', { name: 'Delete Replica?' })).toBeVisible();
  await take('port-forward-delete');
  await window.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await window.getByRole('button', { name: 'Delete Database' }).click();
  await window.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(window.getByText('No port forwards yet')).toBeVisible();
}

async function takeKeys(window: Page, { take }: Camera): Promise<void> {
  await goTo(window, 'SSH keys');
  // The column is filled once this computer's own keys are read.
  await expect(window.getByRole('table', { name: 'SSH keys' })).toContainText('not on this computer');
  await take('ssh-keys');
  await window
    .getByRole('button', { name: /^Delete / })
    .first()
    .click();
  await expect(window.getByRole('alertdialog')).toBeVisible();
  await take('ssh-key-delete');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Add key' }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Add an SSH key' });
  await dialog.getByLabel('Public key').fill(someKey);
  await expect(dialog.getByText(/SHA256:/)).toBeVisible();
  await take('ssh-key-paste');
  await dialog.getByText('Generate', { exact: true }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('work laptop');
  await take('ssh-key-generate');
  await window.keyboard.press('Escape');
}

/** The host keys of the terminals that were opened for other pictures. */
async function takeKnownHosts(window: Page, { take }: Camera): Promise<void> {
  await goTo(window, 'Known hosts');
  const row = window.getByRole('grid', { name: 'Known hosts' }).getByRole('row').nth(1);
  await expect(row).toBeVisible();
  await take('known-hosts');
  await row.getByRole('button', { name: /^Compare/ }).click();
  await expect(window.getByRole('alertdialog')).toBeVisible();
  await take('known-host-compare');
  await window.keyboard.press('Escape');
  await row.getByRole('button', { name: /^Forget/ }).click();
  await expect(window.getByRole('alertdialog')).toBeVisible();
  await take('known-host-forget');
  await window.keyboard.press('Escape');
}

async function takeTokens(window: Page, { take }: Camera): Promise<void> {
  await goTo(window, 'API tokens');
  await expect(window.getByRole('table', { name: 'API tokens' })).toBeVisible();
  await take('api-tokens');
  await window.getByRole('button', { name: 'Create token' }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Create an API token' });
  await dialog.getByText('CI', { exact: true }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('nightly');
  await take('api-token-make');
  await dialog.getByRole('button', { name: 'Create token' }).click();
  const kept = window.getByRole('alertdialog', { name: 'Copy your new token nightly' });
  await expect(kept).toBeVisible();
  await take('api-token-secret');
  await kept.getByRole('button', { name: 'Done' }).click();
  await window.getByRole('button', { name: 'Revoke nightly' }).click();
  await expect(window.getByRole('alertdialog')).toBeVisible();
  await take('api-token-revoke');
  await window.keyboard.press('Escape');
}
