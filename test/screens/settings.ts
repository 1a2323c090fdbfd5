import { expect, type Page } from '@playwright/test';
import type { Camera } from '../support/camera.ts';
import { openInstance } from '../support/window-steps.ts';
import { goTo } from './pages.ts';

/** What is told when, the keys of the command palette, and what a person notes of an instance. */
export async function takeSettings(window: Page, { take }: Camera): Promise<void> {
  await goTo(window, 'Settings');
  await window.getByRole('button', { name: 'Turn on' }).click();
  await expect(window.getByRole('menu')).toBeVisible();
  await take('settings-do-not-disturb');
  await window.keyboard.press('Escape');
  const hours = window.getByRole('switch', { name: 'Quiet hours' });
  await hours.click();
  await expect(window.getByLabel('Monday')).toBeVisible();
  await window.getByLabel('Monday').scrollIntoViewIfNeeded();
  await take('settings-quiet-hours');
  await hours.click();

  const record = window.getByRole('button', { name: 'Record keys' });
  await record.click();
  await expect(window.getByText('Press the keys, or Esc to cancel.')).toBeVisible();
  await take('settings-palette-shortcut');
  await window.keyboard.press('Escape');

  await window.getByRole('link', { name: /^Instances/ }).click();
  await openInstance(window, 'api-prod-1');
  const note = window.getByRole('textbox', { name: 'Note', exact: true });
  await note.scrollIntoViewIfNeeded();
  await note.fill('Behind the load balancer. Restart one at a time.');
  await note.blur();
  await take('instance-notes');
}
