import { expect, type Page } from '@playwright/test';
import { openCamera } from '../support/camera.ts';
import type { LaunchedApp } from '../support/launch.ts';
import { instanceRow, terminalRows, typeLine } from '../support/window-steps.ts';
import type { TourReport } from './report.ts';

type Seen = Pick<TourReport, 'instancesSeen' | 'timeToFirstListMs' | 'uname' | 'pictures'>;

const waitMs = 30_000;

/** Walks through the main views as a person would, and saves a picture of each in light and dark. */
export async function tourWindow(
  { app, window }: LaunchedApp,
  folder: string,
  startedMs: number,
  isNarrowTaken = false,
): Promise<Seen> {
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible({ timeout: waitMs });
  const timeToFirstListMs = Math.round(performance.now() - startedMs);
  const camera = await openCamera(app, window, folder, isNarrowTaken);
  const { take: picture } = camera;
  const instancesSeen = await rowNames(window);
  await expect(window.getByRole('img', { name: /^CPU, last hour/ }).first()).toBeVisible();
  await picture('list');

  await instanceRow(window, 'api-prod-1').click();
  await expect(window.locator('.uplot')).toHaveCount(4, { timeout: waitMs });
  await picture('instance');

  const uname = await tourTerminal(window, picture);
  await window.getByRole('tab', { name: 'Agent' }).click();
  const conversations = window.getByRole('navigation', { name: 'Conversations' }).getByRole('listitem');
  // The first is the one that has not begun.
  await conversations.nth(1).getByRole('button').click({ timeout: waitMs });
  await expect(window.locator('[aria-busy="true"]')).toHaveCount(0, { timeout: waitMs });
  await picture('instance-agent');
  await window.getByRole('tab', { name: 'Shield' }).click();
  await expect(window.locator('.uplot').first()).toBeVisible({ timeout: waitMs });
  await picture('instance-shield');

  await window.getByRole('button', { name: 'Hide terminals' }).click();
  for (const [place, heading] of [
    ['Shield', 'Shield'],
    ['Agent', 'Agent'],
    ['Wallet', 'Wallet'],
    ['Settings', 'Settings'],
  ] as const) {
    await window
      .getByRole('navigation')
      .getByRole('link', { name: new RegExp(`^${place}`) })
      .click();
    await expect(window.getByRole('heading', { name: heading, level: 1 })).toBeVisible({ timeout: waitMs });
    await expect(window.locator('[aria-busy="true"]')).toHaveCount(0, { timeout: waitMs });
    await picture(place.toLowerCase());
  }
  return { instancesSeen, timeToFirstListMs, uname, pictures: camera.taken };
}

/** The names in the list, read by its own way to the end: it draws only the rows that are in view. */
async function rowNames(window: Page): Promise<readonly string[]> {
  const snapshot = await window.evaluate(() => globalThis.window.evorxa.calls.snapshot.current(undefined));
  if (!snapshot.ok || snapshot.value.kind !== 'full') return [];
  const names = snapshot.value.snapshot.instances.map(({ name }) => name);
  const grid = window.getByRole('grid', { name: 'Instances' });
  await expect(grid).toHaveAttribute('aria-rowcount', String(names.length + 1));
  return names;
}

/** Opens a shell, trusts its host key, and asks it what it is. */
async function tourTerminal(window: Page, picture: (name: string) => Promise<void>): Promise<string> {
  await window.getByRole('button', { name: 'SSH', exact: true }).click();
  const question = window.getByRole('alertdialog');
  await expect(question).toContainText('SHA256:', { timeout: waitMs });
  await picture('host-key');
  await question.getByRole('button', { name: 'Trust and connect' }).click();
  const rows = terminalRows(window);
  await expect(rows).toContainText('root@api-prod-1', { timeout: waitMs });
  await typeLine(window, 'uname -a');
  const answer = rows.locator('div', { hasText: /^Linux .*GNU\/Linux/ });
  await expect(answer).toBeVisible({ timeout: waitMs });
  await picture('terminal');
  return (await answer.innerText()).trim();
}
