import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { messageBox, openAgent, sendToAgent } from '../support/agent-steps.ts';
import { askedCount, expect, test } from '../support/signed-in.ts';

const transcript = (window: Page): Locator => window.getByRole('region', { name: 'Transcript' });
const conversations = (window: Page): Locator => window.getByRole('navigation', { name: 'Conversations' });
const conversation = (window: Page, name: string): Locator =>
  conversations(window).getByRole('listitem').getByRole('button', { name });

const prompt = 'Why was CPU high at 14:02?';

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

test('a conversation is renamed here, found by its title and by its outputs, and exported as Markdown', async ({
  launchSignedIn,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'evorxa-agent-'));
  const userDataDir = join(folder, 'data');
  const filePath = join(folder, 'swap.md');
  const first = await launchSignedIn({ userDataDir });
  await openAgent(first.window, 'api-prod-1');
  await conversation(first.window, 'Set up a swap file').click();
  await expect(transcript(first.window).getByText('Set up a swap file')).toBeVisible();
  await chooseAction(first.window, 'Rename');
  const dialog = first.window.getByRole('alertdialog', { name: 'Rename the conversation' });
  await expect(dialog.getByRole('textbox', { name: 'Title' })).toHaveValue('Set up a swap file');
  await expect(dialog.getByText(/On this computer only/)).toBeVisible();
  await expectAccessible(first.window, 'rename a conversation');
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Swap of May');
  await dialog.getByRole('textbox', { name: 'Title' }).press('Enter');
  await expect(conversation(first.window, 'Swap of May')).toHaveAttribute('aria-current', 'true');
  await expect(first.window.getByRole('button', { name: 'Conversation actions' })).toBeFocused();

  await first.app.evaluate(({ dialog: shown }, path) => {
    shown.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path });
  }, filePath);
  await chooseAction(first.window, 'Export as Markdown');
  await expect(first.window.getByText('Saved as swap.md')).toBeVisible();
  const text = await readFile(filePath, 'utf8');
  expect(text).toMatch(/^# Swap of May\n\nConversation with the Evorxa agent on api-prod-1, exported 20/);
  expect(text).toContain('```sh\nfree -h\n```\n\n```text\n');
  await first.close();

  const { window } = await launchSignedIn({ userDataDir });
  await openAgent(window, 'api-prod-1');
  const search = window.getByRole('searchbox', { name: 'Search conversations' });
  await search.fill('may SWAP');
  await expect(conversations(window).getByRole('listitem')).toHaveCount(1);
  await conversation(window, 'Swap of May').click();
  await search.fill('nothing like it');
  await expect(conversations(window).getByText('No title has this.')).toBeVisible();
  await search.press('Escape');

  // Unfolded by hand: a search does not fold it.
  await transcript(window).locator('button[aria-expanded]').first().click();
  await chooseAction(window, 'Search this conversation');
  const inTranscript = window.getByRole('searchbox', { name: 'Search this conversation' });
  await expect(inTranscript).toBeFocused();
  await inTranscript.fill('MEM:');
  await expect(window.getByText('1 match')).toBeVisible();
  await expect(transcript(window).getByText('Mem: 3.8Gi')).toBeVisible();
  await inTranscript.fill('nowhere');
  await expect(window.getByText('Nothing found')).toBeVisible();
  await expectAccessible(window, 'search a transcript');
  await window.getByRole('button', { name: 'Close search' }).click();
  await expect(transcript(window).getByText('Set up a swap file')).toBeVisible();
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

test('a turn outlives the app: it is followed after a restart to its end, and not sent again', async ({
  launchSignedIn,
  sandbox,
}) => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-agent-'));
  const first = await launchSignedIn({ userDataDir });
  await openAgent(first.window, 'api-prod-2');
  await sandbox.control.hold(true);
  await sendToAgent(first.window, prompt);
  await expect(transcript(first.window).getByText(/^Working for/)).toBeVisible();
  const isAtWork = async (): Promise<boolean> =>
    (await sandbox.control.state()).instances.some(({ agentAtWork }) => agentAtWork);
  await expect.poll(isAtWork).toBe(true);
  await first.close();

  const { window } = await launchSignedIn({ userDataDir });
  await openAgent(window, 'api-prod-2');
  await expect(transcript(window).getByText(prompt)).toBeVisible();
  await expect(transcript(window).getByText(/followed by the transcript, and not sent again/)).toBeVisible();
  await messageBox(window).fill('And the disk?');
  await expect(window.getByText('The agent is working: one message at a time')).toBeVisible();
  await sandbox.control.advance(1_100);
  await expect(transcript(window).locator('button[aria-expanded]')).toHaveCount(1);
  await sandbox.control.hold(false);
  await expect(transcript(window).getByText(/^\s*Done in .* · cost \$0\.\d\d/)).toBeVisible({
    timeout: 90_000,
  });
  await expect(messageBox(window)).toHaveValue('And the disk?');
  expect(await askedCount(sandbox, 'agent.chat')).toBe(1);
  await window.getByRole('link', { name: 'Activity' }).click();
  await expect(window.getByText('The agent worked on api-prod-2')).toHaveCount(1);
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
});

test('a budget asks before the next message, and again only after as much again', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  await window.getByRole('link', { name: 'Settings' }).click();
  const budget = window.getByLabel('Budget for a conversation');
  await expect(budget).toHaveValue('5');
  await budget.fill('0.02');
  await budget.press('Enter');
  await expect(window.getByRole('region', { name: 'Agent' })).toContainText('Saved');
  await openAgent(window, 'api-prod-2');
  await sendToAgent(window, prompt);
  await expect(transcript(window).getByText(/Done in/)).toBeVisible({ timeout: 60_000 });
  await expect(conversations(window).getByRole('listitem').first()).toContainText(/· \$0\.\d\d/);
  await sendToAgent(window, 'And the disk?');
  const dialog = window.getByRole('alertdialog', { name: /^This conversation has cost \$0\.\d\d$/ });
  await expect(dialog).toContainText('1 turn from this computer cost');
  await expectAccessible(window, 'a budget');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(messageBox(window)).toHaveValue('And the disk?');
  expect(await askedCount(sandbox, 'agent.chat')).toBe(1);
  await messageBox(window).press('Enter');
  await dialog.getByRole('button', { name: 'Send anyway' }).click();
  await expect(messageBox(window)).toHaveValue('');
  await expect.poll(() => askedCount(sandbox, 'agent.chat')).toBe(2);
});

test('a turn says what it changed, and a new conversation suggests what fits the instance', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  await openAgent(window, 'api-prod-1');
  await conversation(window, 'Set up a swap file').click();
  await transcript(window).getByText('What changed: 3 commands, 2 files', { exact: true }).click();
  await expect(transcript(window).getByText('/etc/fstab', { exact: true }).last()).toBeVisible();
  await chooseAction(window, 'What changed');
  const dialog = window.getByRole('alertdialog', { name: 'What changed on api-prod-1' });
  await expect(dialog.getByText('/swapfile', { exact: true })).toBeVisible();
  await expectAccessible(window, 'what changed');
  await window.keyboard.press('Escape');
  await expect(window.getByRole('button', { name: 'Conversation actions' })).toBeFocused();

  await window.getByRole('button', { name: 'New conversation' }).first().click();
  await expect(messageBox(window)).toBeFocused();
  await window
    .getByRole('group', { name: 'Suggestions' })
    .getByRole('button', { name: 'Disk space' })
    .click();
  await expect(messageBox(window)).toHaveValue('What takes up the most disk space? Delete nothing.');
  await expect(messageBox(window)).toBeFocused();
  expect(await askedCount(sandbox, 'agent.chat')).toBe(0);
});
