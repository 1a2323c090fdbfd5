import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openShellAt, sessionLine } from '../support/shell-steps.ts';
import { expect, test } from '../support/signed-in.ts';
import { makeKey, publicKeyOf, sshdMissing, startSshd } from '../support/sshd.ts';

/** What ends a connection at the host key has neither a question nor another try. */
async function expectStopped(window: Page, sentence: RegExp): Promise<void> {
  await expect(sessionLine(window)).toContainText(sentence);
  await expect(sessionLine(window)).toContainText('Nothing was sent.');
  await expect(window.getByRole('button', { name: /Trust|Connect again/ })).toHaveCount(0);
  await expect(window.getByLabel('Password', { exact: true })).toHaveCount(0);
  await window.getByRole('tabpanel').getByRole('textbox', { name: 'Terminal input' }).press('Enter');
  await expect(sessionLine(window)).toContainText(sentence);
}

test('host keys: changed, of a new type, revoked, hashed', async ({ launchSignedIn, sandbox, session }) => {
  const missing = sshdMissing();
  test.skip(missing !== null, missing ?? '');
  test.slow();
  const home = session.keyring?.home ?? '';
  const usersFile = join(home, '.ssh', 'known_hosts');
  mkdirSync(join(home, '.ssh'), { mode: 0o700, recursive: true });
  const strange = (type: 'ed25519' | 'ecdsa'): string =>
    publicKeyOf(makeKey(home, type, '', `strange_${type}`))
      .split(' ')
      .slice(0, 2)
      .join(' ');
  const [ed25519, ecdsa] = [strange('ed25519'), strange('ecdsa')];
  const sshd = await startSshd();
  try {
    const { window, userDataDir } = await launchSignedIn();
    const host = `[127.0.0.1]:${sshd.port}`;
    const openKnowing = async (...lines: readonly string[]): Promise<string> => {
      const text = `${lines.join('\n')}\n`;
      writeFileSync(usersFile, text);
      const close = window.getByRole('tab', { name: /api-prod-1/ });
      if (await close.isVisible()) await close.press('Delete');
      await openShellAt(window, sandbox, 'api-prod-1', sshd);
      return text;
    };

    await test.step('another key of the same type', async () => {
      await openKnowing(`${host} ${ed25519}`);
      await expectStopped(window, /The host key of .* has changed/);
      const fingerprints = (await sessionLine(window).textContent())?.match(/SHA256:[\w+/]{43}/g);
      expect(new Set(fingerprints).size).toBe(2);
    });

    await test.step('a key of another type where one is known', async () => {
      await openKnowing(`${host} ${ecdsa}`);
      await expectStopped(window, /The host key of .* has changed/);
    });

    await test.step('a key that is revoked, though another line trusts it', async () => {
      const key = sshd.hostPublicKey('ed25519');
      await openKnowing(`${host} ${key}`, `@revoked * ${key}`);
      await expectStopped(window, /The host key of .* is marked as revoked/);
    });

    await test.step('a changed key under a hashed name', async () => {
      await openHashed(`${host} ${ed25519}`, usersFile, openKnowing);
      await expectStopped(window, /The host key of .* has changed/);
    });

    // Of all that nothing has reached the server: no name, no key, no password.
    expect(sshd.log()).not.toMatch(/Failed|Accepted|Invalid user|authenticating user/);

    await test.step('the right key under a hashed name: no question but for the password', async () => {
      const text = await openHashed(`${host} ${sshd.hostPublicKey('ed25519')}`, usersFile, openKnowing);
      await expect(window.getByLabel('Password', { exact: true })).toBeVisible();
      await expect(window.getByRole('button', { name: 'Trust and connect' })).toHaveCount(0);
      expect(readFileSync(usersFile, 'utf8')).toBe(text);
      const own = join(userDataDir, 'known_hosts');
      expect(existsSync(own) ? readFileSync(own, 'utf8') : '').toBe('');
    });
  } finally {
    await sshd.stop();
  }
});

/** The same line as ssh-keygen hashes it. */
async function openHashed(
  line: string,
  file: string,
  open: (...lines: readonly string[]) => Promise<string>,
): Promise<string> {
  writeFileSync(file, `${line}\n`);
  execFileSync('ssh-keygen', ['-q', '-H', '-f', file]);
  const hashed = readFileSync(file, 'utf8').trim();
  expect(hashed).toMatch(/^\|1\|/);
  return open(hashed);
}
