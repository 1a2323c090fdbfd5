import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from '../support/journey.ts';
import { sshdMissing, startSshd, type Sshd } from '../support/sshd.ts';
import { connectTo, expectShell } from '../support/sshd-steps.ts';
import { terminalRows, typeLine } from '../support/window-steps.ts';

const missing = sshdMissing();
test.skip(missing !== null, String(missing));

let sshd: Sshd;
let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'session-log-'));
});
test.afterEach(async () => {
  await sshd.stop();
  // Only one of the journeys has mounted something there.
  spawnSync('umount', ['--quiet', folder], { stdio: 'ignore' });
});

async function chooseLog(app: ElectronApplication, page: Page, path: string, format: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await page.keyboard.press('Control+Shift+Enter');
  await page.getByRole('menuitem', { name: 'Log to file…' }).press('Enter');
  const dialog = page.getByRole('alertdialog', { name: /^Log api-prod-1 to a file/ });
  await expect(dialog).toContainText('secrets that are shown on the screen too');
  await dialog.getByRole('radio', { name: format }).check();
  await dialog.getByRole('button', { name: 'Choose file…' }).click();
}

test('a terminal is logged to a file, without what is not echoed, until it is stopped or the disk is full', async ({
  launch,
  startSandbox,
}) => {
  sshd = await startSshd();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder]);
  const { app, window: page } = await launch();
  await connectTo(page, await startSandbox(), sshd, { method: 'password' });
  await page.getByRole('button', { name: 'Trust and connect' }).click();
  await page.getByLabel('Password', { exact: true }).fill(sshd.password);
  await page.keyboard.press('Enter');
  await expectShell(page);
  const tab = page.getByRole('tab', { name: /^api-prod-1/ });
  const focused = page.locator('.xterm-helper-textarea:focus');

  const path = join(folder, 'a.log');
  const log = (): Promise<string> => readFile(path, 'utf8');
  await chooseLog(app, page, path, 'Text');
  await expect(page.getByText(`Logging text to ${path}`)).toBeVisible();
  await expect(tab).toHaveAccessibleName(/, logged$/);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await expect(focused).toHaveCount(1);
  await typeLine(page, "printf '\\033[31mred\\033[0m-%s\\n' line; read -rs hidden; echo got $((6*7))");
  await expect.poll(log).toContain('red-line\n');
  await typeLine(page, 'hunter2');
  await expect.poll(log).toContain('got 42\n');
  expect(await log()).not.toContain('hunter2');
  expect(await log()).not.toContain('\u001b');

  await page.getByRole('button', { name: 'Stop the log' }).click();
  await expect(tab).not.toHaveAccessibleName(/logged/);
  await expect(focused).toHaveCount(1);
  await typeLine(page, 'echo after-"it"');
  await expect(terminalRows(page)).toContainText('after-it');
  expect(await log()).not.toContain('after-it');

  await chooseLog(app, page, path, 'Raw output');
  await expect(page.getByText(`Logging raw output to ${path}`)).toBeVisible();
  await expect(focused).toHaveCount(1);
  await typeLine(
    page,
    'printf \'\\033[31mraw\\033[0m\\n\'; head -c 400000 /dev/zero | base64; echo all-"of it"',
  );
  await expect(page.getByText(/^The log stopped\. The disk is full\./)).toBeVisible();
  await expect(tab).toHaveAccessibleName(/log stopped/);
  // The terminal goes on, and what was there before is there.
  await expect(terminalRows(page)).toContainText('all-of it');
  expect(await log()).toContain('got 42\n');
  expect(await log()).toContain('\u001b[31mraw\u001b[0m\r\n');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(tab).not.toHaveAccessibleName(/log/);
  await rm(path);
});

test('what was printed is in the log, also where the app quits at once', async ({ launch, startSandbox }) => {
  sshd = await startSshd();
  const { app, window: page } = await launch();
  await connectTo(page, await startSandbox(), sshd, { method: 'password' });
  await page.getByRole('button', { name: 'Trust and connect' }).click();
  await page.getByLabel('Password', { exact: true }).fill(sshd.password);
  await page.keyboard.press('Enter');
  await expectShell(page);
  const path = join(folder, 'quit.log');
  await chooseLog(app, page, path, 'Text');
  await expect(page.getByText(`Logging text to ${path}`)).toBeVisible();
  await expect(page.locator('.xterm-helper-textarea:focus')).toHaveCount(1);
  await typeLine(page, 'seq 200000; echo all-"of it"');
  await expect(terminalRows(page)).toContainText('all-of it');
  await app.close();
  expect(await readFile(path, 'utf8')).toMatch(/\n199999\n200000\nall-of it\n/);
});
