import { expect, test } from '../support/journey.ts';
import { connectShell, terminalRows, typeLine } from '../support/window-steps.ts';

test('a terminal takes the whole place of the page, and gives it back', async ({ launch }) => {
  const { window } = await launch({ args: ['--demo'] });
  await connectShell(window, 'api-prod-1');
  const dock = window.getByRole('region', { name: 'Terminal', exact: true });
  const page = window.locator('main');
  const heightOf = async (): Promise<number> => (await dock.boundingBox())?.height ?? 0;
  const small = await heightOf();

  await window.getByRole('button', { name: 'Maximize the terminals' }).click();
  await expect(page).toBeHidden();
  const windowPx = await window.evaluate(() => innerHeight);
  await expect.poll(heightOf).toBe(windowPx);
  await expect(terminalRows(window)).toContainText('root@api-prod-1');
  // The shell is told of its new size.
  await window.getByRole('tabpanel').filter({ visible: true }).locator('.xterm-screen').click();
  await typeLine(window, 'echo "still"-"here"');
  await expect(terminalRows(window)).toContainText('still-here');

  await window.getByRole('button', { name: 'Show the page again' }).click();
  await expect(page).toBeVisible();
  await expect.poll(heightOf).toBe(small);

  // Who asks for a page sees it.
  await window.getByRole('button', { name: 'Maximize the terminals' }).click();
  await window.getByRole('link', { name: 'Wallet' }).click();
  await expect(window.getByRole('heading', { name: 'Wallet' })).toBeVisible();
});
