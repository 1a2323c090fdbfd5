import { expect, type Locator, type Page } from '@playwright/test';
import type { RunningSandbox } from './sandbox-runner.ts';
import { askedCount } from './signed-in.ts';

/** Opens the page that creates a server, by the list's button, and waits for its plans. */
export async function openCreate(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Create instance' }).click();
  await expect(plan(window, 'Scout 1')).toBeVisible();
}

/** A plan's card. */
export function plan(window: Page, name: string): Locator {
  return window.getByRole('radio', { name, exact: true });
}

/** Chooses a card: its radio is drawn by the card around it. */
export async function choose(window: Page, name: string): Promise<void> {
  await window.getByRole('radio', { name, exact: true }).check({ force: true });
}

/** Fills the form for a Debian on a Scout 1, paid by the month, with one key. */
export async function fillCreate(window: Page, name: string): Promise<void> {
  await choose(window, 'Scout 1');
  await choose(window, 'Debian');
  await window.getByRole('checkbox', { name: /^jane@laptop/ }).check();
  await window.getByLabel('Name', { exact: true }).fill(name);
  await window.getByRole('combobox', { name: 'Project' }).click();
  await window.getByRole('option', { name: 'default' }).click();
}

/** The button that spends: it names the price. */
export function createButton(window: Page): Locator {
  return window.getByRole('button', { name: /^Create for / });
}

/** How often a creation was sent. */
export function creations(sandbox: RunningSandbox): Promise<number> {
  return askedCount(sandbox, 'instances.create');
}
