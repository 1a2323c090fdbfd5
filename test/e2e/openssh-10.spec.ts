import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { instanceId } from '../support/evorxa-steps.ts';
import { expect, test } from '../support/journey.ts';
import { codeAlone, enrol, passwordAndCode } from '../support/second-factor.ts';
import { sessionLine } from '../support/shell-steps.ts';
import {
  makeKey,
  openSsh10Missing,
  publicKeyOf,
  startSshd,
  type Sshd,
  type SshdOptions,
} from '../support/sshd.ts';
import { connectTo, expectShell } from '../support/sshd-steps.ts';
import { openInstance, refresh, saveSshSettings, signIn } from '../support/window-steps.ts';

const missing = openSsh10Missing();
test.skip(missing !== null, String(missing));

let sshd: Sshd;
test.afterEach(() => sshd.stop());

async function start(options: SshdOptions = {}): Promise<void> {
  sshd = await startSshd({ ...options, isOpenSsh10: true });
}

test('a key opens a shell, after a look at the fingerprint that ssh-keygen prints', async ({
  launch,
  startSandbox,
  session,
}) => {
  const path = makeKey(session.keyring?.home ?? '', 'ed25519');
  await start({ authorizedKeys: [publicKeyOf(path)] });
  const { window } = await launch();
  await connectTo(window, await startSandbox(), sshd, { method: 'key-file', path });
  const printed = execFileSync('ssh-keygen', ['-lf', join(sshd.folder, 'host_ed25519.pub')], {
    encoding: 'utf8',
  });
  const question = window.getByRole('alertdialog');
  await expect(question).toContainText('This computer does not know its key yet. Nothing has been sent yet.');
  await expect(question.getByText(/^SHA256:/)).toHaveText(printed.split(' ')[1] ?? '');
  await question.getByRole('button', { name: 'Trust and connect' }).click();
  await expectShell(window);
  await expectVersion10();
});

test('a password and a code by PAM are asked one after the other, and tried no other way', async ({
  launch,
  startSandbox,
}) => {
  await start({ pam: passwordAndCode, config: ['PasswordAuthentication yes'] });
  const [code] = enrol(sshd);
  const { window } = await launch();
  await connectTo(window, await startSandbox(), sshd, { method: 'auto' });
  await window.getByRole('button', { name: 'Trust and connect' }).click();
  for (let tries = 0; tries < 3; tries += 1) {
    await answer(window, /^Password/, sshd.password);
    await answer(window, /^Verification code/, '00000000');
  }
  await expect(sessionLine(window)).toContainText(
    `The server refused the password for ${sshd.user} or the answer to “Verification code”: it does not say which is wrong.`,
  );
  await connectAgain(window);
  await answer(window, /^Password/, sshd.password);
  await answer(window, /^Verification code/, code);
  await expectShell(window);
  expect(sshd.log()).toContain('Accepted keyboard-interactive/pam');
  expect(sshd.log()).not.toContain('Failed password');
});

test('a key and then a code', async ({ launch, startSandbox, session }) => {
  const path = makeKey(session.keyring?.home ?? '', 'ed25519');
  await start({
    authorizedKeys: [publicKeyOf(path)],
    pam: codeAlone,
    config: ['AuthenticationMethods publickey,keyboard-interactive'],
  });
  const [code] = enrol(sshd);
  const { window } = await launch();
  await connectTo(window, await startSandbox(), sshd, { method: 'key-file', path });
  await window.getByRole('button', { name: 'Trust and connect' }).click();
  await answer(window, /^Verification code/, code);
  await expectShell(window);
});

test('one-click access is set up over the session that a code has opened: the code is not asked for again', async ({
  launch,
  startSandbox,
}) => {
  await start({
    pam: codeAlone,
    config: ['AuthorizedKeysFile .ssh/authorized_keys', 'PasswordAuthentication no'],
  });
  const [code] = enrol(sshd);
  const { window } = await launch();
  await connectTo(window, await startSandbox(), sshd, { method: 'auto' });
  await window.getByRole('button', { name: 'Trust and connect' }).click();
  await answer(window, /^Verification code/, code);
  await expectShell(window);
  await openInstance(window, 'api-prod-1');
  await window.getByRole('button', { name: 'Set up one-click access' }).click();
  const dialog = window.getByRole('alertdialog', { name: /^Set up one-click access to / });
  await dialog.getByLabel('Name').fill('by code');
  await dialog.getByRole('button', { name: 'Set up', exact: true }).click();
  await expect(dialog.getByRole('listitem').last()).toContainText(
    'SSH signs in by ~/.ssh/by-code from now on.',
  );
  expect(sshd.log().split('Accepted keyboard-interactive/pam')).toHaveLength(2);
});

test('failed sign-ins: the address is refused for now, in words, and let in when that is over', async ({
  launch,
  startSandbox,
}) => {
  await start({ config: ['PerSourcePenalties authfail:40s min:10s'] });
  const { window } = await launch();
  await connectTo(window, await startSandbox(), sshd, { method: 'password' });
  await window.getByRole('button', { name: 'Trust and connect' }).click();
  const password = window.getByRole('form').getByLabel('Password', { exact: true });
  for (const wrong of ['one', 'two', 'three']) {
    await expect(password).toHaveValue('');
    await password.fill(wrong);
    await window.keyboard.press('Enter');
  }
  await expect(sessionLine(window)).toContainText(`The password for ${sshd.user} was refused.`);

  await connectAgain(window);
  await expect(sessionLine(window)).toContainText(
    'refuses this address for now (“Not allowed at this time”): too many failed sign-ins, or too many connections ' +
      'at once. Wait half a minute, then press Enter to connect again.',
  );
  await expect(async () => {
    if (!(await password.isVisible())) await connectAgain(window);
    await expect(password).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 90_000 });
  await password.fill(sshd.password);
  await window.keyboard.press('Enter');
  await expectShell(window);
});

test('too many connections that have not signed in: refused for now, and let in once there is room', async ({
  launch,
  startSandbox,
}) => {
  await start({ config: ['MaxStartups 1:100:1'] });
  const other = connect(sshd.port, sshd.host);
  await once(other, 'data');
  const { window } = await launch();
  await connectTo(window, await startSandbox(), sshd, { method: 'password' });
  await expect(sessionLine(window)).toContainText(/refuses this address for now \(“.+”\)/);
  other.destroy();
  const trust = window.getByRole('button', { name: 'Trust and connect' });
  await expect(async () => {
    if (!(await trust.isVisible())) await connectAgain(window);
    await expect(trust).toBeVisible({ timeout: 3_000 });
  }).toPass();
});

test('a server without a cipher in common says which it offers', async ({ launch, startSandbox }) => {
  await start({ config: ['Ciphers chacha20-poly1305@openssh.com'] });
  const { window } = await launch();
  await connectTo(window, await startSandbox(), sshd, { method: 'password' });
  await expect(sessionLine(window)).toContainText(
    'and this app have no cipher in common. It offers chacha20-poly1305@openssh.com; this app has aes',
  );
});

test('what the app looks for by itself earns no penalty', async ({ launch, startSandbox, notifications }) => {
  // Three connections that do not sign in would shut the address out.
  await start({ config: ['PerSourcePenalties noauth:5s min:11s'] });
  const sandbox = await startSandbox();
  const { window } = await launch();
  await signIn(window, sandbox);
  const { host, port, user } = sshd;
  const id = await instanceId(sandbox, 'build-7');
  await saveSshSettings(window, id, { host, port, user, auth: { method: 'password' } });
  await sandbox.control.patchInstance(id, { status: 'running', mainIp: '203.0.113.99' });
  await refresh(window);
  const { body } = await notifications.waitFor(({ title }) => title === 'build-7 is ready', 60_000);
  expect(body).toBe('It answers on SSH at 127.0.0.1.');

  await connectTo(window, sandbox, sshd, { method: 'password' });
  await window.getByRole('button', { name: 'Trust and connect' }).click();
  await window.getByLabel('Password', { exact: true }).fill(sshd.password);
  await window.keyboard.press('Enter');
  await expectShell(window);
});

/** Answers what the server asks by keyboard-interactive. */
async function answer(window: Page, label: RegExp, text: string): Promise<void> {
  const field = window.getByRole('form').getByRole('textbox', { name: label });
  await expect(field).toHaveValue('');
  await field.fill(text);
  await window.keyboard.press('Enter');
  await expect(field).toBeHidden();
}

/** Presses Enter in the terminal of a session that has ended. */
async function connectAgain(window: Page): Promise<void> {
  await window.getByRole('tabpanel').getByRole('textbox').press('Enter');
}

/** What answered is OpenSSH 10 or newer: the tests would prove nothing of it otherwise. */
async function expectVersion10(): Promise<void> {
  const socket = connect(sshd.port, sshd.host);
  const [line] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  expect(line.toString()).toMatch(/^SSH-2\.0-OpenSSH_\d\d/);
}
