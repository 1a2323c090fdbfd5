import { randomBytes } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { hrefOf } from '../../renderer/state/route-hash.ts';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import { expect, instanceRow, test } from '../support/signed-in.ts';
import { setSize } from '../support/window-steps.ts';

const keyRow = (window: Page, name: string): Locator =>
  window.getByRole('table', { name: 'SSH keys' }).getByRole('row').filter({ hasText: name });

/** A public key as OpenSSH writes it, of no private one. */
function publicKey(comment: string): string {
  const type = Buffer.from('ssh-ed25519');
  const part = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  return `ssh-ed25519 ${Buffer.concat([part(type), part(randomBytes(32))]).toString('base64')} ${comment}`;
}

/** Registers keys with the account, not by this app. */
async function addKeys({ apiUrl, tokens }: RunningSandbox, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const answer = await fetch(`${apiUrl}/ssh-keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.full}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name, public_key: publicKey(name) }),
    });
    expect(answer.status).toBe(201);
  }
}

/** It has the focus, and an outline says so. */
async function expectFocus(target: Locator): Promise<void> {
  await expect(target).toBeFocused();
  await expect(target).toHaveCSS('outline-style', 'solid');
}

test('the focus goes to a page that opens, and to the next row where one is deleted', async ({
  launchSignedIn,
}) => {
  const { window } = await launchSignedIn();
  await instanceRow(window, 'api-prod-1').focus();
  await window.keyboard.press('Enter');
  await expectFocus(window.getByRole('heading', { name: 'api-prod-1', level: 1 }));
  await window.keyboard.press('Tab');
  await expectFocus(window.getByRole('button', { name: /^Copy address/ }).first());

  await window.getByRole('link', { name: 'SSH keys' }).focus();
  await window.keyboard.press('Enter');
  const remove = (name: string): Locator =>
    window.getByRole('button', { name: `Delete ${name}`, exact: true });
  for (const [name, next] of [
    ['jane@desktop', 'deploy@ci'],
    ['deploy@ci', 'jane@laptop'],
  ] as const) {
    await remove(name).focus();
    await window.keyboard.press('Enter');
    const dialog = window.getByRole('alertdialog');
    await expectFocus(dialog.getByRole('button', { name: 'Cancel' }));
    await window.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expectFocus(remove(name));
    await window.keyboard.press('Enter');
    await window.keyboard.press('Tab');
    await window.keyboard.press('Enter');
    await expect(keyRow(window, name)).toHaveCount(0);
    await expectFocus(remove(next));
  }
});

test('a long list of keys scrolls in one place below its headings, to the key that was added', async ({
  launchSignedIn,
  sandbox,
}) => {
  await addKeys(
    sandbox,
    Array.from({ length: 30 }, (_, index) => `key ${index}`),
  );
  const { app, window } = await launchSignedIn();
  await setSize(app, 900, 600);
  await window.evaluate(
    (hash) => {
      location.hash = hash;
    },
    hrefOf({ page: 'ssh-keys' }),
  );
  await expect(keyRow(window, 'key 0')).toBeInViewport();
  await expect(keyRow(window, 'key 29')).not.toBeInViewport();
  await window.getByRole('button', { name: 'Add key' }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Add an SSH key' });
  await dialog.getByLabel('Public key').fill(publicKey('new'));
  await dialog.getByLabel('Name', { exact: true }).fill('the new one');
  await dialog.getByRole('button', { name: 'Add key' }).click();
  await expect(dialog).toBeHidden();
  await expect(keyRow(window, 'the new one')).toBeInViewport();
  await expect(keyRow(window, 'key 0')).not.toBeInViewport();
  await expect(window.getByRole('columnheader', { name: 'Fingerprint' })).toBeInViewport({ ratio: 1 });
  const scrolling = await window.evaluate(() =>
    [...document.querySelectorAll('main, main *')].flatMap((element) =>
      /auto|scroll/u.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight
        ? [element.ariaLabel ?? element.className]
        : [],
    ),
  );
  expect(scrolling).toEqual(['SSH keys']);
});

test('an instance whose deletion is scheduled still shows whether it runs', async ({ launchSignedIn }) => {
  const { window } = await launchSignedIn();
  await expect(instanceRow(window, 'mail')).toContainText(/Running\s*Deletion scheduled/u);
  await instanceRow(window, 'mail').focus();
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: 'mail', level: 1 })).toBeVisible();
  await expect(window.locator('main > header')).toContainText(/Running\s*Deletion scheduled/u);
});
