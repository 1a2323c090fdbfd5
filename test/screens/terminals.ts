import type { Page } from '@playwright/test';
import type { Camera } from '../support/camera.ts';
import { connectShell } from '../support/window-steps.ts';

/** What is done with several terminals at once. Leaves them closed. */
export async function takeTerminals(window: Page, { take }: Camera): Promise<void> {
  await connectShell(window, 'api-prod-1');
  await window.keyboard.press('Control+Shift+e');
  await connectShell(window, 'db-primary');
  await takeBroadcast(window, take);
  await takeSnippets(window, take);
}

async function takeBroadcast(window: Page, take: Camera['take']): Promise<void> {
  await window
    .getByRole('tab', { name: /^api-prod-1/ })
    .last()
    .click();
  await window.keyboard.press('Control+Shift+b');
  const dialog = window.getByRole('alertdialog', { name: 'Type into several terminals' });
  await dialog.getByRole('checkbox', { name: /^All/ }).check();
  await take('broadcast');
  await dialog.getByRole('button', { name: /^Broadcast to/ }).click();
  await window.keyboard.type('uptime\n');
  await take('terminal-broadcast');
  await window.getByRole('button', { name: 'Stop', exact: true }).first().click();
}

async function takeSnippets(window: Page, take: Camera['take']): Promise<void> {
  await window.getByRole('link', { name: 'Settings' }).click();
  const card = window.getByRole('region', { name: 'Snippets' });
  for (const [name, text] of [
    ['Follow a service', 'journalctl -u {{service}} -n 100 -f'],
    ['Reach it from here', 'ping -c 3 {{ip}} # {{name}}'],
  ] as const) {
    await card.getByRole('button', { name: 'New snippet' }).click();
    const form = window.getByRole('alertdialog', { name: 'New snippet' });
    await form.getByLabel('Name').fill(name);
    await form.getByLabel('Text').fill(text);
    if (name.startsWith('Follow')) await take('snippet-new');
    await form.getByRole('button', { name: 'Save snippet' }).click();
  }
  await card.scrollIntoViewIfNeeded();
  await take('settings-snippets');
  await window
    .getByRole('tab', { name: /^api-prod-1/ })
    .last()
    .click();
  await window.keyboard.press('Control+Shift+s');
  const dialog = window.getByRole('alertdialog', { name: 'Run a snippet' });
  await dialog.getByLabel('Snippet', { exact: true }).click();
  await window.getByRole('option', { name: 'Follow a service' }).click();
  await dialog.getByLabel('service').fill('nginx; reboot');
  await dialog.getByRole('checkbox', { name: /^All/ }).check();
  await take('snippet-run');
  await window.keyboard.press('Escape');
}
