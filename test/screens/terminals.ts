import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { expect, type ElectronApplication, type Page } from '@playwright/test';
import type { Camera } from '../support/camera.ts';
import { connectShell } from '../support/window-steps.ts';

/** What is done with terminals, with one and with several at once. Leaves them open. */
export async function takeTerminals(
  { app, window }: { readonly app: ElectronApplication; readonly window: Page },
  { take }: Camera,
): Promise<void> {
  await connectShell(window, 'api-prod-1');
  await window.keyboard.press('Control+Shift+e');
  await connectShell(window, 'db-primary');
  await takeBroadcast(window, take);
  await takeSnippets(window, take);
  await takeLog(app, window, take);
}

/** Where a terminal is logged to, and the line that says so. */
async function takeLog(app: ElectronApplication, window: Page, take: Camera['take']): Promise<void> {
  await app.evaluate(
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    },
    join(tmpdir(), `evorxa-screens-${process.pid}.log`),
  );
  await window.keyboard.press('Control+Shift+Enter');
  await window.getByRole('menuitem', { name: 'Log to file…' }).press('Enter');
  const dialog = window.getByRole('alertdialog', { name: /to a file/ });
  await expect(dialog).toBeVisible();
  await take('terminal-log');
  await dialog.getByRole('button', { name: 'Choose file…' }).click();
  await expect(window.getByText(/^Logging text to/)).toBeVisible();
  await take('terminal-logged');
  await window.getByRole('button', { name: 'Stop the log' }).click();
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
