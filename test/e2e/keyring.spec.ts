import type { Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { expect, noSessionBus, test } from '../support/journey.ts';
import { instanceRow, signIn } from '../support/window-steps.ts';

test.skip(noSessionBus !== false, String(noSessionBus));

let userDataDir: string;
test.beforeEach(async () => {
  userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-user-data-'));
});
test.afterEach(() => rm(userDataDir, { recursive: true, force: true, maxRetries: 10 }));

/** An app that hangs is ended by force after this, and its test fails. */
const quitTimeoutMs = 5_000;

/** The library holds its thread for 2,000 ms where the daemon is mute; a busy machine for some hundred. */
const stallLimitMs = 1_500;

/** Watches main's thread. Gives what tells how long it was held at most, in ms. */
async function watchStalls(app: ElectronApplication): Promise<() => Promise<number>> {
  await app.evaluate(() => {
    const seen = { longestMs: 0 };
    Object.assign(globalThis, { seenStalls: seen });
    let lastMs = performance.now();
    setInterval(() => {
      const nowMs = performance.now();
      seen.longestMs = Math.max(seen.longestMs, nowMs - lastMs);
      lastMs = nowMs;
    }, 20);
  });
  return () =>
    app.evaluate(() => (globalThis as unknown as { seenStalls: { longestMs: number } }).seenStalls.longestMs);
}

for (const keyring of ['absent', 'locked', 'prompt-hangs', 'mute'] as const) {
  test.describe(`with a keyring that is ${keyring}`, () => {
    test.use({ keyring });

    test('a token is held until the app quits, and the app quits in time', async ({
      launch,
      startSandbox,
    }) => {
      const sandbox = await startSandbox();
      const { app, window } = await launch({ userDataDir });
      const longestStall = await watchStalls(app);
      await signIn(window, sandbox);
      await expect(window.getByText('The token is kept only until you quit.')).toBeVisible({
        timeout: 20_000,
      });
      expect(await longestStall()).toBeLessThan(stallLimitMs);
      const closed = app.waitForEvent('close', { timeout: quitTimeoutMs });
      // The app may be gone before it has answered.
      await window
        .evaluate(() => void globalThis.window.evorxa.calls.app.quit(undefined))
        .catch(() => undefined);
      await closed;
    });
  });
}

test('a keyring that was locked between two starts keeps the account, and is unlocked by a click', async ({
  launch,
  startSandbox,
  session,
}) => {
  const sandbox = await startSandbox();
  const first = await launch({ userDataDir });
  await signIn(first.window, sandbox);
  await tokenIsSaved(first.window);
  await first.close();
  await session.keyring?.lock();

  const { window } = await launch({ userDataDir });
  await expect(window.getByText('The keychain is locked.').first()).toBeVisible({ timeout: 20_000 });
  await window.getByRole('link', { name: 'SSH keys' }).click();
  await session.keyring?.unlock();
  await window.getByRole('button', { name: 'Unlock keychain' }).first().click();
  await expect(window.getByText('The keychain is locked.')).toHaveCount(0);
  // A page that had nothing to ask with asks then.
  await expect(window.getByText('laptop').first()).toBeVisible();
  await window.getByRole('link', { name: 'Instances' }).click();
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
});

test('a keyring that is locked in mid-run takes nothing away', async ({ launch, startSandbox, session }) => {
  const sandbox = await startSandbox();
  const { window } = await launch({ userDataDir });
  await signIn(window, sandbox);
  await session.keyring?.lock();
  await sandbox.control.clearLog();
  await window.evaluate(() => globalThis.window.evorxa.calls.snapshot.refresh(undefined));
  const asked = await sandbox.control.log();
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every(({ status }) => status === 200)).toBe(true);
});

/** Waits until the keychain has the token: the list is there before that. */
async function tokenIsSaved(window: Page): Promise<void> {
  const storage = (): Promise<string | undefined> =>
    window.evaluate(async () => {
      const answer = await globalThis.window.evorxa.calls.accounts.state(undefined);
      return answer.ok ? answer.value.accounts[0]?.storage : undefined;
    });
  await expect.poll(storage).toBe('keychain');
}
