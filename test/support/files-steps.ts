import { expect, type ElectronApplication, type Locator, type Page } from '@playwright/test';

/** What the system's dialog of files answers with. */
export async function answerFiles(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    const system = dialog as unknown as { showOpenDialog: () => Promise<unknown> };
    system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, path);
}

/** The files of api-prod-1. */
export const pane = (window: Page): Locator => window.getByRole('group', { name: 'Files of api-prod-1' });
/** The row of a file. */
export const row = (window: Page, name: string): Locator =>
  pane(window).getByRole('row').filter({ hasText: name });
/** What is copied. */
export const transfers = (window: Page): Locator => pane(window).getByRole('region', { name: 'Transfers' });

/** Goes to a folder by its path. */
export async function typePath(window: Page, path: string): Promise<void> {
  await pane(window).getByRole('button', { name: 'Type a path' }).click();
  const field = pane(window).getByRole('textbox', { name: 'Path' });
  await field.fill(path);
  await field.press('Enter');
}

/** Chooses from the menu of a file. */
export async function choose(window: Page, name: string, item: string): Promise<void> {
  await row(window, name).click({ button: 'right' });
  await window.getByRole('menuitem', { name: item }).click();
}

/** Whatever the system would open files with: what it is given is kept for {@link openedPath}. */
export async function recordOpened(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ shell }) => {
    shell.openPath = (path) => {
      Object.assign(globalThis, { openedPath: path });
      return Promise.resolve('');
    };
  });
}

/** Waits until the system was asked to open a file; its path. */
export async function openedPath(app: ElectronApplication): Promise<string> {
  const opened = (): Promise<string | undefined> =>
    app.evaluate(() => (globalThis as { openedPath?: string }).openedPath);
  await expect.poll(opened).toBeDefined();
  return (await opened()) ?? '';
}
