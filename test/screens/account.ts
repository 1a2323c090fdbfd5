import { expect, type Page } from '@playwright/test';
import type { Camera } from '../support/camera.ts';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import { chooseForAccount, enterToken } from '../support/window-steps.ts';

/** A key of nobody: its private half was never kept. */
const someKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICnOcfLi7CJRScYoMI19yT6iSf8Wryf/ZWlLltcaYvI3 spare';

/** What belongs to the account: the wallet's parts, its keys and tokens. */
export async function takeAccount(window: Page, camera: Camera): Promise<void> {
  await takeWallet(window, camera);
  await takeKeys(window, camera);
  await takeKnownHosts(window, camera);
  await takeTokens(window, camera);
  await takeShieldTraffic(window, camera);
  await takeAutomaticRules(window, camera);
  await takeShieldRules(window, camera);
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

/** A ranking that is narrowed, the map, and the question about a source: of the demo, in which nothing is sent. */
async function takeShieldTraffic(window: Page, { take }: Camera): Promise<void> {
  await goTo(window, 'Shield');
  const sources = window.getByRole('region', { name: 'Top sources', exact: true });
  await sources.getByRole('button', { name: 'Filter top sources' }).click();
  await sources.getByRole('searchbox').fill('192.0.2');
  await sources.getByRole('button', { name: 'More for 192.0.2.19', exact: true }).click();
  await window.getByRole('menuitem', { name: /^Exclude/ }).click();
  await window.getByRole('region', { name: 'Map', exact: true }).scrollIntoViewIfNeeded();
  await take('shield-traffic');
  await sources.getByRole('button', { name: 'Block 192.0.2.88', exact: true }).click();
  await expect(window.getByRole('alertdialog')).toContainText('Matches 192.0.2.88 alone.');
  await take('shield-block');
  await window.keyboard.press('Escape');
  const alerts = window.getByRole('region', { name: 'Alerts', exact: true });
  await alerts.getByRole('button', { name: 'Add' }).click();
  await expect(window.getByRole('alertdialog', { name: 'Add alert' })).toBeVisible();
  await take('shield-alert');
  await window.keyboard.press('Escape');
}

/** What the app does to rules by itself, and the questions about it; what is sent is ended again. */
async function takeAutomaticRules(window: Page, { take }: Camera): Promise<void> {
  await goTo(window, 'Shield');
  const card = window.getByRole('region', { name: 'Automatic rules', exact: true });
  await card.getByRole('textbox', { name: 'Block a source for a time' }).fill('198.51.100.128/25');
  await card.getByRole('button', { name: 'Block', exact: true }).click();
  const block = window.getByRole('alertdialog', { name: 'Block 198.51.100.128/25?' });
  await expect(block).toContainText('Ends while this app runs.');
  await take('shield-block-for');
  await block.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(card.getByRole('listitem')).toHaveCount(1);
  await card.getByRole('button', { name: 'Follow my address' }).click();
  const follow = window.getByRole('alertdialog', { name: /^Follow your address/ });
  await follow.getByRole('textbox', { name: 'Your address' }).fill('198.51.100.7');
  await take('shield-follow');
  await follow.getByRole('button', { name: 'Add the rule' }).click();
  await expect(card.getByRole('listitem')).toHaveCount(2);
  await card.scrollIntoViewIfNeeded();
  await take('shield-automatic');
  await card.getByRole('button', { name: 'Stop following' }).click();
  const stop = window.getByRole('alertdialog', { name: /^Stop following/ });
  const remove = stop.getByRole('radio', { name: /^Remove the rule/ });
  await expect(remove).toBeEnabled();
  await remove.check();
  await take('shield-stop-following');
  await stop.getByRole('button', { name: 'Stop following' }).click();
  await card.getByRole('button', { name: /^End the block/ }).click();
  await expect(card.getByRole('listitem')).toHaveCount(0);
}

/** The form of a rule, what is staged, and its review: of the demo, in which nothing is sent. */
async function takeShieldRules(window: Page, { take }: Camera): Promise<void> {
  await goTo(window, 'Shield');
  await window.getByRole('button', { name: 'Add rule' }).click();
  const row = window.getByRole('table', { name: 'Rules' }).getByRole('row').last();
  await row.getByRole('textbox', { name: 'Source' }).fill('198.51.100.9/24');
  await row.getByRole('textbox', { name: 'Port' }).fill('8080');
  await expect(row).toContainText('this matches 198.51.100.0/24');
  await take('shield-rule');
  await row.getByRole('button', { name: 'Stage rule' }).click();
  await window
    .getByRole('button', { name: /^Delete rule/ })
    .first()
    .click();
  await window.getByRole('button', { name: 'Review changes' }).scrollIntoViewIfNeeded();
  await take('shield-staged');
  await window.getByRole('button', { name: 'Review changes' }).click();
  await expect(window.getByRole('list', { name: 'Steps' })).toBeVisible();
  await take('shield-review');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Discard all' }).click();
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

async function goTo(window: Page, place: string): Promise<void> {
  await window.getByRole('link', { name: new RegExp(`^${place}`) }).click();
  await expect(window.getByRole('heading', { name: place, level: 1, exact: true })).toBeVisible();
}
