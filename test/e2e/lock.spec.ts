import type { ElectronApplication, Page } from '@playwright/test';
import { expect, noSessionBus, test } from '../support/journey.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from '../support/accessibility.ts';
import type { MenuItem } from '../support/dbus/menu.ts';
import { startStandInPolkit, type StandInPolkit } from '../support/stand-in-polkit.ts';
import { instanceRow, signIn } from '../support/window-steps.ts';

const passphrase = 'correct horse';

const labelsOf = (menu: readonly MenuItem[]): readonly string[] => menu.map(({ label }) => label);

/** Sets the passphrase in the settings. */
async function setPassphrase(window: Page): Promise<void> {
  await window.getByRole('link', { name: 'Settings' }).click();
  await window.getByRole('button', { name: 'Set a passphrase…' }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Set a passphrase' });
  await dialog.getByLabel('New passphrase', { exact: true }).fill(passphrase);
  await dialog.getByLabel('New passphrase again', { exact: true }).fill('correct house');
  await expect(dialog.getByText('This is not the same.')).toBeVisible();
  await dialog.getByLabel('New passphrase again', { exact: true }).fill(passphrase);
  await dialog.getByRole('button', { name: 'Set passphrase' }).click();
  await expect(window.getByRole('button', { name: 'Lock now' })).toBeVisible();
}

/** The window of the locked app, and none beside it that is shown. */
async function lockedWindow(app: ElectronApplication): Promise<Page> {
  await expect.poll(() => app.windows().filter((page) => page.url().endsWith('/lock.html')).length).toBe(1);
  const page = app.windows().find((each) => each.url().endsWith('/lock.html'));
  if (page === undefined) throw new Error('It is gone again.');
  await expect(page.getByRole('heading', { name: 'Evorxa is locked' })).toBeVisible();
  await expect.poll(() => shownWindows(app)).toEqual(['/lock.html']);
  return page;
}

const shownWindows = (app: ElectronApplication): Promise<readonly string[]> =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => window.isVisible())
      .map((window) => new URL(window.webContents.getURL()).pathname),
  );

async function unlock(page: Page, text = passphrase): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Unlock' }).click();
}

test('the app is locked and unlocked by its passphrase, with all that was open in it', async ({
  launch,
  startSandbox,
}) => {
  const { app, window } = await launch();
  await signIn(window, await startSandbox());
  await setPassphrase(window);
  // What is typed and not sent is there again afterwards.
  await window.getByRole('button', { name: 'Change passphrase…' }).click();
  await window.getByLabel('Passphrase now', { exact: true }).fill('half typed');
  await window.evaluate(() => globalThis.window.evorxa.calls.appLock.lock(undefined));

  const lock = await lockedWindow(app);
  await expectAccessible(lock, 'the locked app');
  await expect(lock.getByLabel('Passphrase', { exact: true })).toBeFocused();
  await lock.getByRole('button', { name: 'Unlock' }).click();
  await expect(lock.getByText('Type the passphrase first.')).toBeVisible();
  await unlock(lock, 'wrong');
  await expect(lock.getByText('This is not the passphrase.')).toBeVisible();
  // It may ask for nothing that is behind it.
  const asked = await lock.evaluate(() => globalThis.window.evorxa.calls.snapshot.current(undefined));
  expect(asked).toMatchObject({ ok: false, error: { kind: 'refused' } });

  await unlock(lock);
  await expect.poll(() => shownWindows(app)).toEqual(['/index.html']);
  await expect(window.getByLabel('Passphrase now', { exact: true })).toHaveValue('half typed');
  expect(app.windows()).toHaveLength(1);
});

test.describe('at the next start', () => {
  let userDataDir: string;
  test.beforeEach(async ({ launch, startSandbox }) => {
    userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-lock-'));
    const first = await launch({ userDataDir });
    await signIn(first.window, await startSandbox());
    await setPassphrase(first.window);
    await first.close();
  });
  test.afterEach(() => rm(userDataDir, { recursive: true, force: true, maxRetries: 10 }));

  test('the app is locked, and shows nothing before it is unlocked', async ({ start }) => {
    const { app } = await start({ userDataDir });
    const lock = await lockedWindow(app);
    expect(app.windows()).toHaveLength(1);
    // A later start of the app brings the same window.
    await app.evaluate(({ app: electron }) => electron.emit('activate'));
    await expect.poll(() => shownWindows(app)).toEqual(['/lock.html']);
    await unlock(lock);
    await expect.poll(() => shownWindows(app)).toEqual(['/index.html']);
    const page = app.windows().find((each) => each.url().includes('/index.html'));
    if (page === undefined) throw new Error('There is no window.');
    await expect(instanceRow(page, 'api-prod-1')).toBeVisible();
  });

  test('who forgot the passphrase signs out, and the lock is gone', async ({ start }) => {
    const { app } = await start({ userDataDir });
    const lock = await lockedWindow(app);
    await lock.getByRole('button', { name: 'Forgot the passphrase?' }).click();
    const dialog = lock.getByRole('alertdialog', { name: 'Sign out of all accounts?' });
    await expectAccessible(lock, 'signing out of all accounts');
    await dialog.getByRole('button', { name: 'Sign out of all accounts' }).click();
    await expect.poll(() => shownWindows(app)).toEqual(['/index.html']);
    const page = app.windows().find((each) => each.url().includes('/index.html'));
    if (page === undefined) throw new Error('There is no window.');
    await expect(page.getByRole('heading', { name: 'Sign in to Evorxa' })).toBeVisible();
  });
});

test.describe('by the system', () => {
  test.skip(noSessionBus !== false, 'polkit is on Linux only');
  let polkit: StandInPolkit;
  test.beforeEach(async () => {
    polkit = await startStandInPolkit();
  });
  test.afterEach(() => polkit.close());

  test('the app is unlocked where polkit confirms that it is the user', async ({ launch, startSandbox }) => {
    const { app, window } = await launch({ env: { DBUS_SYSTEM_BUS_ADDRESS: polkit.busAddress } });
    await signIn(window, await startSandbox());
    await setPassphrase(window);
    await window.getByRole('button', { name: 'Lock now' }).click();
    const lock = await lockedWindow(app);
    const bySystem = lock.getByRole('button', { name: 'Use system authentication' });
    await bySystem.click();
    await expect(lock.getByText('Your system did not confirm that it is you.')).toBeVisible();
    await expectAccessible(lock, 'the locked app on a system with polkit');
    polkit.confirms(true);
    await bySystem.click();
    await expect.poll(() => shownWindows(app)).toEqual(['/index.html']);
    expect(polkit.asked).toEqual(['com.evorxa.desktop.unlock', 'com.evorxa.desktop.unlock']);
  });

  test('the passphrase alone unlocks it where there is no polkit', async ({ launch, startSandbox }) => {
    const { app, window } = await launch({
      env: { DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/nonexistent/system_bus_socket' },
    });
    await signIn(window, await startSandbox());
    await setPassphrase(window);
    await window.getByRole('button', { name: 'Lock now' }).click();
    const lock = await lockedWindow(app);
    const answer = await lock.evaluate(() => globalThis.window.evorxa.calls.appLock.systemUnlock(undefined));
    expect(answer).toEqual({ ok: true, value: null });
    await expect(lock.getByRole('button', { name: 'Use system authentication' })).toHaveCount(0);
    await unlock(lock);
    await expect.poll(() => shownWindows(app)).toEqual(['/index.html']);
  });
});

test.describe('outside of the window', () => {
  test.skip(noSessionBus !== false, String(noSessionBus));

  test('the tray has counts and no names while it is locked, and notifications neither', async ({
    launch,
    startSandbox,
    tray,
    notifications,
  }) => {
    const sandbox = await startSandbox();
    const { app, window } = await launch();
    await signIn(window, sandbox);
    await setPassphrase(window);
    const [stopping, ...others] = (await sandbox.control.state()).instances.filter(
      ({ status }) => status === 'running',
    );
    await sandbox.control.patchInstance(stopping?.id ?? '', { status: 'stopped' });
    const before = await notifications.waitFor(({ title }) => title.includes(stopping?.name ?? '-'), 60_000);
    const item = await tray.item();
    await item.waitForMenu((menu) => labelsOf(menu).includes('Lock Evorxa'));
    await item.click(['Lock Evorxa']);
    await lockedWindow(app);
    // What stood says a name.
    await expect
      .poll(() => notifications.received().find(({ id }) => id === before.id)?.open, { timeout: 10_000 })
      .toBe(false);
    const menu = await item.waitForMenu((items) => labelsOf(items).includes('Unlock Evorxa…'));
    expect(labelsOf(menu).join('\n')).toMatch(/^Locked · \d+ running, [^$]*\n+Unlock Evorxa…\nQuit$/);
    expect(await item.tooltip()).not.toMatch(/\$|prod/);

    await sandbox.control.patchInstance(others[0]?.id ?? '', { status: 'stopped' });
    await expect
      .poll(() => notifications.received().map(({ title, body }) => `${title}: ${body}`), { timeout: 60_000 })
      .toContain('1 notification since Evorxa was locked: Unlock it to read what changed.');
    const words = notifications.received().map(({ title, body }) => `${title} ${body}`);
    expect(words.join('\n')).not.toContain(others[0]?.name ?? '-');
  });
});

test('it locks by itself when nobody has used the computer for the time that is set', async ({
  launch,
  startSandbox,
}) => {
  const { app, window, putClockForward } = await launch();
  await signIn(window, await startSandbox());
  await setPassphrase(window);
  await window.getByRole('combobox', { name: 'Lock when the computer is not used for' }).click();
  await window.getByRole('option', { name: '5 minutes', exact: true }).click();
  await expect(window.getByText('Saved')).toBeVisible();
  await putClockForward(6 * 60_000);
  await lockedWindow(app);
});
