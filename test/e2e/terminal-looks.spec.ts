import type { Page } from '@playwright/test';
import { startShellServer, type ShellServer } from '../support/raw-ssh-servers.ts';
import { openShellAt, signInToShell } from '../support/shell-steps.ts';
import { expect, test } from '../support/signed-in.ts';
import { terminalRows } from '../support/window-steps.ts';

let server: ShellServer;
test.afterEach(() => server.close());

async function choose(page: Page, field: string, choice: string): Promise<void> {
  await page.getByLabel(field, { exact: true }).click();
  await page.getByRole('option', { name: choice }).click();
}

test('an open terminal takes other looks at once, and programs are told the colours that are drawn', async ({
  launchSignedIn,
  sandbox,
}) => {
  server = await startShellServer();
  const { window: page } = await launchSignedIn();
  await openShellAt(page, sandbox, 'api-prod-1', server);
  await signInToShell(page, 'any');
  await server.opened;
  await server.send('\x1b[31mred \x1b[32mgreen\x1b[0m plain\r\n');
  await expect(terminalRows(page)).toContainText('plain');
  const background = (): Promise<string> =>
    terminalRows(page).evaluate((rows) => getComputedStyle(rows.closest('.pane') ?? rows).backgroundColor);
  expect(await background()).toBe('rgb(17, 20, 25)');

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.emulateMedia({ colorScheme: 'light' });
  await choose(page, 'Theme while the app is dark', 'Nord');
  expect(await background()).toBe('rgb(17, 20, 25)');
  await choose(page, 'Theme while the app is light', 'Solarized Light');
  await expect.poll(background).toBe('rgb(253, 246, 227)');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(background).toBe('rgb(46, 52, 64)');
  await server.send('\x1b]11;?\x07\x1b]4;1;?\x07');
  await expect
    .poll(() => server.received())
    .toContain('\x1b]11;rgb:2e2e/3434/4040\x1b\\\x1b]4;1;rgb:bfbf/6161/6a6a\x1b\\');

  await test.step('its size and its font', async () => {
    const heightPx = async (): Promise<number> =>
      (await terminalRows(page).locator('> div').first().boundingBox())?.height ?? 0;
    const before = await heightPx();
    await page.getByLabel('Font size').fill('20');
    await page.getByLabel('Font size').press('Enter');
    await expect.poll(heightPx).toBeGreaterThan(before * 1.5);
    await page.getByLabel('Font', { exact: true }).fill('Nothing Mono');
    await page.getByLabel('Font', { exact: true }).press('Enter');
    await expect(page.getByText('Nothing Mono is not installed')).toBeVisible();
    await page.getByLabel('Font', { exact: true }).fill('');
    await page.getByLabel('Font', { exact: true }).press('Enter');

    await page.getByRole('tabpanel').locator('.xterm-helper-textarea').focus();
    const set = await heightPx();
    for (let times = 0; times < 4; times += 1) await page.keyboard.press('Control+-');
    await expect.poll(heightPx).toBeLessThan(set);
    await page.keyboard.press('Control+0');
    await expect.poll(heightPx).toBe(set);
    expect(await page.evaluate(() => localStorage.getItem('terminal-zoom-px'))).toBe('0');
  });

  await test.step('a screen reader gets what is printed', async () => {
    await page.getByRole('switch', { name: 'Screen reader' }).click();
    await expect(page.locator('.xterm-accessibility-tree')).toContainText('red green plain');
  });

  await test.step('the bell is seen, and marks a tab that is not in view', async () => {
    const pane = page.getByRole('tabpanel').locator('.pane');
    await page.evaluate(() => {
      const seen = new MutationObserver(() => {
        if (document.querySelector('.pane.rung') !== null) Object.assign(window, { bellSeen: true });
      });
      seen.observe(document.body, { subtree: true, attributeFilter: ['class'] });
    });
    await server.send('\x07');
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { bellSeen?: boolean }).bellSeen))
      .toBe(true);
    await expect(pane).not.toHaveClass(/rung/);
    const tab = page.getByRole('tab', { name: /api-prod-1/ });
    await expect(tab).not.toHaveAccessibleName(/bell/);
    await page.getByRole('button', { name: 'Hide terminals' }).click();
    await server.send('\x07');
    await page.getByRole('link', { name: 'Instances' }).first().click();
    await expect(page.getByRole('tab', { name: /bell/, includeHidden: true })).toBeAttached();
  });
});

test('the cursor blinks, and no frame is drawn in between', async ({ launchSignedIn, sandbox }) => {
  server = await startShellServer();
  const { window: page } = await launchSignedIn();
  await openShellAt(page, sandbox, 'api-prod-1', server);
  await signInToShell(page, 'any');
  await server.opened;
  await page.getByRole('tabpanel').locator('.xterm-helper-textarea').focus();
  const cursor = terminalRows(page).locator('.xterm-cursor-blink');
  const colour = (): Promise<string> => cursor.evaluate((one) => getComputedStyle(one).backgroundColor);
  const shown = await colour();
  expect(shown).not.toBe('rgba(0, 0, 0, 0)');
  await expect.poll(colour).toBe('rgba(0, 0, 0, 0)');
  await expect.poll(colour).toBe(shown);
  const running = (): Promise<number> =>
    page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
  await expect.poll(running).toBe(0);

  await test.step('and stays where the keyboard is elsewhere', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Font size').focus();
    await expect(cursor).toHaveCount(0);
    expect(await page.locator('.xterm').getAttribute('data-cursor')).toBe('on');
  });
});
