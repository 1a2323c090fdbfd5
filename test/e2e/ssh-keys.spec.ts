import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { instanceId } from '../support/evorxa-steps.ts';
import { askedCount, expect, test } from '../support/signed-in.ts';
import { makeKey, publicKeyOf, sshdMissing, startSshd } from '../support/sshd.ts';
import { chooseForInstance, saveSshSettings, terminalRows } from '../support/window-steps.ts';

const openKeys = (window: Page): Promise<void> => window.getByRole('link', { name: 'SSH keys' }).click();
const keyRow = (window: Page, name: string): Locator =>
  window.getByRole('table', { name: 'SSH keys' }).getByRole('row').filter({ hasText: name });
const choose = (dialog: Locator, source: string): Promise<void> =>
  dialog
    .getByRole('radiogroup', { name: 'Where the key comes from' })
    .getByText(source, { exact: true })
    .click();

test('keys are pasted, found on this computer, and deleted; a private one never leaves', async ({
  launchSignedIn,
  sandbox,
  session,
}) => {
  const home = session.keyring?.home ?? '';
  mkdirSync(join(home, '.ssh'), { mode: 0o700, recursive: true });
  const laptop = makeKey(join(home, '.ssh'), 'ed25519', 'a passphrase', 'laptop');
  const elsewhere = makeKey(home, 'rsa', '', 'elsewhere');
  execFileSync('ssh-keygen', [
    '-q',
    '-t',
    'rsa',
    '-b',
    '1024',
    '-N',
    '',
    '-C',
    'old',
    '-f',
    join(home, 'weak'),
  ]);
  const { app, window } = await launchSignedIn();
  await openKeys(window);

  await expect(keyRow(window, 'jane@laptop')).toContainText('ed25519');
  await expect(keyRow(window, 'jane@laptop')).toContainText('not on this computer');
  await expectAccessible(window, 'SSH keys');

  await window.getByRole('button', { name: 'Add key' }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Add an SSH key' });
  const add = dialog.getByRole('button', { name: 'Add key' });
  const pasted = dialog.getByLabel('Public key');
  await pasted.fill(readFileSync(laptop, 'utf8'));
  await expect(dialog.getByText('This is a private key.')).toContainText('~/.ssh/id_ed25519.pub');
  await expect(pasted).toHaveValue('');
  await pasted.fill('not a key');
  await expect(dialog.getByText('This is not a public key in OpenSSH’s format.')).toBeVisible();

  const weak = publicKeyOf(join(home, 'weak'));
  await pasted.fill(weak);
  await expect(dialog.getByText('RSA with 1024 bits is too short to be safe.')).toBeVisible();
  await expect(dialog.getByLabel('Name')).toHaveValue('old');
  await add.click();
  await expect(keyRow(window, 'old')).toContainText('RSA 1024');
  expect(await askedCount(sandbox, 'keys.create')).toBe(1);

  await window.getByRole('button', { name: 'Add key' }).click();
  await pasted.fill(weak);
  await expect(dialog.getByText('This key is already registered as “old”.')).toBeVisible();

  await choose(dialog, 'This computer');
  await dialog.getByRole('radio', { name: 'test' }).check();
  await expectAccessible(window, 'add a key');
  await dialog.getByLabel('Name').fill('my laptop');
  await add.click();
  await expect(keyRow(window, 'my laptop')).toContainText('~/.ssh/laptop');

  // A private key's file that is chosen is taken by its public half.
  await app.evaluate(({ dialog: system }, path) => {
    system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, elsewhere);
  await window.getByRole('button', { name: 'Add key' }).click();
  await choose(dialog, 'This computer');
  await dialog.getByRole('button', { name: 'Choose another file' }).click();
  await expect(dialog.getByText(/This is the public half of ~\/elsewhere/)).toBeVisible();
  await dialog.getByLabel('Name').fill('from a file');
  await add.click();
  await expect(keyRow(window, 'from a file')).toContainText('RSA 3072');

  await window.getByRole('button', { name: 'Delete old' }).click();
  const question = window.getByRole('alertdialog', { name: 'Delete the key old?' });
  await expect(question).toContainText('Existing instances keep it');
  await question.getByRole('button', { name: 'Delete old' }).click();
  await expect(keyRow(window, 'old')).toHaveCount(0);
  expect(await askedCount(sandbox, 'keys.delete')).toBe(1);
});

test('a key that is generated here opens a real server, and one that cannot be registered stays', async ({
  launchSignedIn,
  sandbox,
  session,
}) => {
  const missing = sshdMissing();
  test.skip(missing !== null, String(missing));
  const folder = join(session.keyring?.home ?? '', '.ssh');
  const { window } = await launchSignedIn();
  await openKeys(window);

  await sandbox.control.addFault({ endpoint: 'keys.create', kind: 'status', status: 422 });
  await window.getByRole('button', { name: 'Add key' }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Add an SSH key' });
  await choose(dialog, 'Generate');
  await dialog.getByLabel('Name').fill('My laptop');
  await expect(dialog.getByText('written to ~/.ssh/My-laptop on this computer')).toBeVisible();
  await dialog.getByLabel(/^Passphrase/).fill('open sesame');
  await dialog.getByRole('button', { name: 'Generate and add key' }).click();
  await expect(dialog.getByText('The key is in ~/.ssh/My-laptop.')).toBeVisible();
  const path = join(folder, 'My-laptop');
  const written = readFileSync(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);

  await sandbox.control.clearFaults();
  await dialog.getByRole('button', { name: 'Add key' }).click();
  await expect(keyRow(window, 'My laptop')).toContainText('~/.ssh/My-laptop');

  // The same name again: nothing is written over.
  await window.getByRole('button', { name: 'Add key' }).click();
  await choose(dialog, 'Generate');
  await dialog.getByLabel('Name').fill('My laptop');
  await dialog.getByRole('button', { name: 'Generate and add key' }).click();
  await expect(dialog.getByText('There is a file ~/.ssh/My-laptop already.')).toBeVisible();
  expect(readFileSync(path).equals(written)).toBe(true);
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  const sshd = await startSshd({ authorizedKeys: [publicKeyOf(path)] });
  try {
    await saveSshSettings(window, await instanceId(sandbox, 'api-prod-1'), {
      host: sshd.host,
      port: sshd.port,
      user: sshd.user,
      auth: { method: 'key-file', path },
    });
    await window.getByRole('link', { name: 'Instances' }).click();
    await chooseForInstance(window, 'api-prod-1', /^SSH/);
    await window.getByRole('button', { name: 'Trust and connect' }).click();
    await window.getByLabel('Passphrase', { exact: true }).fill('open sesame');
    await window.keyboard.press('Enter');
    await expect(terminalRows(window)).toContainText(`${sshd.user}@`);
    await openKeys(window);
    await expect(keyRow(window, 'My laptop')).toContainText('api-prod-1');
  } finally {
    await sshd.stop();
  }
});
