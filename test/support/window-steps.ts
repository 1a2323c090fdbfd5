import { expect, type ElectronApplication, type Locator, type Page } from '@playwright/test';
import type { InstanceId } from '../../preload/contract/brands.ts';
import type { SshSettings } from '../../preload/contract/terminal.ts';
import type {} from '../../renderer/client.ts';
import type { RunningSandbox } from './sandbox-runner.ts';

/** Types a token into the sign-in page and sends it. */
export async function enterToken(window: Page, token: string, apiUrl?: string): Promise<void> {
  if (apiUrl !== undefined) {
    await window.getByRole('button', { name: 'Use another API address' }).click();
    await window.getByLabel('API address').fill(apiUrl);
  }
  await window.getByLabel('Token', { exact: true }).fill(token);
  await window.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Signs in to a sandbox and waits for its servers. */
export async function signIn(window: Page, { tokens, apiUrl }: RunningSandbox): Promise<void> {
  await enterToken(window, tokens.full, apiUrl);
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
}

/** Waits for a window that is shown, and makes its page this large, in CSS pixels. */
export async function setSize(app: ElectronApplication, widthPx: number, heightPx: number): Promise<void> {
  const trySize = (): Promise<boolean> =>
    app.evaluate(
      ({ BrowserWindow }, [width, height]) => {
        const shown = BrowserWindow.getAllWindows().find((window) => window.isVisible());
        shown?.setContentSize(width, height);
        return shown !== undefined;
      },
      [widthPx, heightPx] as const,
    );
  await expect.poll(trySize).toBe(true);
}

/** The row of an instance in the list. */
export function instanceRow(window: Page, name: string): Locator {
  return window.getByRole('grid', { name: 'Instances' }).getByRole('row').filter({ hasText: name });
}

/** Opens an instance's page from the list. */
export async function openInstance(window: Page, name: string): Promise<void> {
  await instanceRow(window, name).click();
  await expect(window.getByRole('heading', { name, level: 1 })).toBeVisible();
}

/** Chooses a line of the menu of an instance's row; a key may stand behind its words. */
export async function chooseForInstance(window: Page, name: string, line: string | RegExp): Promise<void> {
  await instanceRow(window, name).hover();
  await window.getByRole('button', { name: `Actions for ${name}` }).click();
  await window.getByRole('menuitem', { name: line }).click();
}

/** Chooses a line of the account's menu. */
export async function chooseForAccount(window: Page, line: string | RegExp): Promise<void> {
  await window.getByRole('button', { name: /^Account / }).click();
  await window.getByRole('menuitem', { name: line }).click();
}

/** Adds a second token to the account that is shown, in the settings. */
export async function addWriteToken(window: Page, token: string): Promise<void> {
  await window.getByRole('link', { name: 'Settings' }).click();
  await window.getByRole('button', { name: /^Add a write token/ }).click();
  const dialog = window.getByRole('alertdialog', { name: /^Add a write token/ });
  await dialog.getByLabel('Token', { exact: true }).fill(token);
  await dialog.getByRole('button', { name: 'Add write token' }).click();
  await expect(window.getByRole('button', { name: /^Remove the write token/ })).toBeVisible();
}

/** Asks for the list and the wallet now, as coming back online does. */
export async function refresh(window: Page): Promise<void> {
  await window.evaluate(() => globalThis.window.evorxa.calls.snapshot.refresh(undefined));
}

/** What the terminal in front shows, row by row. */
export function terminalRows(window: Page): Locator {
  return window.getByRole('tabpanel').filter({ visible: true }).locator('.xterm-rows');
}

/** Types a line into the terminal in front. */
export async function typeLine(window: Page, line: string): Promise<void> {
  await window.keyboard.type(line);
  await window.keyboard.press('Enter');
}

/** Saves how an instance is reached by SSH, as its page's settings do. */
export async function saveSshSettings(
  window: Page,
  instanceId: string,
  settings: SshSettings,
): Promise<void> {
  // The list of the last run is in the window before the account is there.
  await expect
    .poll(async () => {
      const saved = await window.evaluate(
        (input) => globalThis.window.evorxa.calls.terminal.saveSettings(input),
        // The contract's guard makes an id of it on the other side.
        { instanceId: instanceId as InstanceId, settings },
      );
      return saved.ok ? 'saved' : saved.error.kind;
    })
    .toBe('saved');
}

/** Opens a shell on an instance of the demo account, trusting its key when it is asked for. */
export async function connectShell(window: Page, name: string): Promise<void> {
  await chooseForInstance(window, name, /^SSH/);
  const open = window.getByRole('tab', { name: new RegExp(`${name} ?, open`) }).last();
  const trust = window.getByRole('button', { name: 'Trust and connect' });
  await expect(open.or(trust).first()).toBeVisible();
  if (await trust.isVisible()) await trust.click();
  await expect(terminalRows(window)).toContainText(`root@${name}`);
}

/** Opens the plan and the system of an instance, from wherever the window is. */
export async function openSystem(window: Page, name: string): Promise<void> {
  await window.getByRole('link', { name: 'Instances' }).first().click();
  await openInstance(window, name);
  await window.getByRole('tab', { name: 'Plan & system' }).click();
  await expect(window.getByRole('region', { name: 'Plan', exact: true })).toBeVisible();
}

/** Asks for the deletion of the instance whose system is open, and types its name. It is held then. */
export async function askDeletion(window: Page, name: string, when: RegExp): Promise<void> {
  await window.getByRole('button', { name: 'Delete instance', exact: true }).click();
  const dialog = window.getByRole('alertdialog', { name: `Delete ${name}?` });
  await dialog.getByRole('radio', { name: when }).check();
  await dialog.getByLabel(`Type ${name} to confirm`).fill(name);
  await dialog.getByRole('button', { name: `Delete ${name}` }).click();
  await expect(dialog).toBeHidden();
}

/** Where an element is, even if it is just being drawn again. */
export async function middleOf(element: Locator): Promise<{ readonly x: number; readonly y: number }> {
  let middle = { x: 0, y: 0 };
  await expect(async () => {
    const box = await element.boundingBox();
    if (box === null) throw new Error('It is not drawn.');
    middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }).toPass();
  return middle;
}
