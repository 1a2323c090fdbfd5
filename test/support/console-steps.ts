import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { instanceRow } from './window-steps.ts';
import type { RunningSandbox } from './sandbox-runner.ts';

/** The environment of an app that trusts the consoles of a local Evorxa. */
export async function trustConsoles(
  { consoleCertificate }: RunningSandbox,
  folder: string,
): Promise<Readonly<Record<string, string>>> {
  const path = join(folder, 'console-certificate.pem');
  await writeFile(path, consoleCertificate);
  return { NODE_EXTRA_CA_CERTS: path };
}

/** Opens the console of a server from its row. */
export async function openConsole(window: Page, name: string): Promise<void> {
  const row = instanceRow(window, name);
  const button = row.getByRole('button', { name: `Console of ${name}` });
  // It shows on the row that the pointer is on, and the list may move under the pointer.
  await expect(async () => {
    await row.hover();
    await button.click({ timeout: 2_000 });
  }).toPass();
}

/** The tab of a server's console, in a state: `open`, `ended`. */
export function consoleTab(window: Page, name: string, state: string): Locator {
  return window.getByRole('tab', { name: new RegExp(`${name} ?, console, ${state}`) });
}

/** Opens a console and waits until its screen is there. */
export async function connectConsole(window: Page, name: string): Promise<void> {
  await openConsole(window, name);
  await expect(consoleTab(window, name, 'open')).toBeVisible({ timeout: 30_000 });
  await expect(screenOf(window)).toBeFocused();
}

/** The picture of the console in front. */
export function screenOf(window: Page): Locator {
  return window.getByRole('tabpanel').filter({ visible: true }).locator('canvas');
}

/** Types a text by the dialog, key by key. */
export async function typeByDialog(window: Page, text: string): Promise<void> {
  await window.getByRole('button', { name: 'Type text…' }).click();
  await window.getByLabel('Text', { exact: true }).fill(text);
  await window.getByRole('button', { name: 'Type', exact: true }).click();
}

/** Chooses a line of the console's own menu. */
export async function chooseForConsole(window: Page, line: string | RegExp): Promise<void> {
  await window.getByRole('button', { name: 'More', exact: true }).click();
  await window
    .getByRole('menuitem', { name: line })
    .or(window.getByRole('menuitemcheckbox', { name: line }))
    .click();
}
