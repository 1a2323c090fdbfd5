import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy.ts';
import { holdScripts, runScripts, takeOver, type HeldScripts } from '../support/held-scripts.ts';
import { expect, test } from '../support/journey.ts';
import type { LaunchedApp, LaunchOptions } from '../support/launch.ts';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import { chooseForAccount, instanceRow, setSize, signIn } from '../support/window-steps.ts';

type Launch = (options?: LaunchOptions) => Promise<LaunchedApp>;

/** What somebody may call a server. */
const hostileName = '<img src=x onerror="document.title=1"><script>document.title=2</script>';

let userDataDir: string;
let scripts: HeldScripts;
let proxy: FaultProxy;
let sandbox: RunningSandbox;

test.beforeEach(async ({ startSandbox }) => {
  userDataDir = await mkdtemp(join(tmpdir(), 'evorxa-user-data-'));
  scripts = await holdScripts();
  const { apiUrl, ...rest } = await startSandbox();
  proxy = await startFaultProxy({ origin: new URL(apiUrl).origin });
  sandbox = { ...rest, apiUrl: `${proxy.url}${new URL(apiUrl).pathname}` };
});
test.afterEach(async () => {
  await proxy.close();
  await scripts.remove();
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
});

const picturePath = (): string => join(userDataDir, 'cache/first-picture.html');
const settingsPath = (): string => join(userDataDir, 'settings.json');

/** Signs in, and quits: the next start has a picture. */
async function signInAndQuit(launch: Launch, widthPx = 1280, heightPx = 800): Promise<void> {
  const first = await launch({ userDataDir });
  await signIn(first.window, sandbox);
  await setSize(first.app, widthPx, heightPx);
  await expect.poll(() => first.window.evaluate(() => innerWidth)).toBe(widthPx);
  // A narrow window has no room for the words.
  await expect(first.window.getByText(/^Live · /)).toBeAttached();
  await expect.poll(() => existsSync(picturePath())).toBe(true);
  await first.close();
}

/** Starts with scripts that wait. */
const startHeld = (launch: Launch): Promise<LaunchedApp> =>
  launch({ userDataDir, appFolder: scripts.appFolder });

/** Whether the page was served with a picture in it. */
const isPictured = (window: Page): Promise<boolean> =>
  window.evaluate(() => document.querySelector('#app[data-account]') !== null);

test('the list of the last run is on the screen before a script has run, and is taken over in place', async ({
  launch,
}) => {
  const [named] = (await sandbox.control.state()).instances;
  if (named === undefined) throw new Error('There is no server.');
  await sandbox.control.patchInstance(named.id, { name: hostileName });
  await signInAndQuit(launch);
  await proxy.setFault({ kind: 'latency', delayMs: 600_000 });

  const { app, window } = await startHeld(launch);
  const row = instanceRow(window, 'api-prod-2');
  await expect(row).toBeVisible();
  await expect(window.getByText(hostileName, { exact: true })).toBeVisible();
  await expect(window.getByText(/^Connecting · data from/)).toBeVisible();
  await expect
    .poll(() =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.isVisible())),
    )
    .toEqual([true]);
  expect(await window.evaluate(() => performance.getEntriesByName('first-contentful-paint').length)).toBe(1);

  await window.evaluate(() => {
    const shifts: unknown[] = [];
    Object.assign(globalThis, { pictured: [...document.querySelectorAll('#app *')], shifts });
    new PerformanceObserver((list) => {
      shifts.push(...list.getEntries().map((entry) => entry.toJSON() as unknown));
    }).observe({ type: 'layout-shift' });
  });
  const places = await window.evaluate(readPlaces);
  await runScripts(window);
  await takeOver(window);
  await expect.poll(() => isPictured(window)).toBe(false);

  // Each element is the one that was there, and none was moved.
  const gone = await window.evaluate(() =>
    (Reflect.get(globalThis, 'pictured') as Element[])
      .filter((each) => !each.isConnected)
      .map((each) => each.outerHTML),
  );
  expect(gone).toEqual([]);
  const placesNow = await window.evaluate(readPlaces);
  expect(placesNow.filter((place, index) => place !== places[index])).toEqual([]);
  expect(await window.evaluate(() => Reflect.get(globalThis, 'shifts') as unknown)).toEqual([]);
  expect(await window.title()).toBe('Evorxa');

  // And it answers.
  await row.click();
  await expect(window.getByRole('heading', { name: 'api-prod-2', level: 1 })).toBeVisible();
});

/** Runs in the page: what is written where, of the elements that were there. */
function readPlaces(): readonly string[] {
  return (Reflect.get(globalThis, 'pictured') as Element[])
    .filter((each) => !each.matches('path[transform]'))
    .map((each) => {
      const { x, y, width, height } = each.getBoundingClientRect();
      const text = [...each.childNodes].map((node) => (node instanceof Text ? node.data : '')).join('');
      return [each.tagName, text, x, y, width, height].join(' | ');
    });
}

test('what is done before the scripts have taken over is done then', async ({ launch }) => {
  await signInAndQuit(launch);
  const { window } = await startHeld(launch);
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
  await expectAccessible(window, 'the first picture');
  await runScripts(window);
  await window.getByRole('searchbox', { name: 'Search instances' }).click();
  await window.keyboard.type('api-');
  await window.getByRole('button', { name: 'Export' }).click({ noWaitAfter: true });
  await expect(window.getByRole('menu')).toHaveCount(0);

  await takeOver(window);
  await expect(window.getByRole('menuitem', { name: /^CSV/ })).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(window.getByRole('searchbox', { name: 'Search instances' })).toHaveValue('api-');
  await expect(instanceRow(window, 'db-main')).toHaveCount(0);
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
});

test('a list that has changed since is put right as the scripts take over', async ({ launch }) => {
  await signInAndQuit(launch);
  const cachePath = (await readFile(picturePath(), 'utf8')).match(/data-account="([^"]+)"/)?.[1];
  const path = join(userDataDir, 'cache', `${cachePath ?? ''}.json`);
  const cached = await readFile(path, 'utf8');
  await writeFile(path, cached.replaceAll('api-prod-1', 'renamed-since'));
  await proxy.setFault({ kind: 'latency', delayMs: 600_000 });
  const { window } = await startHeld(launch);
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
  await runScripts(window);
  await takeOver(window);
  await expect(instanceRow(window, 'renamed-since')).toBeVisible();
  await expect(instanceRow(window, 'api-prod-1')).toHaveCount(0);
});

test('it is not shown where anything of it may be another, nor where it is not whole', async ({ launch }) => {
  test.slow();
  await signInAndQuit(launch, 900, 600);
  const [settings, picture] = [await readFile(settingsPath(), 'utf8'), await readFile(picturePath(), 'utf8')];
  const withSetting = (change: object): string =>
    JSON.stringify({ ...(JSON.parse(settings) as object), ...change });
  const cases: readonly (readonly [what: string, settings: string, picture: string])[] = [
    ['the theme', withSetting({ preferences: { theme: 'dark' } }), picture],
    [
      'the size',
      withSetting({ window: { bounds: { x: 0, y: 0, width: 1000, height: 700 }, maximized: false } }),
      picture,
    ],
    ['a cut file', settings, picture.slice(0, -20)],
    ['a foreign file', settings, '<script>document.title = "foreign"</script>'],
  ];
  for (const [what, settingsText, pictureText] of [['nothing', settings, picture] as const, ...cases]) {
    await writeFile(settingsPath(), settingsText);
    await writeFile(picturePath(), pictureText);
    const started = await startHeld(launch);
    const { window } = started;
    expect(await isPictured(window), what).toBe(what === 'nothing');
    expect(await window.title()).toBe('Evorxa');
    await runScripts(window);
    await takeOver(window);
    await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
    await started.close();
  }
});

test('none is left of an account that signed out, nor once the app can be locked', async ({ launch }) => {
  await signInAndQuit(launch);
  const second = await launch({ userDataDir });
  await expect(instanceRow(second.window, 'api-prod-1')).toBeVisible();
  expect(existsSync(picturePath())).toBe(true);
  await second.window.evaluate(() =>
    globalThis.window.evorxa.calls.appLock.turnOn({ passphrase: 'correct horse' }),
  );
  await expect.poll(() => existsSync(picturePath())).toBe(false);
  await second.window.evaluate(() =>
    globalThis.window.evorxa.calls.appLock.turnOff({ current: 'correct horse' }),
  );
  await expect.poll(() => existsSync(picturePath())).toBe(true);
  await second.close();

  const third = await launch({ userDataDir });
  await expect(third.window.getByText(/^Live · /)).toBeVisible();
  await chooseForAccount(third.window, /^Sign out/);
  await third.window.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(third.window.getByLabel('Token', { exact: true })).toBeVisible();
  await expect.poll(() => existsSync(picturePath())).toBe(false);
  await third.close();
  expect(existsSync(picturePath())).toBe(false);
});

test('the demo account leaves none', async ({ launch }) => {
  const started = await launch({ userDataDir, args: ['--demo'] });
  await expect(instanceRow(started.window, 'api-prod-1')).toBeVisible();
  await started.close();
  expect(existsSync(picturePath())).toBe(false);
});
