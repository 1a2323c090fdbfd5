import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { askedCount, expect, test } from '../support/signed-in.ts';

const transcript = (window: Page): Locator => window.getByRole('region', { name: 'Transcript' });
const conversations = (window: Page): Locator => window.getByRole('navigation', { name: 'Conversations' });
const conversation = (window: Page, name: string): Locator =>
  conversations(window).getByRole('listitem').getByRole('button', { name });

async function openAgent(window: Page, name: string): Promise<void> {
  await window.getByRole('link', { name: 'Agent' }).click();
  await window
    .getByRole('grid', { name: 'Instances for the agent' })
    .getByText(name, { exact: true })
    .click();
}

async function chooseAction(window: Page, name: string): Promise<void> {
  await window.getByRole('button', { name: 'Conversation actions' }).click();
  await window.getByRole('menuitem', { name }).click();
}

test('a conversation is deleted once, and another one is shown', async ({ launchSignedIn, sandbox }) => {
  const { window } = await launchSignedIn();
  await openAgent(window, 'api-prod-1');
  await conversation(window, 'Set up a swap file').click();
  await expect(transcript(window).getByText('Set up a swap file')).toBeVisible();
  await chooseAction(window, 'Delete conversation');
  const dialog = window.getByRole('alertdialog', { name: 'Delete this conversation?' });
  await expect(dialog).toContainText('Set up a swap file');
  await expect(dialog).toContainText('What the agent did on api-prod-1 stays as it is');
  await expectAccessible(window, 'delete a conversation');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(window.getByRole('button', { name: 'Conversation actions' })).toBeFocused();
  expect(await askedCount(sandbox, 'agent.deleteConversation')).toBe(0);

  await chooseAction(window, 'Delete conversation');
  await dialog.getByRole('button', { name: 'Delete conversation' }).click();
  await expect(conversation(window, 'Set up a swap file')).toHaveCount(0);
  await expect(transcript(window).getByText('Rotate nginx logs')).toBeVisible();
  expect(await askedCount(sandbox, 'agent.deleteConversation')).toBe(1);
  await window.getByRole('link', { name: 'Activity' }).click();
  await expect(window.getByText('You deleted a conversation with the agent on api-prod-1')).toBeVisible();
});

test('a deletion whose answer is lost is looked up, and not sent again', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  await openAgent(window, 'api-prod-1');
  await conversation(window, 'Set up a swap file').click();
  await expect(transcript(window).getByText('Set up a swap file')).toBeVisible();
  await sandbox.control.addFault({ endpoint: 'agent.deleteConversation', kind: 'drop-after', times: 1 });
  await chooseAction(window, 'Delete conversation');
  await window
    .getByRole('alertdialog', { name: 'Delete this conversation?' })
    .getByRole('button', { name: 'Delete conversation' })
    .click();
  await expect(conversation(window, 'Set up a swap file')).toHaveCount(0);
  expect(await askedCount(sandbox, 'agent.deleteConversation')).toBe(1);
});
