import { expect, type Page } from '@playwright/test';
import type { Camera } from '../support/camera.ts';

/** An instance's agent: a new conversation, and what is asked and shown of one that is there. */
export async function takeAgent(window: Page, { take }: Camera): Promise<void> {
  await window.getByRole('link', { name: 'Agent' }).click();
  const instances = window.getByRole('grid', { name: 'Instances for the agent' });
  const another = window.getByRole('button', { name: 'Choose another instance' });
  await expect(instances.or(another)).toBeVisible();
  // The page remembers the instance that it showed last.
  if (await another.isVisible()) await another.click();
  await instances.getByText('api-prod-1', { exact: true }).click();
  const conversations = window.getByRole('navigation', { name: 'Conversations' });
  await conversations.getByRole('button', { name: 'New conversation' }).click();
  await expect(window.getByRole('group', { name: 'Suggestions' }).getByRole('button').first()).toBeVisible();
  await take('agent-new');
  await window.getByRole('button', { name: 'Attach', exact: true }).click();
  await take('agent-attach-menu');
  await window.getByRole('menuitem', { name: /^Metrics/ }).click();
  await expect(window.getByRole('textbox', { name: 'Added to the message' })).toBeVisible();
  await take('agent-attach');
  await window.keyboard.press('Escape');
  await conversations.getByRole('button', { name: 'Set up a swap file' }).click();
  await expect(window.getByRole('region', { name: 'Transcript' })).toContainText('Set up a swap file');
  await takeEdit(window, take);
  for (const [action, picture] of [
    ['What changed', 'agent-changes'],
    ['Rename', 'agent-rename'],
    ['Delete conversation', 'agent-delete'],
  ] as const) {
    await window.getByRole('button', { name: 'Conversation actions' }).click();
    await window.getByRole('menuitem', { name: action }).click();
    await expect(window.getByRole('alertdialog')).toBeVisible();
    await take(picture);
    await window.keyboard.press('Escape');
  }
  await window.getByRole('button', { name: 'Conversation actions' }).click();
  await window.getByRole('menuitem', { name: 'Search this conversation' }).click();
  await window.getByRole('searchbox', { name: 'Search this conversation' }).fill('mem:');
  await expect(window.getByText('1 match')).toBeVisible();
  await take('agent-search');
  await window.getByRole('button', { name: 'Close search' }).click();
  await conversations.getByRole('button', { name: /^Telegram/ }).click();
  await window.getByRole('textbox', { name: 'Chat id' }).fill('-1001234567890');
  await take('agent-telegram');
  await window.keyboard.press('Escape');
}

/** A file that the agent changed, as a diff. */
async function takeEdit(window: Page, take: Camera['take']): Promise<void> {
  const conversations = window.getByRole('navigation', { name: 'Conversations' });
  await conversations.getByRole('button', { name: 'Rotate nginx logs' }).click();
  await window.getByRole('button', { name: /^file_edit \/etc\/logrotate/ }).click();
  await expect(window.getByText('The file was changed.')).toBeVisible();
  await take('agent-edit');
  await conversations.getByRole('button', { name: 'Set up a swap file' }).click();
  await expect(window.getByRole('region', { name: 'Transcript' })).toContainText('Set up a swap file');
}
