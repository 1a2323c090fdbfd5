import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import {
  askedCount,
  enterToken,
  expect,
  freshness,
  instanceRow,
  refresh,
  test,
} from '../support/signed-in.ts';
import { storedSecrets } from '../support/stored-secrets.ts';
import { createToken } from '../support/token-page.ts';
import { addWriteToken, chooseForAccount, chooseForInstance } from '../support/window-steps.ts';

test.skip(process.platform !== 'linux', 'a keyring of its own is made on Linux only');

/** Closes a message, so that it no longer covers what is below. */
const closeToast = (window: Page, text: string): Promise<void> =>
  window.getByRole('listitem').filter({ hasText: text }).getByRole('button', { name: 'Close' }).click();

async function restart(window: Page, name: string): Promise<void> {
  await chooseForInstance(window, name, /^Restart/);
  await window.getByRole('button', { name: `Restart ${name}` }).click();
}

test('a read token polls, and the write token is fetched from the keychain for an action', async ({
  launch,
  sandbox,
  session,
}) => {
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  const writing = await createToken(sandbox, ['instances:read', 'instances:write']);
  await enterToken(window, sandbox.tokens.readOnly);
  await expect(instanceRow(window, 'api-prod-2')).toBeVisible();

  await restart(window, 'api-prod-2');
  await expect(window.getByText('The token lacks the ability instances:write.')).toBeVisible();
  await closeToast(window, 'lacks the ability');
  await instanceRow(window, 'api-prod-2').click({ button: 'right' });
  await expect(window.getByRole('menuitem', { name: /^Restart/ })).toHaveAttribute('aria-disabled', 'true');
  await window.keyboard.press('Escape');

  await window.getByRole('link', { name: 'Settings' }).click();
  await window.getByRole('button', { name: /^Add a write token/ }).click();
  const dialog = window.getByRole('alertdialog', { name: /^Add a write token/ });
  await dialog.getByLabel('Token', { exact: true }).fill(sandbox.tokens.readOnly);
  await dialog.getByRole('button', { name: 'Add write token' }).click();
  await expect(dialog.getByText('This is the token that the account uses already.')).toBeVisible();
  await expectAccessible(window, 'add a write token');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await addWriteToken(window, writing);
  expect([...(await storedSecrets(session))].sort()).toEqual([sandbox.tokens.readOnly, writing].sort());

  // What the other token lacked is no longer held against this one.
  await window.getByRole('link', { name: 'Instances' }).click();
  const before = await askedCount(sandbox, 'instances.power');
  await restart(window, 'api-prod-2');
  await expect(instanceRow(window, 'api-prod-2')).toContainText('Restarting');
  await expect.poll(() => askedCount(sandbox, 'instances.power')).toBe(before + 1);

  await session.keyring?.lock();
  await restart(window, 'api-prod-1');
  await expect(
    window.getByText('The write token is locked in the keychain, so nothing was sent.'),
  ).toBeVisible({
    timeout: 20_000,
  });
  await closeToast(window, 'nothing was sent');
  expect(await askedCount(sandbox, 'instances.power')).toBe(before + 1);
  await refresh(window);
  await expect(freshness(window)).toHaveText('Live');

  await session.keyring?.unlock();
  await restart(window, 'api-prod-1');
  await expect.poll(() => askedCount(sandbox, 'instances.power')).toBe(before + 2);

  await window.getByRole('link', { name: 'Settings' }).click();
  await window.getByRole('button', { name: /^Remove the write token/ }).click();
  await window.getByRole('button', { name: 'Remove write token' }).click();
  await expect(window.getByRole('button', { name: /^Add a write token/ })).toBeVisible();
  expect(await storedSecrets(session)).toEqual([sandbox.tokens.readOnly]);

  await addWriteToken(window, writing);
  await chooseForAccount(window, /^Sign out/);
  await expect(window.getByText('Both tokens are removed from the keychain')).toBeVisible();
  await window.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(window.getByRole('heading', { name: 'Sign in to Evorxa' })).toBeVisible();
  await expect(async () => expect(await storedSecrets(session)).toEqual([])).toPass();
});
