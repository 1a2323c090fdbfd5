import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from '../support/accessibility.ts';
import { instanceId } from '../support/evorxa-steps.ts';
import { askedCount, expect, test } from '../support/signed-in.ts';
import { expectShell } from '../support/sshd-steps.ts';
import { sshdMissing, startSshd } from '../support/sshd.ts';
import { openInstance, saveSshSettings } from '../support/window-steps.ts';

test('one-click access is set up by a password that was remembered, and one click is one click', async ({
  launchSignedIn,
  sandbox,
  session,
}) => {
  test.skip(sshdMissing() !== null, sshdMissing() ?? '');
  const sshd = await startSshd({ config: ['AuthorizedKeysFile .ssh/authorized_keys'] });
  try {
    const home = session.keyring?.home ?? '';
    const { window } = await launchSignedIn();
    const web = await instanceId(sandbox, 'api-prod-1');
    const { host, port, user } = sshd;
    await saveSshSettings(window, web, { host, port, user, auth: { method: 'auto' } });
    await openInstance(window, 'api-prod-1');
    const dialog = window.getByRole('alertdialog', { name: 'Set up one-click access to api-prod-1' });
    const steps = dialog.getByRole('list', { name: 'Steps' }).getByRole('listitem');
    const confirm = (name: string): Promise<void> =>
      dialog.getByRole('button', { name, exact: true }).click();

    await test.step('the host key is shown before anything is sent', async () => {
      await window.getByRole('button', { name: 'Set up one-click access' }).click();
      await dialog.getByLabel('Name').fill('one click');
      await expectAccessible(window, 'set up one-click access');
      await confirm('Set up');
      await expect(dialog.getByText('Do you know this host key?')).toBeVisible();
      await confirm('Trust and continue');
    });

    await test.step('a server that wants a password leaves all as it was, and says so', async () => {
      await expect(steps.nth(2)).toContainText('The server asks for a password');
      await expect(steps.nth(1)).toContainText('It is in the account as “one click”');
      expect(existsSync(join(sshd.home, '.ssh'))).toBe(false);
      await expectAccessible(window, 'one-click access that failed');
      await confirm('Delete key from the account');
      await expect(steps.nth(1)).toContainText('deleted from the account again');
      await confirm('Close');
      expect(await askedCount(sandbox, 'keys.create')).toBe(1);
      expect(await askedCount(sandbox, 'keys.delete')).toBe(1);
    });

    await test.step('with a remembered password it goes through', async () => {
      await window.getByRole('button', { name: 'SSH', exact: true }).click();
      await window.getByLabel('Password', { exact: true }).fill(sshd.password);
      await window.getByRole('checkbox', { name: /Remember|Save|Keep/ }).check();
      await window.keyboard.press('Enter');
      await expectShell(window);
      await window.getByRole('button', { name: 'Set up one-click access' }).click();
      await dialog.getByLabel('Name').fill('second click');
      await dialog.getByRole('textbox', { name: 'Passphrase' }).fill('a passphrase');
      await confirm('Set up');
      await expect(steps.nth(4)).toContainText('SSH signs in by ~/.ssh/second-click from now on.');
      await confirm('Done');
      const publicKey = readFileSync(join(home, '.ssh', 'second-click.pub'), 'utf8');
      expect(readFileSync(join(sshd.home, '.ssh', 'authorized_keys'), 'utf8')).toBe(publicKey);
      await expect(window.getByText(`${user} · second-click`)).toBeVisible();
    });

    await test.step('the next click asks nothing', async () => {
      const byKey = (): number => sshd.log().split('Accepted publickey').length - 1;
      const before = byKey();
      await window.getByRole('button', { name: 'SSH', exact: true }).click();
      await expect(window.getByRole('tab', { name: /api-prod-1 ?, open\b/ })).toHaveCount(2);
      expect(byKey()).toBe(before + 1);
    });
  } finally {
    await sshd.stop();
  }
});

test('one-click access gets in by a password that is typed for it, or for a session that is open', async ({
  launchSignedIn,
  sandbox,
}) => {
  test.skip(sshdMissing() !== null, sshdMissing() ?? '');
  test.setTimeout(240_000);
  const sshd = await startSshd({ config: ['AuthorizedKeysFile .ssh/authorized_keys'] });
  try {
    const { window } = await launchSignedIn();
    const { host, port, user } = sshd;
    const web = await instanceId(sandbox, 'api-prod-1');
    await saveSshSettings(window, web, { host, port, user, auth: { method: 'auto' } });
    await openInstance(window, 'api-prod-1');
    const dialog = window.getByRole('alertdialog', { name: 'Set up one-click access to api-prod-1' });
    const steps = dialog.getByRole('list', { name: 'Steps' }).getByRole('listitem');
    const confirm = (name: string): Promise<void> =>
      dialog.getByRole('button', { name, exact: true }).click();
    const keys = join(sshd.home, '.ssh', 'authorized_keys');

    await test.step('a password is typed once it is asked for', async () => {
      await window.getByRole('button', { name: 'Set up one-click access' }).click();
      await dialog.getByLabel('Name').fill('by password');
      await confirm('Set up');
      await confirm('Trust and continue');
      const password = dialog.getByRole('textbox', { name: 'Password of the user on the server' });
      await expect(steps.nth(2)).toContainText('The server asks for a password');
      await password.fill('not this one');
      await confirm('Try again');
      await expect(steps.nth(2)).toContainText('did not accept the password');
      await expect(password).toHaveValue('');
      expect(existsSync(keys)).toBe(false);
      await expectAccessible(window, 'one-click access that asks for a password');
      await password.fill(sshd.password);
      await confirm('Try again');
      await expect(steps.nth(4)).toContainText('SSH signs in by ~/.ssh/by-password from now on.');
      await confirm('Done');
      expect(readFileSync(keys, 'utf8').trim().split('\n')).toHaveLength(1);
      // The key was made and registered once, however often the rest was tried.
      expect(await askedCount(sandbox, 'keys.create')).toBe(1);
    });

    await test.step('what was typed in a terminal that is open is not asked for again', async () => {
      rmSync(keys);
      await saveSshSettings(window, web, { host, port, user, auth: { method: 'password' } });
      await window.getByRole('button', { name: 'SSH', exact: true }).click();
      await window.getByLabel('Password', { exact: true }).fill(sshd.password);
      await window.keyboard.press('Enter');
      await expectShell(window);
      await window.getByRole('button', { name: 'Set up one-click access' }).click();
      await dialog.getByLabel('Name').fill('by session');
      await confirm('Set up');
      await expect(steps.nth(4)).toContainText('SSH signs in by ~/.ssh/by-session from now on.');
      await confirm('Done');
      expect(readFileSync(keys, 'utf8').trim().split('\n')).toHaveLength(1);
    });
  } finally {
    await sshd.stop();
  }
});
