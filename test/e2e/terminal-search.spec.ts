import { startShellServer, type ShellServer } from '../support/raw-ssh-servers.ts';
import { openShellAt, signInToShell } from '../support/shell-steps.ts';
import { expect, test } from '../support/signed-in.ts';
import { terminalRows } from '../support/window-steps.ts';

let server: ShellServer;
test.afterEach(() => server.close());

test('a search says how often it found something, marks all of it, and takes case, words and expressions', async ({
  launchSignedIn,
  sandbox,
}) => {
  server = await startShellServer();
  const { window: page } = await launchSignedIn();
  await openShellAt(page, sandbox, 'api-prod-1', server);
  await signInToShell(page, 'any');
  await server.opened;
  await server.send('Error one\r\nerror two\r\nerrors three\r\nterror four\r\nlast-line\r\n');
  await expect(terminalRows(page)).toContainText('last-line');
  await page.getByRole('tabpanel').locator('.xterm-helper-textarea').focus();
  await page.keyboard.press('Control+Shift+f');
  const bar = page.getByRole('search');
  const field = bar.getByLabel('Find in the terminal');
  const count = bar.getByRole('status');
  const marks = page.locator('.xterm-decoration-container .xterm-decoration');

  await field.fill('error');
  await expect(count).toHaveText('1 of 4');
  // Each match, and the one that is selected once more.
  await expect(marks).toHaveCount(5);
  await field.press('Enter');
  await expect(count).toHaveText('2 of 4');
  await field.press('Shift+Enter');
  await field.press('Shift+Enter');
  await expect(count).toHaveText('4 of 4');

  await bar.getByRole('button', { name: 'Match case' }).click();
  await expect(count).toHaveText(/ of 3$/);
  await bar.getByRole('button', { name: 'Match whole word' }).click();
  await expect(count).toHaveText('1 of 1');
  await bar.getByRole('button', { name: 'Match case' }).click();
  await expect(count).toHaveText(/ of 2$/);
  await bar.getByRole('button', { name: 'Match whole word' }).click();
  await bar.getByRole('button', { name: 'Use a regular expression' }).click();
  await field.fill('errors? t(wo|hree)');
  await expect(count).toHaveText(/ of 2$/);
  await field.fill('errors? (');
  await expect(count).toHaveText('Invalid expression: unterminated group');
  await expect(marks).toHaveCount(0);
  await field.fill('no such thing');
  await expect(count).toHaveText('Not found');

  await test.step('output that comes is searched too', async () => {
    await field.fill('one|five');
    await expect(count).toHaveText('1 of 1');
    await server.send('five\r\n');
    await expect(count).toHaveText(/ of 2$/);
  });

  await test.step('an expression that would take for ever is not looked for', async () => {
    await server.send(`${'a'.repeat(48)}!\r\n`);
    await field.fill('(a+)+$');
    await expect(count).toHaveText('Takes too long: make it simpler');
    await field.fill('one|five');
    await expect(count).toHaveText(/ of 2$/);
  });

  await test.step('what was looked for stands there when the search is opened again', async () => {
    await field.press('Escape');
    await expect(bar).toBeHidden();
    await expect(marks).toHaveCount(0);
    await page.keyboard.press('Control+Shift+f');
    await expect(field).toHaveValue('one|five');
    await expect(count).toHaveText(/ of 2$/);
    await expect(bar.getByRole('button', { name: 'Use a regular expression' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  await test.step('very many matches are counted to an end', async () => {
    await server.send('many '.repeat(3_000));
    await field.fill('many');
    await expect(count).toHaveText(/of 1,000\+$/);
  });
});
