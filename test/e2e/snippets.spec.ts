import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { instanceId } from '../support/evorxa-steps.ts';
import { expect, test } from '../support/journey.ts';
import { sshdMissing, startSshd, type Sshd } from '../support/sshd.ts';
import { connectTo, expectShell } from '../support/sshd-steps.ts';
import { chooseForInstance, saveSshSettings, terminalRows } from '../support/window-steps.ts';

const missing = sshdMissing();
test.skip(missing !== null, String(missing));

let sshd: Sshd;
let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snippets-'));
});
test.afterEach(async () => {
  await sshd.stop();
  await rm(folder, { recursive: true });
});

const made = (name: string): Promise<string> => readFile(join(sshd.home, name), 'utf8').catch(() => '');
const runDialog = (page: Page): Locator => page.getByRole('alertdialog', { name: 'Run a snippet' });
const snippets = (page: Page): Locator => page.getByRole('region', { name: 'Snippets' });

/** The system's dialog for a file gives this path. */
async function answerFileDialogs(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, path);
}

async function newSnippet(page: Page, name: string, text: string, runsAtOnce = true): Promise<void> {
  await snippets(page).getByRole('button', { name: 'New snippet' }).click();
  const form = page.getByRole('alertdialog', { name: 'New snippet' });
  await expect(form.getByRole('button', { name: 'Save snippet' })).toBeDisabled();
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('Text').fill(text);
  await form.getByRole('checkbox', { name: 'Run at once' }).setChecked(runsAtOnce);
  await form.getByRole('button', { name: 'Save snippet' }).click();
  await expect(form).toBeHidden();
}

async function chooseSnippet(page: Page, name: string): Promise<void> {
  await runDialog(page).getByLabel('Snippet', { exact: true }).click();
  await page.getByRole('option', { name }).click();
}

test('a snippet is run in one terminal and in several, with values that no shell acts on', async ({
  launch,
  startSandbox,
}) => {
  test.setTimeout(120_000);
  sshd = await startSshd();
  const sandbox = await startSandbox();
  const { window: page } = await launch();
  await connectTo(page, sandbox, sshd, { method: 'password' });
  await page.getByRole('button', { name: 'Trust and connect' }).click();
  await page.getByLabel('Password', { exact: true }).fill(sshd.password);
  await page.keyboard.press('Enter');
  await expectShell(page);
  const { host, port, user } = sshd;
  await saveSshSettings(page, await instanceId(sandbox, 'api-prod-2'), {
    host,
    port,
    user,
    auth: { method: 'password' },
  });
  await chooseForInstance(page, 'api-prod-2', /^SSH/);
  await page.getByLabel('Password', { exact: true }).fill(sshd.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: /api-prod-2 ?, open/ })).toBeVisible();
  await expect(terminalRows(page)).toContainText('$');

  await page.getByRole('link', { name: 'Settings' }).click();
  await newSnippet(page, 'Note', `printf '%s\\n' {{name}} {{user}} "{{what}}" >> note-{{name}}`);
  await newSnippet(page, 'Look', 'echo loo"king"', false);
  await expect(snippets(page).getByRole('listitem')).toHaveCount(2);

  await test.step('in the terminal in front: the text is shown before it is run', async () => {
    await page.getByRole('tab', { name: /^api-prod-1/ }).click();
    await page.keyboard.press('Control+Shift+s');
    await chooseSnippet(page, 'Note');
    const run = runDialog(page).getByRole('button', { name: 'Run', exact: true });
    await expect(run).toBeDisabled();
    await runDialog(page).getByLabel('what').fill("$(touch owned); '");
    await expect(runDialog(page).getByRole('group', { name: /^Text for api-prod-1/ })).toContainText(
      `printf '%s\\n' api-prod-1 ${sshd.user} ""'$(touch owned); '\\'"" >> note-api-prod-1`,
    );
    await run.click();
    await expect.poll(() => made('note-api-prod-1')).toBe(`api-prod-1\n${sshd.user}\n$(touch owned); '\n`);
    expect(await made('note-api-prod-2')).toBe('');
    await expect(page.locator('.xterm-helper-textarea:focus')).toHaveCount(1);
  });

  await test.step('in several: what was asked for was not kept, and each has the values of its instance', async () => {
    await page.keyboard.press('Control+Shift+s');
    await chooseSnippet(page, 'Note');
    await expect(runDialog(page).getByLabel('what')).toHaveValue('');
    await runDialog(page).getByLabel('what').fill('again');
    await runDialog(page).getByRole('checkbox', { name: 'All 2' }).check();
    await expect(runDialog(page).getByRole('group', { name: /^Text for/ })).toHaveCount(2);
    await runDialog(page).getByRole('button', { name: 'Run in 2 terminals' }).click();
    await expect.poll(() => made('note-api-prod-2')).toBe(`api-prod-2\n${sshd.user}\nagain\n`);
    await expect.poll(() => made('note-api-prod-1')).toMatch(/again\n$/);
    expect(await made('owned')).toBe('');
  });

  await test.step('one that waits on the line, found in the palette, runs by Enter alone', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search commands' }).fill('run look');
    await page.getByRole('option', { name: /^Run Look/ }).click();
    await runDialog(page).getByRole('button', { name: 'Type', exact: true }).click();
    await expect(terminalRows(page)).toContainText('echo loo"king"');
    await expect(terminalRows(page)).not.toContainText('looking');
    await expect(page.locator('.xterm-helper-textarea:focus')).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(terminalRows(page)).toContainText('looking');
  });
});

test('snippets are changed, deleted, exported and imported again', async ({ launch, startSandbox }) => {
  sshd = await startSshd();
  const { app, window: page } = await launch();
  await connectTo(page, await startSandbox(), sshd, { method: 'password' });
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(snippets(page).getByRole('button', { name: 'Export…' })).toBeDisabled();
  await newSnippet(page, 'Disk', 'df -h');
  await newSnippet(page, 'Ping', 'ping {{ip}}');
  await snippets(page).getByRole('button', { name: 'Edit Disk' }).click();
  const form = page.getByRole('alertdialog', { name: 'Edit snippet' });
  await form.getByLabel('Text').fill('df -h {{path}}');
  await expect(form).toContainText('Asked for at each run: path');
  await form.getByRole('button', { name: 'Save snippet' }).click();
  await expect(snippets(page)).toContainText('df -h {{path}}');

  const file = join(folder, 'mine.json');
  await answerFileDialogs(app, file);
  await snippets(page).getByRole('button', { name: 'Export…' }).click();
  await expect(page.getByText('Saved as mine.json')).toBeVisible();
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
    snippets: [
      { name: 'Disk', text: 'df -h {{path}}', runsAtOnce: true },
      { name: 'Ping', text: 'ping {{ip}}', runsAtOnce: true },
    ],
  });

  await snippets(page).getByRole('button', { name: 'Delete Ping' }).click();
  await page
    .getByRole('alertdialog', { name: 'Delete Ping?' })
    .getByRole('button', { name: 'Delete snippet' })
    .click();
  await expect(snippets(page).getByRole('listitem')).toHaveCount(1);
  await snippets(page).getByRole('button', { name: 'Import…' }).click();
  await expect(page.getByText('Added 1 snippet. 1 snippet was there already.')).toBeVisible();
  await expect(snippets(page).getByRole('listitem')).toHaveCount(2);

  await writeFile(file, 'no JSON');
  await snippets(page).getByRole('button', { name: 'Import…' }).click();
  await expect(page.getByText('This is no file of snippets.')).toBeVisible();
});
