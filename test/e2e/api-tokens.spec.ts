import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { askedCount, expect, test } from '../support/signed-in.ts';
import { createToken } from '../support/token-page.ts';
import { enterToken, instanceRow } from '../support/window-steps.ts';

const openTokens = (window: Page): Promise<void> => window.getByRole('link', { name: 'API tokens' }).click();
const tokenRow = (window: Page, name: string): Locator =>
  window.getByRole('table', { name: 'API tokens' }).getByRole('row').filter({ hasText: name });

test('a token is made, shown once and revoked; the app’s own signs out', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { app, window } = await launchSignedIn();
  await openTokens(window);
  await expect(tokenRow(window, 'Desktop')).toContainText('this app');
  await expect(tokenRow(window, 'Desktop')).toContainText('full access');
  await expect(tokenRow(window, 'CI deployer')).toContainText('Never used');
  await expect(tokenRow(window, 'CI deployer')).toContainText('Instances read, write');
  await expectAccessible(window, 'API tokens');

  await window.getByRole('button', { name: 'Create token' }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Create an API token' });
  await expect(dialog.getByText('instances:read also opens the console.')).toBeVisible();
  await dialog.getByText('CI', { exact: true }).click();
  await expect(dialog.getByLabel('analytics:read')).toBeChecked();
  await expect(dialog.getByLabel('wallet:read')).not.toBeChecked();
  await dialog.getByLabel('instances:read').uncheck();
  await dialog.getByLabel('wallet:read').check();
  await expect(dialog.getByText('Custom.')).toBeVisible();
  await expect(dialog.getByText('instances:read also opens the console.')).toHaveCount(0);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('nightly');
  await expectAccessible(window, 'make a token');
  await dialog.getByRole('button', { name: 'Create token' }).click();

  const kept = window.getByRole('alertdialog', { name: 'Copy your new token nightly' });
  const secret = await kept.getByTestId('secret').innerText();
  const answer = await fetch(`${sandbox.apiUrl}/wallet/balance`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  expect(answer.status).toBe(200);
  const power = await fetch(`${sandbox.apiUrl}/instances`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  expect(power.status).toBe(403);
  await window.keyboard.press('Escape');
  await kept.getByRole('button', { name: 'Copy' }).click();
  await expect(kept.getByRole('status')).toContainText('cleared in a minute');
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(secret);
  await kept.getByRole('button', { name: 'Done' }).click();
  await expect(window.getByText(secret)).toHaveCount(0);
  await expect(tokenRow(window, 'nightly')).toContainText('Wallet read');
  expect(await askedCount(sandbox, 'tokens.create')).toBe(1);

  await window.getByRole('button', { name: 'Revoke nightly' }).click();
  await window.getByRole('alertdialog').getByRole('button', { name: 'Revoke nightly' }).click();
  await expect(tokenRow(window, 'nightly')).toHaveCount(0);

  await window.getByRole('button', { name: 'Revoke Desktop' }).click();
  const question = window.getByRole('alertdialog', { name: 'Revoke the token Desktop?' });
  await expect(question.getByRole('button', { name: 'Revoke Desktop' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  expect(await askedCount(sandbox, 'tokens.delete')).toBe(1);
  await question.getByLabel('Revoke it and sign out').check();
  await question.getByRole('button', { name: 'Revoke Desktop' }).click();
  await expect(window.getByRole('heading', { name: 'Sign in to Evorxa' })).toBeVisible();
});

test('a token with few abilities: its page says so, and what it lacks is learned and named', async ({
  launch,
  sandbox,
}) => {
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await enterToken(window, await createToken(sandbox, ['instances:read', 'agent:read']));
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
  await openTokens(window);
  await expect(window.getByRole('heading', { name: 'This token cannot list API tokens' })).toBeVisible();
  await expect(window.getByRole('button', { name: 'Create token' })).toHaveAttribute('aria-disabled', 'true');

  // Learned from the refusal of an action, everywhere at once.
  await window.getByRole('link', { name: 'SSH keys' }).click();
  await window.getByRole('button', { name: 'Delete deploy@ci' }).click();
  const question = window.getByRole('alertdialog', { name: 'Delete the key deploy@ci?' });
  await question.getByRole('button', { name: 'Delete deploy@ci' }).click();
  await expect(question).toContainText('The token lacks the ability instances:write.');
  await question.getByRole('button', { name: 'Cancel' }).click();
  const add = window.getByRole('button', { name: 'Add key' });
  await expect(add).toHaveAttribute('aria-disabled', 'true');
  await expect(add).toHaveAttribute('data-tooltip', 'The token lacks the ability instances:write');
  await window.getByRole('link', { name: 'Instances' }).click();
  await instanceRow(window, 'ns1').click({ button: 'right' });
  await expect(window.getByRole('menuitem', { name: /^Restart/ })).toHaveAttribute('aria-disabled', 'true');
  await expect(window.getByRole('menuitem', { name: /^Restart/ })).toContainText(
    'lacks the ability instances:write',
  );
});
