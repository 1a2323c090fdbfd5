import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { chooseForInstance, instanceRow, terminalRows, typeLine } from '../support/window-steps.ts';

/** A view: its file's name, the way to it, and what shows that it is there. */
interface View {
  readonly name: string;
  readonly open: (window: Page) => Promise<void>;
}

const themes = ['light', 'dark'] as const;
const size = { width: 1280, height: 800 } as const;
const instance = 'api-prod-1';

const views: readonly View[] = [
  { name: 'instances', open: (window) => openPlace(window, 'Instances') },
  { name: 'instance', open: (window) => openInstance(window, null) },
  { name: 'instance-agent', open: (window) => openInstance(window, 'Agent') },
  { name: 'instance-shield', open: (window) => openInstance(window, 'Shield') },
  { name: 'wallet', open: (window) => openPlace(window, 'Wallet') },
  { name: 'agent', open: (window) => openPlace(window, 'Agent') },
  { name: 'shield', open: (window) => openPlace(window, 'Shield') },
  { name: 'settings', open: (window) => openPlace(window, 'Settings') },
];

/** Takes a picture of each view, and of the terminal below the list, in light and dark, as `THEME-VIEW.png`. */
export async function takePictures(window: Page, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const theme of themes) {
    await inTheme(window, theme);
    await showTerminals(window, false);
    for (const { name, open } of views) {
      await open(window);
      await picture(window, folder, `${theme}-${name}`);
    }
    await openPlace(window, 'Instances');
    await askForShell(window, theme);
    await picture(window, folder, `${theme}-host-key`);
    await window.getByRole('button', { name: 'Trust and connect' }).click();
    await expect(terminalRows(window)).toContainText('root@');
    await typeLine(window, 'df -h');
    await expect(terminalRows(window)).toContainText('Filesystem');
    await picture(window, folder, `${theme}-terminal`);
  }
  await inTheme(window, 'system');
}

/** Opens a shell, trusting the key, and gives its answer to `uname -a`. */
export async function shellTour(window: Page): Promise<string> {
  await window.setViewportSize(size);
  await chooseForInstance(window, instance, /^SSH/);
  await window.getByRole('button', { name: 'Trust and connect' }).click();
  await expect(terminalRows(window)).toContainText(`root@${instance}`);
  await typeLine(window, 'uname -a');
  const answer = terminalRows(window)
    .locator('div')
    .filter({ hasText: /^Linux .*GNU\/Linux/ });
  await expect(answer).toHaveCount(1);
  return ((await answer.textContent()) ?? '').trim();
}

/** Another instance for each theme: a key that is known is not asked about again. */
async function askForShell(window: Page, theme: (typeof themes)[number]): Promise<void> {
  await chooseForInstance(window, theme === 'light' ? 'ns1' : 'metrics', /^SSH/);
  await expect(window.getByRole('button', { name: 'Trust and connect' })).toBeVisible();
}

async function openPlace(window: Page, name: string): Promise<void> {
  await window
    .getByRole('navigation', { name: 'Places' })
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click();
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
}

async function openInstance(window: Page, tab: string | null): Promise<void> {
  await openPlace(window, 'Instances');
  await instanceRow(window, instance).getByText(instance, { exact: true }).first().click();
  await expect(window.getByRole('heading', { name: instance, level: 1 })).toBeVisible();
  if (tab !== null) await window.getByRole('tab', { name: tab }).click();
}

async function showTerminals(window: Page, shown: boolean): Promise<void> {
  const hide = window.getByRole('button', { name: 'Hide the terminals' });
  if (!shown && (await hide.isVisible())) await hide.click();
}

async function inTheme(window: Page, theme: 'system' | 'light' | 'dark'): Promise<void> {
  // Playwright would have every page light.
  await window.emulateMedia({ colorScheme: null });
  await window.evaluate((next) => globalThis.window.evorxa.calls.settings.update({ theme: next }), theme);
  if (theme === 'system') return;
  await window.waitForFunction((name) => matchMedia(`(prefers-color-scheme: ${name})`).matches, theme);
}

/** Pictures are of what has been loaded: no skeleton is left. */
async function picture(window: Page, folder: string, name: string): Promise<void> {
  await expect(window.locator('.skeleton')).toHaveCount(0);
  await window.screenshot({ path: join(folder, `${name}.png`) });
}
