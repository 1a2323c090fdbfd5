import type { ElectronApplication } from '@playwright/test';

/**
 * Takes the place of the person's browser. Gives what tells the addresses that it was asked to open, in order.
 *
 * They are kept by main itself: a handle of Playwright 1.65 on something that nothing else holds can be refused with
 * "Resulting promise was garbage collected".
 */
export async function followOpenedLinks(app: ElectronApplication): Promise<() => Promise<readonly string[]>> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { openedLinks: opened });
    shell.openExternal = (address) => Promise.resolve(void opened.push(address));
  });
  return () => app.evaluate(() => (globalThis as unknown as { openedLinks: string[] }).openedLinks);
}
