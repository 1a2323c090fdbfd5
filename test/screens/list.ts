import { expect, type Page } from '@playwright/test';
import type { Camera } from '../support/camera.ts';
import { consoleTab, openConsole, screenOf } from '../support/console-steps.ts';
import { fillCreate, openCreate, plan } from '../support/create-steps.ts';
import { instanceRow } from '../support/window-steps.ts';

/** What is opened from the list: menus, the question for several servers, the palette, the console, a new server. */
export async function takeList(window: Page, { take }: Camera): Promise<void> {
  await window.getByRole('link', { name: 'Instances' }).first().click();
  await instanceRow(window, 'mail').click({ button: 'right' });
  await expect(window.getByRole('menu')).toBeVisible();
  await take('list-row-menu');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Export' }).click();
  await expect(window.getByRole('menu')).toBeVisible();
  await take('list-export');
  await window.keyboard.press('Escape');

  for (const name of ['cache-1', 'metrics', 'ns1', 'staging'])
    await instanceRow(window, name).getByRole('checkbox').check();
  await take('list-selection');
  const bar = window.getByRole('group', { name: 'Selected instances' });
  await bar.getByRole('button', { name: 'Shut down' }).click();
  await expect(window.getByRole('alertdialog')).toBeVisible();
  await take('bulk-power');
  await window.keyboard.press('Escape');
  await bar.getByRole('button', { name: 'Clear selection' }).click();

  for (const name of ['cache-1', 'metrics']) await instanceRow(window, name).getByRole('checkbox').check();
  await bar.getByRole('button', { name: 'Restart' }).click();
  await window
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Restart/ })
    .click();
  await expect(window.getByText('2 of 2 sent')).toBeVisible({ timeout: 20_000 });
  await take('bulk-results');
  await window.getByRole('button', { name: 'Close', exact: true }).first().click();
  await expect(window.getByRole('list', { name: 'Results' })).toBeHidden();

  await window.keyboard.press('Control+k');
  await window.getByRole('combobox', { name: 'Search commands' }).fill('api-prod-1');
  await take('palette');
  await window.keyboard.press('Escape');
  await expect(window.getByRole('combobox', { name: 'Search commands' })).toBeHidden();

  await window.keyboard.press('?');
  await expect(window.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await take('shortcuts');
  await window.keyboard.press('Escape');

  await openConsole(window, 'api-prod-1');
  await expect(consoleTab(window, 'api-prod-1', 'open')).toBeVisible();
  await screenIsStill(window);
  await take('console');
  await window.getByRole('button', { name: 'Type text…' }).click();
  await expect(window.getByRole('alertdialog')).toBeVisible();
  await take('console-type');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Hide terminals' }).click();

  await openCreate(window);
  await fillCreate(window, 'web-1');
  await plan(window, 'Scout 1').scrollIntoViewIfNeeded();
  await take('create');
}

/** A console draws its boot log first. */
async function screenIsStill(window: Page): Promise<void> {
  const look = async (): Promise<string> => (await screenOf(window).screenshot()).toString('base64');
  let before = await look();
  await expect
    .poll(
      async () => {
        const now = await look();
        const isStill = now === before;
        before = now;
        return isStill;
      },
      { intervals: [1_000], timeout: 20_000 },
    )
    .toBe(true);
}
