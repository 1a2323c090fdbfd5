import { expect, type Locator, type Page } from '@playwright/test';
import { instanceId } from './evorxa-steps.ts';
import type { RunningSandbox } from './sandbox-runner.ts';
import { saveSshSettings } from './window-steps.ts';

/** The rows of the rules' table; the first is its head. */
export const rules = (window: Page): Locator => window.getByRole('table', { name: 'Rules' }).getByRole('row');

/** How the last change of the address goes. */
export const changes = (window: Page): Locator =>
  window.getByRole('region', { name: 'Changes', exact: true });

/** Goes to the rules of the first address, which blocks what comes in by default. */
export async function openRules(window: Page): Promise<void> {
  await window.getByRole('link', { name: 'Shield' }).click();
  await expect(rules(window).nth(2)).toContainText('443');
}

/** Fills in a new rule that allows TCP, and stages it. */
export async function stageRule(window: Page, source: string, port: string): Promise<void> {
  await window.getByRole('button', { name: 'Add rule' }).click();
  const row = rules(window).last();
  await row.getByRole('textbox', { name: 'Source' }).fill(source);
  await row.getByRole('textbox', { name: 'Port' }).fill(port);
  await row.getByRole('button', { name: 'Stage rule' }).click();
  await expect(rules(window).last()).toContainText('New');
}

/** SSH is looked for on this machine, and at no address of somebody's. */
export async function reachNowhere(window: Page, sandbox: RunningSandbox): Promise<void> {
  const id = await instanceId(sandbox, 'api-prod-1');
  const nowhere = { host: '127.0.0.1', port: 22, user: 'root', auth: { method: 'auto' } } as const;
  await saveSshSettings(window, id, nowhere);
}

/** Opens the review of the first address's changes and says from where SSH comes. */
export async function review(window: Page, address: string): Promise<Locator> {
  await window.getByRole('button', { name: 'Review changes' }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Review changes of 203.0.113.42' });
  await dialog.getByRole('textbox', { name: 'Your address' }).fill(address);
  await dialog.getByRole('button', { name: 'Check again' }).click();
  return dialog;
}
