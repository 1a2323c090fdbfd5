import type { Page } from '@playwright/test';
import type { Camera } from '../support/camera.ts';
import { connectShell } from '../support/window-steps.ts';

/** What is done with several terminals at once. Leaves them closed. */
export async function takeTerminals(window: Page, { take }: Camera): Promise<void> {
  await connectShell(window, 'api-prod-1');
  await window.keyboard.press('Control+Shift+e');
  await connectShell(window, 'db-primary');
  await takeBroadcast(window, take);
}

async function takeBroadcast(window: Page, take: Camera['take']): Promise<void> {
  await window.getByRole('tab', { name: /^api-prod-1/ }).click();
  await window.keyboard.press('Control+Shift+b');
  const dialog = window.getByRole('alertdialog', { name: 'Type into several terminals' });
  await dialog.getByRole('checkbox', { name: /^All/ }).check();
  await take('broadcast');
  await dialog.getByRole('button', { name: /^Broadcast to/ }).click();
  await window.keyboard.type('uptime\n');
  await take('terminal-broadcast');
  await window.getByRole('button', { name: 'Stop', exact: true }).first().click();
}
