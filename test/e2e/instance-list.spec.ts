import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { expect, instanceRow, test } from '../support/signed-in.ts';
import { openInstance } from '../support/window-steps.ts';

/** Presses Tab until the focus is where it is wanted; there are fewer stops than that on any page. */
async function tabTo(window: Page, selector: string): Promise<void> {
  const isThere = (): Promise<boolean> =>
    window.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
  for (let stop = 0; stop < 40 && !(await isThere()); stop += 1) await window.keyboard.press('Tab');
  expect(await isThere(), `Tab reaches ${selector}`).toBe(true);
}

test('filters count what they show, and stay on the way back from a page', async ({ launchSignedIn }) => {
  const { window } = await launchSignedIn();
  const rows = window.getByRole('row').filter({ has: window.getByRole('gridcell') });
  const states = window.getByRole('radiogroup', { name: 'Filter by state' });
  await expect(states.getByText('All 16')).toBeVisible();

  const search = window.getByRole('searchbox', { name: 'Search instances' });
  await search.fill('api');
  await expect(states.getByText('All 2')).toBeVisible();
  await states.getByText('Running 2').click();
  await expect(rows).toHaveCount(2);
  await openInstance(window, 'api-prod-2');
  await window.getByRole('link', { name: 'Instances' }).first().click();
  await expect(search).toHaveValue('api');
  await expect(rows).toHaveCount(2);

  await search.fill('nothing like it');
  await window.getByRole('button', { name: 'Show all 16' }).click();
  await expect(states.getByText('All 16')).toBeVisible();

  await window.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await expect(rows.first()).toContainText('api-prod-1');
});

test('by keyboard alone: find an instance, read its menu, open its page and a shell', async ({
  launchSignedIn,
}) => {
  const { window } = await launchSignedIn();
  await window.keyboard.press('/');
  await window.keyboard.type('api-prod');
  await expect(instanceRow(window, 'api-prod-2')).toBeVisible();
  await tabTo(window, '[role=row]');
  await expect(instanceRow(window, 'api-prod-1')).toBeFocused();
  await window.keyboard.press('ArrowDown');
  await expect(instanceRow(window, 'api-prod-2')).toBeFocused();

  await window.keyboard.press('Shift+F10');
  await expect(window.getByRole('menuitem', { name: /Copy 203\.0\.113\.43/ })).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(window.getByRole('menu')).toHaveCount(0);

  await instanceRow(window, 'api-prod-2').focus();
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: 'api-prod-2', level: 1 })).toBeVisible();
  await tabTo(window, '[role=slider]');
  await window.keyboard.press('ArrowLeft');
  await expect(window.getByRole('region', { name: 'CPU' })).toContainText(/\d\d:\d\d · /);

  await tabTo(window, 'nav[aria-label=Breadcrumb] a');
  await window.keyboard.press('Enter');
  await tabTo(window, '[role=row]');
  // The row that was left.
  await expect(instanceRow(window, 'api-prod-2')).toBeFocused();
  await window.keyboard.press('s');
  await expect(window.getByRole('tablist', { name: 'Terminals' }).getByRole('tab')).toContainText(
    'api-prod-2',
  );
});

test('the actions of a row cover a figure as a whole or not at all', async ({ launchSignedIn }) => {
  const { window } = await launchSignedIn();
  // One with a shell's button, and one that has none.
  for (const name of ['api-prod-1', 'staging']) {
    const row = instanceRow(window, name);
    await row.hover();
    await expect(row.getByRole('button', { name: `Console of ${name}` })).toBeVisible();
    const cut = await row.evaluate((element) => {
      const cells = [...element.querySelectorAll('[role=gridcell]')];
      const leftPx = cells.at(-1)?.getBoundingClientRect().left ?? 0;
      return cells
        .slice(0, -1)
        .filter(
          (cell) => cell.getBoundingClientRect().right > leftPx && getComputedStyle(cell).opacity !== '0',
        )
        .map((cell) => cell.textContent);
    });
    expect(cut).toEqual([]);
  }
});

test('axe finds nothing serious in the list and on a page', async ({ launchSignedIn }) => {
  const { window } = await launchSignedIn();
  await expectAccessible(window, 'list');
  await openInstance(window, 'api-prod-1');
  await expect(window.getByRole('slider', { name: /^CPU/ })).toBeVisible();
  await expectAccessible(window, 'instance');
});
