import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { expect, test } from '../support/signed-in.ts';
import { connectTo } from '../support/sshd-steps.ts';
import { makeKey, publicKeyOf, sshdMissing, startSshd } from '../support/sshd.ts';

const openPage = (window: Page): Promise<void> => window.getByRole('link', { name: 'Known hosts' }).click();
const table = (window: Page): Locator => window.getByRole('grid', { name: 'Known hosts' });
const row = (window: Page, name: string | RegExp): Locator =>
  table(window).getByRole('row').filter({ hasText: name });

test('the host keys of the user’s file are listed, compared and left as they are', async ({
  launchSignedIn,
  session,
}) => {
  const home = session.keyring?.home ?? '';
  mkdirSync(join(home, '.ssh'), { mode: 0o700, recursive: true });
  const keyPath = makeKey(home, 'ed25519', '', 'web');
  const key = publicKeyOf(keyPath).split(' ').slice(0, 2).join(' ');
  const usersFile = join(home, '.ssh', 'known_hosts');
  const text = `web.example,203.0.113.99 ${key}\n@revoked * ${key}\nbroken ssh-ed25519 AAAA\n`;
  const { window } = await launchSignedIn();

  await test.step('an app that knows none says what becomes known', async () => {
    await openPage(window);
    await expect(window.getByRole('heading', { name: 'No known hosts yet' })).toBeVisible();
  });

  await test.step('a file that came meanwhile is read when the window is back', async () => {
    writeFileSync(usersFile, text);
    await window.evaluate(() => globalThis.window.dispatchEvent(new Event('focus')));
    await expect(row(window, 'web.example, 203.0.113.99')).toContainText(/~\/\.ssh\/known_hosts\s*line 1/);
    await expect(row(window, 'Revoked')).toContainText('revoked');
    await expect(row(window, 'broken')).toContainText('The key is not whole.');
    await expectAccessible(window, 'known hosts');
  });

  await test.step('a key is compared by its fingerprint, in either form, and by itself', async () => {
    await row(window, 'web.example').getByRole('gridcell').first().click();
    const dialog = window.getByRole('alertdialog', { name: /^Host key of web\.example/ });
    const field = dialog.getByRole('textbox', { name: 'Fingerprint or public key' });
    const md5 = execFileSync('ssh-keygen', ['-lf', keyPath, '-E', 'md5'], { encoding: 'utf8' });
    for (const pasted of [execFileSync('ssh-keygen', ['-lf', keyPath], { encoding: 'utf8' }), md5, key]) {
      await field.fill(pasted);
      await expect(dialog.getByText('It is this key.')).toBeVisible();
    }
    const art = execFileSync('ssh-keygen', ['-lvf', keyPath], { encoding: 'utf8' }).split('\n').slice(1);
    await expect(dialog.getByLabel('Randomart of the key')).toHaveText(art.join('\n').trim());
    await field.fill(publicKeyOf(makeKey(home, 'ed25519', '', 'other')));
    await expect(dialog.getByText('It is another key.')).toBeVisible();
    await field.fill('is it?');
    await expect(dialog.getByText('No fingerprint was found in this.')).toBeVisible();
    await field.fill(readFileSync(keyPath, 'utf8'));
    await expect(dialog.getByText('This is a private key.')).toBeVisible();
    await expect(field).toHaveValue('');
    await expectAccessible(window, 'compare a host key');
    await dialog.getByRole('button', { name: 'Done' }).click();
  });

  await test.step('any key can be looked for', async () => {
    await window.getByRole('button', { name: 'Compare key' }).click();
    const dialog = window.getByRole('alertdialog', { name: 'Compare a host key' });
    await dialog.getByRole('textbox').fill(key);
    await expect(dialog.getByRole('listitem')).toHaveCount(2);
    await expect(dialog.getByRole('listitem').first()).toContainText('web.example');
    await window.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('it is searched', async () => {
    const search = window.getByRole('searchbox', { name: 'Search known hosts' });
    await search.fill('revoked');
    await expect(table(window).getByRole('row')).toHaveCount(2);
    await search.fill('nobody');
    await window.getByRole('button', { name: 'Show all known hosts' }).click();
    await expect(row(window, 'broken')).toBeVisible();
  });

  await test.step('the app says how the user’s own line is removed, and does not do it', async () => {
    await row(window, 'web.example')
      .getByRole('button', { name: /^Forget/ })
      .click();
    const dialog = window.getByRole('alertdialog');
    await expect(dialog).toContainText("ssh-keygen -R 'web.example' -f ~/.ssh/known_hosts");
    await expect(dialog.getByRole('button', { name: /^Forget/ })).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Done' }).click();
    expect(readFileSync(usersFile, 'utf8')).toBe(text);
  });
});

test('a key that was trusted in a terminal is listed with its instance, and asked about again once it is forgotten', async ({
  launch,
  sandbox,
}) => {
  test.skip(sshdMissing() !== null, sshdMissing() ?? '');
  const sshd = await startSshd();
  try {
    const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
    await connectTo(window, sandbox, sshd, { method: 'password' });
    await window.getByRole('button', { name: /^Trust/ }).click();
    await expect(window.getByLabel('Password', { exact: true })).toBeVisible();

    await openPage(window);
    const known = row(window, `[127.0.0.1]:${sshd.port}`);
    await expect(known).toContainText('api-prod-1');
    await expect(known).toContainText(/This app\s*line 1/);
    await known.getByRole('button', { name: /^Forget/ }).click();
    const dialog = window.getByRole('alertdialog', { name: /^Forget the host key of/ });
    await expectAccessible(window, 'forget a host key');
    await dialog.getByRole('button', { name: 'Forget host key' }).click();
    await expect(window.getByRole('heading', { name: 'No known hosts yet' })).toBeVisible();

    await window.getByRole('tab', { name: /api-prod-1/ }).click();
    await window.getByRole('button', { name: 'Cancel' }).click();
    await window.getByRole('button', { name: 'Connect again' }).click();
    await expect(window.getByRole('button', { name: /^Trust/ })).toBeVisible();
  } finally {
    await sshd.stop();
  }
});
