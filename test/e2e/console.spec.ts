import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import {
  chooseForConsole,
  connectConsole,
  consoleTab,
  screenOf,
  trustConsoles,
} from '../support/console-steps.ts';
import { happens, instanceId } from '../support/evorxa-steps.ts';
import { expect, test } from '../support/journey.ts';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import { openInstance, openSystem, signIn, typeLine } from '../support/window-steps.ts';

// A busy machine takes a while for the long way through the console: what is waited for are conditions.
test.describe.configure({ timeout: 180_000 });

let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evorxa-console-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

/** What stands on a server's screen. */
async function screenText(sandbox: RunningSandbox, id: string): Promise<string> {
  return (await sandbox.control.consoleLines(id)).join('\n');
}

test('one click, a boot log, a login by keys, and a shell that stays through the pages', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox({ speed: 4 });
  const id = await instanceId(sandbox, 'api-prod-1');
  const text = (): Promise<string> => screenText(sandbox, id);
  const { app, window } = await launch({ env: await trustConsoles(sandbox, folder) });
  await signIn(window, sandbox);
  await openSystem(window, 'api-prod-1');
  await window.getByRole('button', { name: 'Reset root password' }).click();
  await window.getByRole('alertdialog').getByRole('button', { name: 'Reset root password' }).click();
  const password = await window.getByRole('region', { name: 'New password' }).locator('output').innerText();
  await window
    .getByRole('link', { name: /^Instances/ })
    .first()
    .click();

  await connectConsole(window, 'api-prod-1');
  await expect.poll(text).toMatch(/Started OpenBSD Secure Shell server[^]*api-prod-1 login:/);
  await typeLine(window, 'root');
  await expect.poll(text).toContain('Password:');
  const typed = untilTyped(window);
  await chooseForConsole(window, /^Type the new root password/);
  await typed;
  await expect(screenOf(window)).toBeFocused();
  await window.keyboard.press('Enter');
  await expect.poll(text).toContain('root@api-prod-1');
  expect(await text()).not.toContain(password);

  await test.step('it goes on while another page is shown', async () => {
    await window.getByRole('link', { name: /^Wallet/ }).click();
    await screenOf(window).click();
    await typeLine(window, 'echo "one"-"two"');
    await expect.poll(text).toContain('one-two');
  });

  await test.step('a key that is held when the focus goes is let go', async () => {
    await window.keyboard.down('Control');
    await window.getByRole('link', { name: /^Instances/ }).focus();
    await window.keyboard.up('Control');
    await screenOf(window).click();
    await typeLine(window, 'echo c"d"');
    await expect.poll(text).toContain('\ncd');
  });

  await test.step('nothing is sent in view only', async () => {
    await chooseForConsole(window, /^View only/);
    await screenOf(window).click();
    await window.keyboard.type('not-sent');
    await chooseForConsole(window, /^View only/);
    await screenOf(window).click();
    await typeLine(window, 'echo "sent"-"now"');
    await expect.poll(text).toContain('sent-now');
    expect(await text()).not.toContain('not-sent');
  });

  await test.step('it is shown to fit, and pixel by pixel', async () => {
    const width = async (): Promise<number> => (await screenOf(window).boundingBox())?.width ?? 0;
    expect(await width()).toBeLessThan(960);
    await window.getByRole('button', { name: 'Actual size' }).click();
    await expect.poll(width).toBe(960);
    await window.getByRole('button', { name: 'Fit to window' }).click();
    await expect.poll(width).toBeLessThan(960);
  });

  await test.step('it fills the screen, and a key leaves that', async () => {
    const isFull = (): Promise<boolean> =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFullScreen() === true);
    await window.getByRole('button', { name: 'Full screen', exact: true }).click();
    await expect(window.getByRole('button', { name: /^Exit full screen/ })).toBeVisible();
    await window.keyboard.press('Control+Alt+Escape');
    await expect(window.getByRole('button', { name: 'Full screen', exact: true })).toBeFocused();
    expect(await isFull()).toBe(false);
  });

  await test.step('its picture is saved', async () => {
    const path = join(folder, 'picture.png');
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
    await chooseForConsole(window, /^Save screenshot/);
    await expect.poll(() => pictureSize(path)).toEqual({ width: 960, height: 500 });
  });

  await expectAccessible(window, 'the console');

  await test.step('Ctrl+Alt+Del restarts it, and the boot is seen', async () => {
    await window.getByRole('button', { name: 'Send Ctrl+Alt+Del' }).click();
    await expect.poll(text).toContain('Booting api-prod-1 from disk 0');
    await expect.poll(text).toContain('Started Journal Service');
    await expect.poll(text).toContain('api-prod-1 login:');
  });
});

test('a screen that has the focus takes every key, however slowly it connects', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox();
  const id = await instanceId(sandbox, 'api-prod-1');
  const { window } = await launch({ env: await trustConsoles(sandbox, folder) });
  await signIn(window, sandbox);
  // All that the page sends to a session is late.
  await window.evaluate(`{
    const send = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function (message) { setTimeout(() => send.call(this, message), 500); };
  }`);
  await connectConsole(window, 'api-prod-1');
  await typeLine(window, 'root');
  await expect.poll(() => screenText(sandbox, id)).toMatch(/login: root\n/);
});

test('text is typed with a stop, and what cannot be typed is named', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const id = await instanceId(sandbox, 'api-prod-1');
  const { window } = await launch({ env: await trustConsoles(sandbox, folder) });
  await signIn(window, sandbox);
  await connectConsole(window, 'api-prod-1');
  await window.getByRole('button', { name: 'Type text…' }).click();
  const dialog = window.getByRole('alertdialog');
  await expect(dialog).toContainText('as on a US keyboard');
  await window.getByLabel('Text', { exact: true }).fill('schön '.repeat(1_000));
  await expect(dialog).toContainText('Left out, since a US keyboard has no keys for them: ö');
  await expectAccessible(window, 'the dialog that types');
  await dialog.getByRole('button', { name: 'Type', exact: true }).click();
  await expect(window.getByText(/^Typing [\d,]+ of 5,000$/)).toBeVisible();
  await window.getByRole('button', { name: 'Stop typing' }).click();
  await expect(window.getByText(/^Typing/)).toBeHidden();
  const typed = (await screenText(sandbox, id)).match(/schn/g)?.length ?? 0;
  expect(typed).toBeLessThan(1_000);
});

test('an instance that stops says so, and Enter connects again', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox({ variant: 'wrapped' });
  const { window } = await launch({ env: await trustConsoles(sandbox, folder) });
  await signIn(window, sandbox);
  await openInstance(window, 'api-prod-1');
  await window.getByRole('button', { name: 'Console', exact: true }).click();
  await expect(consoleTab(window, 'api-prod-1', 'open')).toBeVisible();

  await happens(sandbox, 'api-prod-1', 'stopped');
  await expect(consoleTab(window, 'api-prod-1', 'ended')).toBeVisible();
  await expect(strip(window)).toContainText('closed by its server');
  await window.keyboard.press('Enter');
  await expect(strip(window)).toContainText('This instance is not running.');
  await expectAccessible(window, 'a console that has ended');

  await happens(sandbox, 'api-prod-1', 'running');
  await window.getByRole('button', { name: 'Connect again' }).click();
  await expect(consoleTab(window, 'api-prod-1', 'open')).toBeVisible();
  await window.getByRole('tab', { name: /api-prod-1/ }).press('Delete');
  await expect(window.getByRole('tab', { name: /api-prod-1/ })).toHaveCount(0);
});

/** What the console says over its screen. */
function strip(window: Page): ReturnType<Page['getByRole']> {
  return window.getByRole('group', { name: /^Console of/ }).getByRole('status');
}

/** Resolves once the console has said that it types, and says so no more. To be called before. */
function untilTyped(window: Page): Promise<void> {
  return window.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let wasSeen = false;
        new MutationObserver((_changes, observer) => {
          const isTyping = /Typing [\d,]+ of/.test(document.body.textContent);
          if (!isTyping && wasSeen) {
            observer.disconnect();
            resolve();
          }
          wasSeen ||= isTyping;
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
  );
}

/** The size that a PNG file says it has; null while there is none. */
async function pictureSize(path: string): Promise<{ width: number; height: number } | null> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null || bytes.length < 24 || bytes.toString('latin1', 1, 4) !== 'PNG') return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
