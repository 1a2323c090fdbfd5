import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { openCamera, type Camera } from '../support/camera.ts';
import { createTestAuthority } from '../support/certificates.ts';
import { currentRuntime, launchApp } from '../support/launch.ts';
import { startSandboxProcess } from '../support/sandbox-runner.ts';
import { openTestSession } from '../support/session.ts';
import { createReleaseKey } from '../support/update-feed.ts';
import { startUpdateServer, type Published } from '../support/update-server.ts';
import { signIn } from '../support/window-steps.ts';

/** The page about the app, the license notices and the report. */
export async function takeAbout(window: Page, { take }: Camera): Promise<void> {
  await showAbout(window);
  await expect(window.getByRole('button', { name: 'License notices' })).toBeVisible();
  await take('about');
  await window.getByRole('button', { name: 'License notices' }).click();
  await expect(window.getByRole('dialog').locator('pre')).toBeVisible();
  await take('license-notices');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Diagnostics…' }).click();
  await expect(window.getByRole('dialog').locator('pre')).toBeVisible();
  await take('diagnostics');
  await window.keyboard.press('Escape');
}

/** Each state of an update, from a server of the pictures' own. Linux only: the server's certificate has to be trusted. */
export async function takeUpdates(folder: string, isNarrowTaken: boolean): Promise<void> {
  const key = createReleaseKey();
  const session = await openTestSession();
  const authority = await createTestAuthority();
  await authority.trustIn(session.keyring?.home ?? '');
  const server = await startUpdateServer(await authority.issue('valid'), key);
  const sandbox = await startSandboxProcess({ sshHosts: false });
  const files = await mkdtemp(join(tmpdir(), 'evorxa-updates-'));
  try {
    const appImage = join(files, 'apps/Evorxa.AppImage');
    await mkdir(dirname(appImage));
    await writeFile(appImage, 'the image that runs');
    const { executablePath } = await currentRuntime();
    const launched = await launchApp(session, {
      env: {
        EVORXA_API_URL: sandbox.apiUrl,
        EVORXA_UPDATE_FEED: server.url,
        EVORXA_UPDATE_KEY: key.publicKey,
        APPIMAGE: appImage,
        APPDIR: dirname(realpathSync(executablePath)),
        XDG_CACHE_HOME: join(files, 'cache'),
      },
    });
    try {
      const { app, window } = launched;
      const camera = await openCamera(app, window, folder, isNarrowTaken);
      await signIn(window, sandbox);
      await showAbout(window);
      await takeStates(window, camera, server.publish);
    } finally {
      await launched.close();
    }
  } finally {
    await rm(files, { recursive: true, force: true, maxRetries: 10 });
    await sandbox.close();
    await server.close();
    await authority.close();
    await session.close();
  }
}

async function takeStates(window: Page, { take }: Camera, publish: (what: Published) => void): Promise<void> {
  const file = Buffer.alloc(48_000_000, 'an image ');
  const sound = { version: '0.2.0', file };
  const card = window.getByRole('region', { name: 'Updates' });
  const press = (name: string): Promise<void> => card.getByRole('button', { name, exact: true }).click();
  const shows = (text: string): Promise<void> => expect(card).toContainText(text);

  publish({ ...sound, version: '0.1.0' });
  await press('Check now');
  await shows('This is the newest version.');
  await take('update-none');
  publish({ ...sound, servedFeed: (signed) => signed.replaceAll('0.2.0', '0.3.0') });
  await press('Check now');
  await shows('its signature does not match');
  await take('update-refused');
  publish({
    ...sound,
    serveFile: (_request, response) => {
      response.writeHead(200, { 'content-length': file.length });
      // The updater tells how far it is each second.
      const timer = setInterval(() => response.write(file.subarray(0, 400_000)), 100);
      response.on('close', () => clearInterval(timer));
    },
  });
  await press('Check now');
  await shows('Version 0.2.0 is available.');
  await take('update-offered');
  await press('Download');
  await expect(card).toContainText(/\d MB of 45\.8 MB/);
  await take('update-downloading');
  await press('Cancel download');
  publish({
    ...sound,
    serveFile: (_request, response) =>
      response.writeHead(200, { 'content-length': file.length }).end(Buffer.alloc(file.length)),
  });
  await press('Download');
  await shows('it is not the one that was signed');
  await take('update-file-refused');
  publish(sound);
  await press('Download again');
  await shows('was downloaded and checked');
  await take('update-ready');
}

async function showAbout(window: Page): Promise<void> {
  await window.evaluate(() => void (globalThis.window.location.hash = '#/about'));
  await expect(window.getByRole('heading', { name: 'About', level: 1 })).toBeVisible();
}
