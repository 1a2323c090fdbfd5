import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { instanceId } from '../support/evorxa-steps.ts';
import { expect, test } from '../support/signed-in.ts';
import { connectTo } from '../support/sshd-steps.ts';
import { sshdMissing, startSshd } from '../support/sshd.ts';
import { chooseForInstance, saveSshSettings } from '../support/window-steps.ts';

const dialogOf = (window: Page, name: string): Locator =>
  window.getByRole('alertdialog', { name: `Why can’t I connect to ${name}?` });
const step = (dialog: Locator, label: string): Locator =>
  dialog.getByRole('listitem').filter({ hasText: new RegExp(`^\\s*${label}:`) });

test('a terminal that cannot connect leads to why, and to what to do', async ({
  launchSignedIn,
  sandbox,
}) => {
  // Somebody who is no SSH server.
  const mail = createServer((socket) => socket.end('220 mail.example ESMTP\r\n')).listen(0, '127.0.0.1');
  await once(mail, 'listening');
  const { port } = mail.address() as AddressInfo;
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const closedPort = (closed.address() as AddressInfo).port;
  closed.close();
  const { window } = await launchSignedIn();
  const web = await instanceId(sandbox, 'api-prod-1');
  const reach = (to: number, host = '127.0.0.1'): Promise<void> =>
    saveSshSettings(window, web, { host, port: to, user: 'root', auth: { method: 'auto' } });
  const dialog = dialogOf(window, 'api-prod-1');

  try {
    await test.step('nobody listens', async () => {
      await reach(closedPort);
      await chooseForInstance(window, 'api-prod-1', /^SSH/);
      await window.getByRole('button', { name: 'Why can’t I connect?' }).click();
      await expect(step(dialog, 'Port')).toContainText('nothing listens on this port');
      await expect(step(dialog, 'Instance')).toContainText('api-prod-1 is running.');
      await expect(step(dialog, 'Shield')).toContainText('Shield does not protect 127.0.0.1');
      await expect(step(dialog, 'Sign-in')).toContainText('Not checked');
      await expectAccessible(window, 'why a connection fails');
      await step(dialog, 'Port').getByRole('button', { name: 'Edit SSH settings' }).click();
      await expect(window.getByRole('alertdialog', { name: 'SSH settings of api-prod-1' })).toBeVisible();
      await window.keyboard.press('Escape');
    });

    await test.step('something else listens', async () => {
      await reach(port);
      await window.getByRole('button', { name: 'Why can’t I connect?' }).first().click();
      await expect(step(dialog, 'SSH server')).toContainText('It says “220 mail.example ESMTP”.');
      await dialog.getByRole('button', { name: 'Done' }).click();
    });

    await test.step('the name is nobody’s, and the console is what is left', async () => {
      await reach(22, 'no-such-host.invalid');
      await window.getByRole('button', { name: 'Why can’t I connect?' }).first().click();
      await expect(step(dialog, 'Host name')).toContainText('no-such-host.invalid');
      await step(dialog, 'Console').getByRole('button', { name: 'Open console' }).click();
      await expect(
        window.getByRole('tab', { name: /Console.*api-prod-1|api-prod-1.*console/i }),
      ).toBeVisible();
    });
  } finally {
    mail.close();
  }
});

test('where nothing is in the way it says how far a connection gets, and nothing is trusted by it', async ({
  launch,
  sandbox,
}) => {
  test.skip(sshdMissing() !== null, sshdMissing() ?? '');
  const sshd = await startSshd();
  try {
    const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
    await connectTo(window, sandbox, sshd, { method: 'password' });
    await window.getByRole('button', { name: 'Cancel' }).click();
    await chooseForInstance(window, 'api-prod-1', 'Why can’t I connect?');
    const dialog = dialogOf(window, 'api-prod-1');
    await expect(step(dialog, 'SSH server')).toContainText('SSH-2.0-OpenSSH');
    await expect(step(dialog, 'Host key')).toContainText('You are asked whether you trust it.');
    await expect(step(dialog, 'Sign-in')).toContainText('by keys or a password');
    await expect(dialog.getByText(/^No cause was found|^Nothing is in the way/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await chooseForInstance(window, 'api-prod-1', /^SSH/);
    await expect(window.getByRole('button', { name: 'Trust and connect' })).toBeVisible();
  } finally {
    await sshd.stop();
  }
});
