import { expect, type Locator, type Page } from '@playwright/test';
import type { Camera } from '../support/camera.ts';
import { askDeletion, openInstance, openSystem } from '../support/window-steps.ts';

/** A server's plan and system with all that it asks, the request that is held, and one that is suspended. */
export async function takeInstance(window: Page, { take }: Camera): Promise<void> {
  const name = 'api-prod-1';
  await takeOverview(window, name, take);
  await openSystem(window, name);
  await take('instance-system');

  const upgrade = await ask(window, 'Upgrade', `Upgrade ${name}?`);
  await upgrade.getByLabel('New plan').click();
  await window.getByRole('option', { name: /^Scout 4/ }).click();
  await expect(upgrade).toContainText('Pay now');
  await take('upgrade');
  await window.keyboard.press('Escape');

  const reinstall = await ask(window, 'Reinstall OS', `Reinstall ${name}?`);
  await reinstall.getByLabel('System').click();
  await window.getByRole('option', { name: 'Debian 12' }).click();
  await take('reinstall');
  await window.keyboard.press('Escape');

  await ask(window, 'Delete instance', `Delete ${name}?`);
  await take('delete');
  await window.keyboard.press('Escape');

  await ask(window, 'Reset root password', `Reset the root password of ${name}?`);
  await take('reset-password');
  await window.getByRole('alertdialog').getByRole('button', { name: 'Reset root password' }).click();
  const shown = window.getByRole('region', { name: 'New password' });
  await shown.scrollIntoViewIfNeeded();
  await take('new-password');
  await shown.getByRole('button', { name: 'Clear' }).click();

  await openSystem(window, 'ns1');
  await askDeletion(window, 'ns1', /^At the end/);
  await take('pending');
  await window.getByRole('button', { name: 'Undo' }).click();
  // Else its toast lies over the next pictures.
  await window.getByRole('button', { name: 'Close', exact: true }).click();

  await openSystem(window, 'billing-old');
  await take('instance-suspended');
  await ask(window, 'Reactivate instance', 'Reactivate billing-old?');
  await take('reactivate');
  await window.keyboard.press('Escape');
}

/** What the overview asks: how it is reached, when it is too busy, what is done with its power. */
async function takeOverview(window: Page, name: string, take: Camera['take']): Promise<void> {
  await window
    .getByRole('link', { name: /^Instances/ })
    .first()
    .click();
  await openInstance(window, name);
  await ask(window, 'Edit SSH settings', `SSH settings of ${name}`);
  await take('login');
  await window.keyboard.press('Escape');
  await ask(window, 'Set up one-click access', `Set up one-click access to ${name}`);
  await take('one-click-access');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Why can’t I connect?' }).first().click();
  const check = window.getByRole('alertdialog', { name: /^Why can’t I connect/ });
  await expect(check.getByRole('button', { name: 'Check again' })).toBeVisible({ timeout: 60_000 });
  await take('connection-check');
  await check.getByRole('button', { name: 'Done' }).click();
  await window.getByRole('region', { name: 'Alerts' }).getByRole('button', { name: 'Add' }).click();
  await expect(window.getByRole('alertdialog')).toBeVisible();
  await take('alert');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Power', exact: true }).click();
  await window.getByRole('menuitem', { name: 'Restart' }).click();
  await expect(window.getByRole('alertdialog', { name: `Restart ${name}?` })).toBeVisible();
  await take('power');
  await window.keyboard.press('Escape');
}

/** Presses a button of the page, and gives the dialog that asks. */
async function ask(window: Page, button: string, title: string): Promise<Locator> {
  await window.getByRole('button', { name: button, exact: true }).click();
  const dialog = window.getByRole('alertdialog', { name: title });
  await expect(dialog).toBeVisible();
  return dialog;
}
