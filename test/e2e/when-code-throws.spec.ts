import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { expect, test } from '../support/journey.ts';
import { connectShell, instanceRow, signIn, terminalRows, typeLine } from '../support/window-steps.ts';

/** Ends a utility process of the app by force. */
function killChild(app: ElectronApplication, name: string): Promise<void> {
  return app.evaluate((electron, wanted) => {
    const found = electron.app.getAppMetrics().find((metric) => metric.name === wanted);
    if (found === undefined) throw new Error(`There is no process ${wanted}.`);
    process.kill(found.pid, 'SIGKILL');
  }, name);
}

test('a mistake in the window is logged without secrets and said, and the window loads again', async ({
  launch,
  startSandbox,
}) => {
  const { window, userDataDir } = await launch();
  await signIn(window, await startSandbox());
  await window.evaluate(() => {
    globalThis.setTimeout(() => {
      throw new Error('made by a journey, 8|AbCdEfGhIjKlMnOpQrSt');
    });
  });
  const said = window.getByText('Something went wrong in this window.');
  await expect(said).toBeVisible();
  const log = await readFile(join(userDataDir, 'logs', 'main.log'), 'utf8');
  expect(log).toContain('Uncaught exception in the window.');
  expect(log).toContain('made by a journey');
  expect(log).not.toContain('AbCdEfGh');
  await window.getByRole('button', { name: 'Reload', exact: true }).click();
  await expect(said).toBeHidden();
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
});

test('a mistake in the main process is logged and said, and the app goes on', async ({
  launch,
  startSandbox,
}) => {
  const { app, window, userDataDir } = await launch();
  await signIn(window, await startSandbox());
  await app.evaluate(() => {
    setTimeout(() => {
      throw new Error('made by a journey');
    });
  });
  const said = window.getByText('Something went wrong in the app.');
  await expect(said).toBeVisible();
  const log = await readFile(join(userDataDir, 'logs', 'main.log'), 'utf8');
  expect(log).toMatch(/Uncaught exception in the main process\.\nEvorxa \d+\.\d+\.\d+, Electron /);
  await window.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(said).toBeHidden();
  await window.getByRole('link', { name: 'Settings' }).click();
  await expect(window.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
});

test('a terminal whose process ended says so, and Enter connects it again', async ({ launch }) => {
  const { app, window } = await launch({ args: ['--demo'] });
  await connectShell(window, 'api-prod-1');
  await killChild(app, 'Evorxa SSH');
  await expect(window.getByText('The terminal’s process ended. Press Enter to connect again.')).toBeVisible();
  await window.locator('.xterm-helper-textarea').focus();
  await window.keyboard.press('Enter');
  await expect(window.getByRole('tab', { name: /api-prod-1 ?, open/ })).toBeVisible();
  await expect(terminalRows(window)).toContainText('root@api-prod-1');
  await typeLine(window, 'echo "here"-"again"');
  await expect(terminalRows(window)).toContainText('here-again');
});

test('a demo whose server ended is started again, and says so', async ({ launch }) => {
  const { app, window } = await launch({ args: ['--demo'] });
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
  await killChild(app, 'Evorxa demo');
  await expect(window.getByText('The demo server stopped and was restarted.')).toBeVisible({
    timeout: 30_000,
  });
  await connectShell(window, 'api-prod-1');
});
