import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { openAgent } from '../support/agent-steps.ts';
import { askedCount, expect, test } from '../support/signed-in.ts';
import { enterToken } from '../support/window-steps.ts';

const status = (window: Page): Locator =>
  window.getByRole('navigation', { name: 'Conversations' }).getByRole('button', { name: /^Telegram/ });

async function openDialog(window: Page, name: string): Promise<Locator> {
  await status(window).click();
  const dialog = window.getByRole('alertdialog', { name: `Telegram for ${name}` });
  await expect(dialog).toBeVisible();
  return dialog;
}

test('a group is linked by its negative id, once, after what that means was said', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  await openAgent(window, 'api-prod-1');
  await expect(status(window)).toContainText('Not linked');
  const dialog = await openDialog(window, 'api-prod-1');
  await expect(dialog.getByText('A linked chat controls api-prod-1.')).toBeVisible();
  await expect(dialog.getByText(/The link cannot be removed here/)).toBeVisible();
  await expect(dialog.getByText(/^Send \/start to Evorxa's bot/)).toBeVisible();
  const id = dialog.getByRole('textbox', { name: 'Chat id' });
  await expect(id).toBeFocused();
  const link = dialog.getByRole('button', { name: 'Link chat' });
  await id.fill('@evorxa');
  await expect(dialog.getByRole('alert')).toContainText('a user name or a link does not work');
  await expect(link).toHaveAttribute('aria-disabled', 'true');
  await id.fill('−100 1234567890');
  await expect(dialog.getByText(/everyone who can write in it/)).toBeVisible();
  await expectAccessible(window, 'link a Telegram chat');
  await link.click();
  await expect(dialog).toHaveCount(0);
  await expect(status(window)).toContainText('Linked to chat -1001234567890');
  await expect(status(window)).toBeFocused();
  expect(await askedCount(sandbox, 'agent.linkTelegram')).toBe(1);

  const again = await openDialog(window, 'api-prod-1');
  await again.getByRole('textbox', { name: 'Chat id' }).fill('-1001234567890');
  await expect(again.getByRole('button', { name: 'Link chat' })).toHaveAttribute(
    'data-tooltip',
    'This chat is linked already',
  );
  await window.keyboard.press('Escape');
  await window.getByRole('link', { name: 'Activity' }).click();
  await expect(window.getByText('You linked a Telegram chat to the agent on api-prod-1')).toBeVisible();
});

test('a link whose answer is lost is looked up, and not sent again', async ({ launchSignedIn, sandbox }) => {
  const { window } = await launchSignedIn();
  await openAgent(window, 'api-prod-2');
  await sandbox.control.addFault({ endpoint: 'agent.linkTelegram', kind: 'drop-after', times: 1 });
  const dialog = await openDialog(window, 'api-prod-2');
  await dialog.getByRole('textbox', { name: 'Chat id' }).fill('42');
  await dialog.getByRole('button', { name: 'Link chat' }).click();
  await expect(status(window)).toContainText('Linked to chat 42');
  expect(await askedCount(sandbox, 'agent.linkTelegram')).toBe(1);
});

test('a link that did not arrive says that it is not known, and is not sent again', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  await openAgent(window, 'api-prod-2');
  await sandbox.control.addFault({ endpoint: 'agent.linkTelegram', kind: 'drop-before', times: 1 });
  const dialog = await openDialog(window, 'api-prod-2');
  await dialog.getByRole('textbox', { name: 'Chat id' }).fill('42');
  await dialog.getByRole('button', { name: 'Link chat' }).click();
  await expect(dialog.getByText(/it is not known whether this took effect/)).toBeVisible();
  await expect(dialog.getByRole('status').first()).toContainText('Not linked');
  expect(await askedCount(sandbox, 'agent.linkTelegram')).toBe(1);
});

test('a status that cannot be read is never called "not linked"', async ({ launchSignedIn, sandbox }) => {
  const { window } = await launchSignedIn();
  await sandbox.control.addFault({ endpoint: 'agent.telegram', kind: 'status', status: 500 });
  await openAgent(window, 'api-prod-1');
  await expect(status(window)).toContainText('Status unknown');
  const dialog = await openDialog(window, 'api-prod-1');
  await sandbox.control.clearFaults();
  await dialog.getByRole('button', { name: 'Retry' }).click();
  await expect(dialog.getByRole('status').first()).toContainText('Not linked');
});

test('a token that may not write says so, and sends nothing more', async ({ launch, sandbox }) => {
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await enterToken(window, sandbox.tokens.readOnly);
  await openAgent(window, 'api-prod-1');
  const dialog = await openDialog(window, 'api-prod-1');
  await dialog.getByRole('textbox', { name: 'Chat id' }).fill('42');
  await dialog.getByRole('button', { name: 'Link chat' }).click();
  await expect(dialog.getByText(/lacks the ability agent:write/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Link chat' })).toHaveAttribute('aria-disabled', 'true');
});
