import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { findCanary } from '../support/canary.ts';
import { enterToken, expect, freshness, instanceRow, refresh, test as base } from '../support/signed-in.ts';
import { storedSecrets } from '../support/stored-secrets.ts';

const test = base.extend<{ readonly userDataDir: string }>({
  userDataDir: async ({ session }, use) => {
    const folder = await mkdtemp(join(session.keyring?.home ?? tmpdir(), 'data-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  },
});

test.skip(process.platform !== 'linux', 'a keyring of its own is made on Linux only');

const isInMemory = (page: Page) => page.getByText('The token is kept only until you quit.');

for (const keyring of ['absent', 'locked', 'prompt-hangs', 'mute'] as const) {
  test.describe(`a keychain that is ${keyring}`, () => {
    test.use({ keyring });

    test('signs in all the same, keeps the token in memory only, and says so', async ({
      launch,
      sandbox,
      userDataDir,
    }) => {
      const { app, window: page } = await launch({ userDataDir, env: { EVORXA_API_URL: sandbox.apiUrl } });

      await enterToken(page, sandbox.tokens.full);

      // The servers are there before the keychain has answered, if it ever does.
      await expect(instanceRow(page, 'api-prod-1')).toBeVisible();
      await expect(isInMemory(page)).toBeVisible({ timeout: 20_000 });
      await refresh(page);
      await expect(freshness(page)).toHaveText('Live');
      const found = await findCanary(sandbox.tokens.full, {
        folders: [userDataDir],
        pids: [app.process().pid ?? 0],
      });
      expect(found).toEqual([]);
      await page.getByRole('link', { name: 'Wallet' }).click();
      await expect(page.getByRole('heading', { name: 'Wallet', level: 1 })).toBeVisible();
    });
  });
}

test('locked at the next start: the account stays and says why, and the token is still in it', async ({
  launch,
  launchSignedIn,
  sandbox,
  session,
  userDataDir,
}) => {
  const first = await launchSignedIn({ userDataDir });
  await expect.poll(() => storedSecrets(session)).toEqual([sandbox.tokens.full]);
  await first.close();
  await session.keyring?.lock();

  const { window: page } = await launch({ userDataDir, env: { EVORXA_API_URL: sandbox.apiUrl } });

  await expect(page.getByText('The keychain is locked.')).toBeVisible({ timeout: 20_000 });
  await session.keyring?.unlock();
  await page.getByRole('button', { name: 'Unlock keychain' }).click();
  await expect(freshness(page)).toHaveText('Live');
  expect(await storedSecrets(session)).toEqual([sandbox.tokens.full]);
});

test('locked in mid-run: polling goes on; signing out says what is left, and the next start removes it', async ({
  launch,
  launchSignedIn,
  sandbox,
  session,
  userDataDir,
}) => {
  const first = await launchSignedIn({ userDataDir });
  const { window: page } = first;
  await expect.poll(() => storedSecrets(session)).toEqual([sandbox.tokens.full]);

  await session.keyring?.lock();
  await refresh(page);
  await expect(freshness(page)).toHaveText('Live');

  await page.getByRole('button', { name: /^Account / }).click();
  await page.getByRole('menuitem', { name: /^Sign out/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to Evorxa' })).toBeVisible();
  await expect(page.getByText('The keychain could not delete the API token.').first()).toBeVisible({
    timeout: 20_000,
  });
  await session.keyring?.unlock();
  expect(await storedSecrets(session)).toEqual([sandbox.tokens.full]);
  await first.close();

  const { window: again } = await launch({ userDataDir, env: { EVORXA_API_URL: sandbox.apiUrl } });
  await expect(again.getByRole('heading', { name: 'Sign in to Evorxa' })).toBeVisible();
  await expect.poll(() => storedSecrets(session)).toEqual([]);
});
