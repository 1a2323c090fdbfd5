import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, realpathSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { createTestAuthority, type CertificateKind } from '../support/certificates.ts';
import { currentRuntime, type LaunchedApp } from '../support/launch.ts';
import { followOpenedLinks } from '../support/opened-links.ts';
import { expect, test as base } from '../support/signed-in.ts';
import { createReleaseKey } from '../support/update-feed.ts';
import { redirectTo, startUpdateServer, type UpdateServer } from '../support/update-server.ts';

const key = createReleaseKey();
const other = createReleaseKey();
const image = Buffer.alloc(300_000, 'a new image ');
const oldImage = 'the image that runs';
const day = 24 * 60 * 60 * 1_000;

interface Updating extends Omit<LaunchedApp, 'close'> {
  readonly close: () => Promise<void>;
  readonly server: UpdateServer;
  /** The file of the app, which an update would replace. */
  readonly appImage: string;
  /** Where downloads wait. */
  readonly pending: string;
}

interface Wanted {
  readonly certificate?: CertificateKind;
  /** A folder for downloads, instead of one of the test's own. */
  readonly cache?: string;
  readonly isAppImage?: boolean;
  readonly feedUrl?: string;
}

interface Fixtures {
  /** Starts the app as an AppImage of 0.1.0, beside a server of updates, on its page about itself. */
  readonly launchUpdating: (wanted?: Wanted) => Promise<Updating>;
}

const test = base.extend<Fixtures>({
  launchUpdating: async ({ launchSignedIn, session }, use) => {
    const cleanUp: (() => Promise<void>)[] = [];
    await use(async ({ certificate = 'valid', cache, isAppImage = true, feedUrl } = {}) => {
      const authority = await createTestAuthority();
      cleanUp.push(authority.close);
      await authority.trustIn(session.keyring?.home ?? '');
      const server = await startUpdateServer(await authority.issue(certificate), key);
      cleanUp.push(server.close);
      const folder = await mkdtemp(join(tmpdir(), 'evorxa-updating-'));
      cleanUp.push(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
      const appImage = join(folder, 'apps', 'Evorxa.AppImage');
      await mkdir(dirname(appImage));
      await writeFile(appImage, oldImage, { mode: 0o755 });
      const { executablePath } = await currentRuntime();
      const launched = await launchSignedIn({
        env: {
          EVORXA_UPDATE_FEED: feedUrl ?? server.url,
          EVORXA_UPDATE_KEY: key.publicKey,
          APPIMAGE: appImage,
          // A terminal in an AppImage of another program hands its APPIMAGE on.
          APPDIR: isAppImage ? dirname(realpathSync(executablePath)) : '/tmp/.mount_another',
          XDG_CACHE_HOME: cache ?? join(folder, 'cache'),
        },
      });
      await showAbout(launched.window);
      const pending = join(cache ?? join(folder, 'cache'), 'evorxa-desktop-updater/pending');
      return { ...launched, server, appImage, pending };
    });
    for (const step of cleanUp.toReversed()) await step();
  },
});

test.skip(process.platform !== 'linux', 'the system is told to trust a certificate on Linux only');

async function showAbout(window: Page): Promise<void> {
  await window.evaluate(() => void (globalThis.window.location.hash = '#/about'));
  await expect(window.getByRole('heading', { name: 'About', level: 1 })).toBeVisible();
}

const card = (window: Page) => window.getByRole('region', { name: 'Updates' });
const button = (window: Page, name: string) => card(window).getByRole('button', { name, exact: true });

async function checkNow(window: Page): Promise<void> {
  await button(window, 'Check now').click();
}

const filesIn = async (folder: string): Promise<readonly string[]> =>
  existsSync(folder) ? readdir(folder) : [];

test('an update is offered, downloaded when it is wanted, and installed when the app quits', async ({
  launchUpdating,
}) => {
  const { app, window, server, appImage, close } = await launchUpdating();
  server.publish({ version: '0.1.0', file: image });
  await checkNow(window);
  await expect(card(window)).toContainText('This is the newest version.');
  server.publish({ version: '0.2.0', file: image });
  await checkNow(window);
  await expect(card(window)).toContainText('Version 0.2.0 is available.');
  await expect(window.getByText('Version 0.2.0 of the app is available.')).toBeVisible();
  await expectAccessible(window, 'about, with an update');
  expect(server.asked.filter((path) => path.endsWith('.AppImage'))).toEqual([]);
  await window.getByRole('button', { name: 'Show update' }).click();
  await expect(window.getByText('Version 0.2.0 of the app is available.')).toBeHidden();

  await button(window, 'Download').click();
  await expect(card(window)).toContainText('Version 0.2.0 was downloaded and checked.');
  expect(server.asked.filter((path) => path.endsWith('.AppImage'))).toHaveLength(1);
  expect(await readFile(appImage, 'utf8')).toBe(oldImage);

  const ended = once(app.process(), 'exit');
  await button(window, 'Quit and install').click();
  await ended;
  expect((await readFile(appImage)).equals(image)).toBe(true);
  expect((await stat(appImage)).mode & 0o777).toBe(0o755);
  expect(await readdir(dirname(appImage))).toEqual(['Evorxa.AppImage']);
  await close();
});

test('feeds that are not what they should be are refused, and nothing is downloaded', async ({
  launchUpdating,
}) => {
  const { window, server, appImage } = await launchUpdating();
  const sound = { version: '0.3.0', file: image };
  const refused: readonly (readonly [Parameters<UpdateServer['publish']>[0], string])[] = [
    [
      { ...sound, servedFeed: (signed) => signed.replaceAll('0.3.0', '0.4.0') },
      'its signature does not match',
    ],
    [{ ...sound, servedFeed: (signed) => signed.slice(0, -20) }, 'its signature does not match'],
    [{ ...sound, signature: null }, 'it is not signed'],
    [{ ...sound, key: other }, 'a key that this app does not know'],
    [{ ...sound, version: '0.0.9' }, 'version 0.0.9 is older than 0.1.0'],
    [{ ...sound, version: '0.3.0-beta.1' }, 'Version 0.3.0-beta.1 is a prerelease'],
    [{ ...sound, signedAtMs: Date.now() - 120 * day }, 'too long ago to be trusted'],
    [
      { ...sound, serveFeed: redirectTo(`${server.url.replace('127.0.0.1', 'localhost')}latest-linux.yml`) },
      'the server pointed to an unknown address',
    ],
    [
      { ...sound, serveFeed: (_request, response) => response.writeHead(404).end() },
      'The update server has no update information.',
    ],
    [{ ...sound, described: { url: 'https://elsewhere.example/a.AppImage' } }, 'could not be read'],
  ];
  for (const [published, sentence] of refused) {
    await test.step(sentence, async () => {
      server.publish(published);
      await checkNow(window);
      await expect(card(window)).toContainText(sentence);
      await expect(button(window, 'Download')).toBeHidden();
    });
  }
  await expectAccessible(window, 'about, with a refused update');
  expect(server.asked.filter((path) => path.endsWith('.AppImage'))).toEqual([]);
  expect(await readFile(appImage, 'utf8')).toBe(oldImage);

  // What was offered once is not taken back, in a sound feed neither.
  server.publish(sound);
  await checkNow(window);
  await expect(card(window)).toContainText('Version 0.3.0 is available.');
});

test('files that are not what was signed are refused and deleted; the next try works', async ({
  launchUpdating,
}) => {
  const { window, server, appImage, pending } = await launchUpdating();
  const sound = { version: '0.2.0', file: image };
  const changed = Buffer.from(image);
  changed[1_000] = 0;
  const localhost = server.url.replace('127.0.0.1', 'localhost');
  const refused: readonly (readonly [Parameters<UpdateServer['publish']>[0], string])[] = [
    [
      {
        ...sound,
        serveFile: (_request, response) =>
          response.writeHead(200, { 'content-length': changed.length }).end(changed),
      },
      'it is not the one that was signed',
    ],
    [
      {
        ...sound,
        serveFile: (_request, response) =>
          response.writeHead(200, { 'content-length': 299_999 }).end(image.subarray(0, 299_999)),
      },
      'does not have the expected size',
    ],
    [
      { ...sound, serveFile: (_request, response) => response.writeHead(200).end(image) },
      'does not have the expected size',
    ],
    [
      {
        ...sound,
        serveFile: (_request, response) => {
          response.writeHead(200, { 'content-length': image.length });
          response.write(image.subarray(0, 100_000), () => response.destroy());
        },
      },
      'The download ended too early',
    ],
    [
      { ...sound, serveFile: redirectTo(`${localhost}Evorxa-0.2.0-linux-x86_64.AppImage`) },
      'the server pointed to an unknown address',
    ],
    [{ ...sound, serveFile: redirectTo('http://127.0.0.1:9/a.AppImage') }, 'is not encrypted'],
    [
      { ...sound, serveFile: (_request, response) => response.writeHead(503).end() },
      'The update server answered with status 503.',
    ],
  ];
  server.publish(sound);
  await checkNow(window);
  for (const [published, sentence] of refused) {
    await test.step(sentence, async () => {
      server.publish(published);
      await button(window, 'Download').or(button(window, 'Download again')).click();
      await expect(card(window)).toContainText(sentence);
      expect(await filesIn(pending)).toEqual([]);
    });
  }
  expect(await readFile(appImage, 'utf8')).toBe(oldImage);

  // On to an address of the same server.
  server.publish({ ...sound, serveFile: redirectTo('/evorxa/latest-linux.yml') });
  await button(window, 'Download again').click();
  await expect(card(window)).toContainText('does not have the expected size');
  server.publish(sound);
  await button(window, 'Download again').click();
  await expect(card(window)).toContainText('Version 0.2.0 was downloaded and checked.');
});

test('a download shows how far it is, and can be given up', async ({ launchUpdating }) => {
  const { window, server, pending, appImage, close } = await launchUpdating();
  server.publish({
    version: '0.2.0',
    file: image,
    // It never ends.
    serveFile: (_request, response) => {
      response.writeHead(200, { 'content-length': image.length });
      response.write(image.subarray(0, 150_000));
    },
  });
  await checkNow(window);
  await button(window, 'Download').click();
  await expect(card(window)).toContainText('Downloading version 0.2.0…');
  await expect(card(window).getByRole('meter', { name: 'Downloaded' })).toBeVisible();
  await button(window, 'Cancel download').click();
  await expect(card(window)).toContainText('Version 0.2.0 is available.');
  await expect.poll(() => filesIn(pending)).toEqual([]);
  // Nor is it installed.
  await close();
  expect(await readFile(appImage, 'utf8')).toBe(oldImage);
});

test('a full disk is said, and the version that runs stays', async ({ launchUpdating }) => {
  test.skip(process.getuid?.() !== 0, 'a small file system is mounted by root alone');
  const cache = await mkdtemp(join(tmpdir(), 'evorxa-small-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', cache]);
  try {
    const { window, server, appImage, pending, close } = await launchUpdating({ cache });
    server.publish({ version: '0.2.0', file: image });
    await checkNow(window);
    await button(window, 'Download').click();
    await expect(card(window)).toContainText('The disk is full');
    expect(await filesIn(pending)).toEqual([]);
    await close();
    expect(await readFile(appImage, 'utf8')).toBe(oldImage);
  } finally {
    execFileSync('umount', [cache]);
    await rm(cache, { recursive: true });
  }
});

test('a full disk beside the app leaves the app as it is when it quits', async ({ launchUpdating }) => {
  test.skip(process.getuid?.() !== 0, 'a small file system is mounted by root alone');
  const { app, window, server, appImage, userDataDir, close } = await launchUpdating();
  server.publish({ version: '0.2.0', file: image });
  await checkNow(window);
  await button(window, 'Download').click();
  await expect(card(window)).toContainText('Version 0.2.0 was downloaded and checked.');
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=100k', 'tmpfs', dirname(appImage)]);
  try {
    await writeFile(appImage, oldImage);
    const ended = once(app.process(), 'exit');
    await button(window, 'Quit and install').click();
    await ended;
    expect(await readFile(appImage, 'utf8')).toBe(oldImage);
    expect(await readdir(dirname(appImage))).toEqual(['Evorxa.AppImage']);
    expect(await readFile(join(userDataDir, 'logs/main.log'), 'utf8')).toContain(
      'The update could not be installed. This version stays.',
    );
  } finally {
    execFileSync('umount', [dirname(appImage)]);
  }
  await close();
});

test('a server with a wrong certificate is not believed', async ({ launchUpdating }) => {
  const { window, server } = await launchUpdating({ certificate: 'other-name' });
  server.publish({ version: '0.2.0', file: image });
  await checkNow(window);
  await expect(card(window)).toContainText("The update server's certificate was not accepted");
  expect(server.asked).toEqual([]);
});

for (const [what, feedUrl, sentence] of [
  ['without encryption is not asked', 'http://127.0.0.1:9/', 'its address is not encrypted (https)'],
  ['that is away is said', 'https://127.0.0.1:9/', 'The update server could not be reached.'],
] as const) {
  test(`a server ${what}`, async ({ launchUpdating }) => {
    const { window } = await launchUpdating({ feedUrl });
    await checkNow(window);
    await expect(card(window)).toContainText(sentence);
  });
}

test('what a package installed leads to the download page; the AppImage of another program is left alone', async ({
  launchUpdating,
}) => {
  const { app, window, server, appImage, pending, close } = await launchUpdating({ isAppImage: false });
  // As a deb has it, by which electron-updater would take its way of dpkg as root.
  const resources = join(dirname(appImage), 'resources');
  await mkdir(resources);
  await writeFile(join(resources, 'package-type'), 'deb');
  await app.evaluate((_electron, value) => {
    Object.defineProperty(process, 'resourcesPath', { value });
  }, resources);
  const opened = await followOpenedLinks(app);
  server.publish({ version: '0.2.0', file: image });
  await checkNow(window);
  await expect(card(window)).toContainText('install it the way you installed this one');
  await expect(button(window, 'Download')).toBeHidden();
  await button(window, 'Open download page').click();
  await expect.poll(opened).toEqual(['https://evorxa.com/download']);
  await close();
  expect(existsSync(pending)).toBe(false);
  expect(await readFile(appImage, 'utf8')).toBe(oldImage);
});

test('a build without a feed says so, and asks nobody', async ({ launchSignedIn }) => {
  const { window } = await launchSignedIn();
  await window.getByRole('link', { name: 'Settings' }).click();
  await window.getByRole('button', { name: 'Updates and diagnostics' }).click();
  await expect(card(window)).toContainText('This build does not look for updates.');
  await expect(button(window, 'Check now')).toBeHidden();
  await expect(window.getByRole('switch', { name: 'Check for updates daily' })).toBeHidden();
});

test('the daily check can be turned off, for good', async ({ launchUpdating }) => {
  const { window } = await launchUpdating();
  const daily = window.getByRole('switch', { name: 'Check for updates daily' });
  await expect(daily).toBeChecked();
  await daily.click();
  await expect(daily).not.toBeChecked();
  await expect(card(window)).toContainText('Saved');
});
