import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/journey.ts';
import { sessionLine } from '../support/shell-steps.ts';
import { makeKey, publicKeyOf, sshdMissing, startSshd, type Sshd } from '../support/sshd.ts';
import { connectTo, expectShell } from '../support/sshd-steps.ts';
import { terminalRows, typeLine } from '../support/window-steps.ts';

const missing = sshdMissing();
test.skip(missing !== null, String(missing));

const openTab = (window: Page) => window.getByRole('tab', { name: /api-prod-1 ?, open\b/ });

let sshd: Sshd;
test.afterEach(() => sshd.stop());

/** A folder of the user's, and a command whose shell tells it, as a prompt that is set up for it does. */
function toldFolder(): string {
  const folder = join(sshd.home, 'a folder');
  mkdirSync(folder);
  const url = `file://${hostname()}${encodeURI(folder)}`;
  writeFileSync(
    join(sshd.home, 'go.sh'),
    `cd '${folder}'; printf '\\033]7;%s\\033\\\\' '${url}'; echo "in"-"it"\n`,
  );
  return folder;
}

async function goThere(window: Page): Promise<void> {
  await typeLine(window, '. ./go.sh');
  await expect(terminalRows(window)).toContainText('in-it');
}

async function expectThere(window: Page, folder: string): Promise<void> {
  await expect(openTab(window)).toBeVisible();
  await window.locator('.xterm-helper-textarea').focus();
  await typeLine(window, 'echo "<$PWD>"');
  await expect(terminalRows(window)).toContainText(`<${folder}>`);
}

test('a link that is cut: Enter connects again below what was there, in the same directory', async ({
  launch,
  startSandbox,
  session,
}) => {
  const path = makeKey(session.keyring?.home ?? '', 'ed25519');
  sshd = await startSshd({ authorizedKeys: [publicKeyOf(path)] });
  const folder = toldFolder();
  const { window } = await launch();
  await connectTo(window, await startSandbox(), sshd, { method: 'key-file', path });
  await window.getByRole('button', { name: 'Trust and connect' }).click();
  await expectShell(window);
  await goThere(window);

  sshd.cut();
  await expect(sessionLine(window)).toContainText(
    /The connection was lost: .* Press Enter to connect again\./,
  );
  await expect(sessionLine(window)).not.toContainText('by itself');
  await window.keyboard.press('Enter');
  await expectThere(window, folder);
  await expect(terminalRows(window)).toContainText('it-works');
  await expect(terminalRows(window)).toContainText('Connection lost:');
});

test('connects again by itself where that is set: until somebody stops it', async ({
  launch,
  startSandbox,
  session,
}) => {
  const path = makeKey(session.keyring?.home ?? '', 'ed25519');
  sshd = await startSshd({ authorizedKeys: [publicKeyOf(path)] });
  const folder = toldFolder();
  const { window } = await launch();
  await connectTo(window, await startSandbox(), sshd, { method: 'key-file', path });
  await window.getByRole('button', { name: 'Trust and connect' }).click();
  await expectShell(window);
  await window.getByRole('link', { name: 'Settings' }).click();
  await window.getByRole('switch', { name: 'Connect again when lost' }).click();
  await expect(window.getByRole('switch', { name: 'Connect again when lost' })).toBeChecked();
  await window.locator('.xterm-helper-textarea').focus();
  await goThere(window);

  await test.step('the link is cut: it is back in its directory, and nobody pressed a key', async () => {
    sshd.cut();
    await expect(terminalRows(window)).toContainText('Connection lost:');
    await expectThere(window, folder);
  });

  await test.step('the server is away for longer: attempts, said with their number', async () => {
    await sshd.kill();
    await expect(sessionLine(window)).toContainText(
      /It connects again by itself in \d+ s, attempt \d+ of 10\./,
    );
    await window.getByRole('button', { name: 'Stop' }).click();
    await expect(sessionLine(window)).not.toContainText('by itself');
    await expect(window.getByRole('button', { name: 'Connect again' })).toBeVisible();
  });
});

test('asks for no password by itself, and does not connect again by itself after exit', async ({
  launch,
  startSandbox,
}) => {
  sshd = await startSshd();
  const { window } = await launch();
  await connectTo(window, await startSandbox(), sshd, { method: 'password' });
  await window.getByRole('button', { name: 'Trust and connect' }).click();
  await window.getByLabel('Password', { exact: true }).fill(sshd.password);
  await window.keyboard.press('Enter');
  await expectShell(window);
  await window.getByRole('link', { name: 'Settings' }).click();
  await window.getByRole('switch', { name: 'Connect again when lost' }).click();
  await expect(window.getByRole('switch', { name: 'Connect again when lost' })).toBeChecked();

  sshd.cut();
  await expect(sessionLine(window)).toContainText('to connect again takes an answer of yours. Press Enter');
  await expect(window.getByLabel('Password', { exact: true })).toHaveCount(0);

  await window.locator('.xterm-helper-textarea').focus();
  await window.keyboard.press('Enter');
  const form = window.getByRole('form', { name: /^Password of/ });
  await form.getByLabel('Password', { exact: true }).fill('wrong');
  await window.keyboard.press('Enter');
  await expect(form.getByText('The server did not accept that password. Try again.')).toBeVisible();
  await expect(form.getByLabel('Password', { exact: true })).toHaveValue('');
  await form.getByLabel('Password', { exact: true }).fill(sshd.password);
  await window.keyboard.press('Enter');
  await expect(openTab(window)).toBeVisible();
  await typeLine(window, 'exit');
  await expect(sessionLine(window)).toContainText('The shell ended. Press Enter to connect again.');
  await expect(sessionLine(window)).not.toContainText('by itself');
});

test('another network: the tab says that the server’s answer is waited for, and goes on with it', async ({
  launch,
  startSandbox,
  session,
}) => {
  const path = makeKey(session.keyring?.home ?? '', 'ed25519');
  sshd = await startSshd({ authorizedKeys: [publicKeyOf(path)] });
  const { window } = await launch();
  await connectTo(window, await startSandbox(), sshd, { method: 'key-file', path });
  await window.getByRole('button', { name: 'Trust and connect' }).click();
  await expectShell(window);
  const ip = (words: string): unknown => execFileSync('ip', words.split(' '));
  const name = `net${String(sshd.port)}`;
  sshd.freeze();
  ip(`link add ${name} type veth peer name ${name}p`);
  try {
    ip(`address add 192.0.2.${String((sshd.port % 250) + 1)}/32 dev ${name}`);
    ip(`link set ${name}p up`);
    ip(`link set ${name} up`);
    await expect(sessionLine(window)).toHaveText('Checking whether the server still answers…');
    sshd.thaw();
    await expect(sessionLine(window)).toHaveCount(0);
    await expectShell(window);
  } finally {
    ip(`link delete ${name}`);
  }
});
