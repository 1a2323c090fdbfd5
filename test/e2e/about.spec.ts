import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readBuildInfo } from '../../scripts/lib/build-info.mjs';
import { projectRoot } from '../../scripts/lib/files.mjs';
import { expectAccessible } from '../support/accessibility.ts';
import { expect, test } from '../support/signed-in.ts';

async function runCommand(window: Page, name: string): Promise<void> {
  await window.keyboard.press('Control+k');
  await window.getByRole('combobox', { name: 'Search commands' }).fill(name);
  await window.keyboard.press('Enter');
}

test('the app says what it is, from which commit, and its license notices', async ({ launchSignedIn }) => {
  const { app, window } = await launchSignedIn();
  await runCommand(window, 'About Evorxa');
  const card = window.getByRole('region', { name: 'Evorxa' });
  const { electron, chrome, node } = await app.evaluate(() => ({ ...process.versions }));
  for (const text of ['0.1.0', electron, chrome, node]) await expect(card).toContainText(text);
  // The build may be of an earlier commit, where nothing of the app has changed since.
  if (readBuildInfo(projectRoot).commit !== '') await expect(card).toContainText(/Commit\s*[0-9a-f]{12}/);
  await expectAccessible(window, 'about');
  await card.getByRole('button', { name: 'License notices' }).click();
  const notices = window.getByRole('dialog', { name: 'License notices' });
  await expect(notices).toContainText(/svelte \d+\.\d+\.\d+ \(MIT\)/);
  await expectAccessible(window, 'license notices');
  await window.keyboard.press('Escape');
  await expect(notices).toBeHidden();
});

test('the diagnostics are shown before they are saved, and say nothing of whose they are', async ({
  launchSignedIn,
  sandbox,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'evorxa-diagnostics-'));
  const { app, window } = await launchSignedIn();
  const secrets = {
    token: sandbox.tokens.full,
    password: 'hunter2-canary-9f',
    consoleAddress: 'wss://console.customer.com/vnc?token=canary77aa88bb99cc',
    serverName: 'api-prod-1',
    strange: 'somebody-elses.server.com',
    address: '203.0.113.77',
    address6: '2001:db8::cafe:77',
    email: 'jane.canary@customer.com',
  };
  // Errors of the page take the way of real ones: into the log, and from there into the report.
  await window.evaluate(async (planted) => {
    const message = `Could not reach ${planted.serverName} at ${planted.address} and [${planted.address6}]`;
    const stack = [
      `Error: password=${planted.password} of ${planted.email}`,
      `    at ${planted.consoleAddress}`,
      `    at ${planted.strange} Bearer ${planted.token}`,
    ].join('\n');
    await globalThis.window.evorxa.calls.app.reportError({ where: 'event', message, stack });
  }, secrets);
  await sandbox.control.addFault({ endpoint: 'keys.list', kind: 'drift', drift: 'bad-row' });
  await window.getByRole('link', { name: 'SSH keys' }).click();
  await expect(window.getByText(/could not be read/)).toBeVisible();

  await runCommand(window, 'Diagnostics');
  const dialog = window.getByRole('dialog', { name: 'Diagnostics' });
  const shown = dialog.locator('pre');
  await expect(shown).toContainText('# Evorxa diagnostics');
  await expectAccessible(window, 'diagnostics');
  const path = join(folder, 'report.md');
  await app.evaluate(({ dialog: boxes }, filePath) => {
    boxes.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await dialog.getByRole('button', { name: 'Save…' }).click();
  await expect(window.getByText('Saved as report.md')).toBeVisible();
  const saved = await readFile(path, 'utf8');
  expect(saved).toBe(await shown.textContent());
  for (const [what, secret] of Object.entries(secrets)) expect(saved, what).not.toContain(secret);
  expect(saved).not.toMatch(/canary|customer|hunter2/);
  expect(saved).toContain('Could not reach [instance] at [address]');
  expect(saved).toMatch(/ssh-keys: 1 row/);
  expect(saved).toContain('Missing on this system');
  expect(saved).toContain(`Account at ${new URL(sandbox.apiUrl).host}: ready, token in the keychain`);
  await rm(folder, { recursive: true });
});

test('who cannot sign in gets the diagnostics too', async ({ launch }) => {
  const { window } = await launch();
  await window.getByRole('button', { name: 'Diagnostics' }).click();
  const shown = window.getByRole('dialog', { name: 'Diagnostics' }).locator('pre');
  await expect(shown).toContainText(/## Accounts\n\nNone\./);
});

test('a report that cannot be written is said', async ({ launchSignedIn }) => {
  const folder = await mkdtemp(join(tmpdir(), 'evorxa-diagnostics-'));
  await writeFile(join(folder, 'file'), '');
  const { app, window } = await launchSignedIn();
  await runCommand(window, 'Diagnostics');
  const dialog = window.getByRole('dialog', { name: 'Diagnostics' });
  await app.evaluate(
    ({ dialog: boxes }, filePath) => {
      boxes.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    },
    join(folder, 'file/report.md'),
  );
  await dialog.getByRole('button', { name: 'Save…' }).click();
  await expect(window.getByText('The file could not be written (ENOTDIR).')).toBeVisible();
  await rm(folder, { recursive: true });
});
