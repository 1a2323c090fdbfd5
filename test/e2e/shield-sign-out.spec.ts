import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import type { LaunchedApp } from '../support/launch.ts';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import { changes, openRules, reachNowhere, review, rules } from '../support/shield-steps.ts';
import { askedCount, expect, test } from '../support/signed-in.ts';
import { chooseForAccount } from '../support/window-steps.ts';

/** Deletes the rule by which SSH comes in, and has that wait to be confirmed. */
async function cutSsh({ window }: LaunchedApp, sandbox: RunningSandbox): Promise<void> {
  await reachNowhere(window, sandbox);
  await openRules(window);
  await rules(window).nth(1).getByRole('button', { name: 'Delete' }).click();
  const dialog = await review(window, '198.51.100.7');
  await dialog.getByLabel('Apply anyway').check();
  await dialog.getByRole('button', { name: 'Apply changes' }).click();
  await expect(changes(window).getByRole('timer', { name: 'Time left to confirm' })).toBeVisible();
}

async function askSignOut(window: Page): Promise<Locator> {
  await chooseForAccount(window, /^Sign out/);
  const dialog = window.getByRole('alertdialog');
  await expect(dialog).toContainText(
    'The firewall change of 203.0.113.42 waits to be confirmed. It is taken back first.',
  );
  return dialog;
}

test('a change that waits to be confirmed is taken back before the account is signed out', async ({
  launchSignedIn,
  sandbox,
}) => {
  const launched = await launchSignedIn();
  const { window } = launched;
  await cutSsh(launched, sandbox);
  const dialog = await askSignOut(window);
  await expectAccessible(window, 'sign-out with a change that waits');
  await dialog.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(window.getByRole('heading', { name: 'Sign in to Evorxa' })).toBeVisible();
  expect(await askedCount(sandbox, 'shield.deleteRule')).toBe(1);
  expect(await askedCount(sandbox, 'shield.createRule')).toBe(1);
});

test('one that cannot be taken back is named, and stays only where the user says so', async ({
  launchSignedIn,
  sandbox,
}) => {
  const launched = await launchSignedIn();
  const { window } = launched;
  await cutSsh(launched, sandbox);
  await sandbox.control.addFault({ endpoint: 'shield.createRule', kind: 'status', status: 403 });
  const dialog = await askSignOut(window);
  await dialog.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(dialog).toContainText(
    'The firewall change of 203.0.113.42 could not be taken back. You are still signed in.',
  );
  await expect(dialog).toContainText(
    'If you sign out anyway, the firewall change of 203.0.113.42 stays in effect, and nothing takes it back.',
  );
  await expectAccessible(window, 'sign-out that leaves a change');
  expect(await askedCount(sandbox, 'shield.createRule')).toBe(1);
  await dialog.getByRole('button', { name: 'Sign out anyway' }).click();
  await expect(window.getByRole('heading', { name: 'Sign in to Evorxa' })).toBeVisible();
  expect(await askedCount(sandbox, 'shield.createRule')).toBe(1);
});
