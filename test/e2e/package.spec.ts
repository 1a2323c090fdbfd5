import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ElectronApplication } from '@playwright/test';
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { projectRoot } from '../../scripts/lib/files.mjs';
import { ensurePackage, unpackedApp } from '../../scripts/lib/package.mjs';
import { withInspectedPackage } from '../support/inspected-package.ts';
import { currentRuntime, expect, test } from '../support/launch.ts';
import { processTree, stopChild } from '../support/process-tree.ts';
import { startSandboxProcess } from '../support/sandbox-runner.ts';
import { chooseForInstance, instanceRow, terminalRows } from '../support/window-steps.ts';
import { watchWindows } from '../support/x-windows.ts';

const { folder, executable, resources } = unpackedApp();

// One worker, so that the package is made once.
test.describe.configure({ mode: 'serial', timeout: 120_000 });

test.beforeAll(async () => {
  test.setTimeout(120_000);
  await ensurePackage(await currentRuntime());
});

test('each fuse of the package is as the configuration says', async () => {
  expect(await fusesOf(join(folder, executable))).toEqual(await configuredFuses());
});

test('the archive holds what runs, and nothing else', () => {
  const files = listPackage(join(folder, resources, 'app.asar'), { isPack: true })
    // Each line begins with how the file is packed: `pack   : /out` or `unpack : /out`.
    .map((line) => line.replaceAll('\\', '/').split(' : '))
    .map(([packing = '', path = '']) => ({ isUnpacked: packing.trim() === 'unpack', path: path.trim() }));
  const paths = files.map(({ path }) => path);

  for (const needed of [
    '/out/main/index.js',
    '/out/main/ssh.js',
    '/out/main/sandbox.js',
    '/out/preload/index.cjs',
  ])
    expect(paths).toContain(needed);
  expect(paths.filter((path) => /^\/(?!out|node_modules|package\.json)/.test(path))).toEqual([]);
  // The others are in the bundles: they would be there twice.
  const packages = paths.flatMap((path) => /^\/node_modules\/([^/]+)/.exec(path)?.[1] ?? []);
  expect(new Set(packages)).toEqual(
    new Set(['@napi-rs', 'asn1', 'bcrypt-pbkdf', 'safer-buffer', 'ssh2', 'tweetnacl']),
  );
  const unwanted =
    /\.(ts|svelte|map|exe|gyp|c|cc|md)$|sandbox-cli|gallery|\/(tests?|bench|nan|cpu-features)(\/|$)/;
  expect(paths.filter((path) => unwanted.test(path))).toEqual([]);

  const native = files.filter(({ path }) => path.endsWith('.node'));
  expect(native.map(({ path }) => path)).toEqual([expect.stringContaining('/@napi-rs/keyring-')]);
  expect(native.every(({ isUnpacked }) => isUnpacked)).toBe(true);
});

test('the package signs in and keeps the token in the keyring', async ({ launch }) => {
  const sandbox = await startSandboxProcess({ sshHosts: false });
  try {
    await withInspectedPackage(async ({ folder: copy, executablePath }) => {
      const options = {
        executablePath,
        userDataDir: join(copy, 'user-data'),
        env: { EVORXA_API_URL: sandbox.apiUrl },
      };

      const first = await launch(options);
      expect(await first.app.evaluate(({ app }) => app.isPackaged)).toBe(true);
      // A package asks before a token goes where the environment says; a native box is answered in main alone.
      const asked = await answerBoxes(first.app, [0, 1]);
      await first.window.getByLabel('Token', { exact: true }).fill(sandbox.tokens.full);
      const signIn = first.window.getByRole('button', { name: 'Sign in', exact: true });
      await signIn.click();
      await expect(first.window.getByText('The token was not sent.')).toBeVisible();
      expect(await sandbox.control.log()).toEqual([]);
      await signIn.click();
      const grid = first.window.getByRole('grid', { name: 'Instances' });
      await expect(grid.getByText('api-prod-1', { exact: true })).toBeVisible();
      expect(await asked()).toEqual([
        expect.stringContaining(sandbox.apiUrl),
        expect.stringContaining(sandbox.apiUrl),
      ]);
      await first.close();

      // Signed in from the start: the token can have come from the keyring only.
      await sandbox.control.clearLog();
      const second = await launch(options);
      await expect(second.window.getByRole('grid', { name: 'Instances' })).toBeVisible();
      await expect.poll(async () => (await sandbox.control.log()).map(({ status }) => status)).toContain(200);
      await second.close();
    });
  } finally {
    await sandbox.close();
  }
});

test('an upgrade while the app runs: every page still opens, and it restarts as the new one', async ({
  launch,
}) => {
  test.skip(process.platform !== 'linux', 'an installer of another system closes the app first');
  await withInspectedPackage(async ({ folder: copy, executablePath, upgrade }) => {
    const userDataDir = join(copy, 'user-data');
    const { app, window } = await launch({ executablePath, userDataDir, args: ['--demo'] });
    await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
    await upgrade();
    const notice = window
      .getByRole('status')
      .filter({ hasText: 'Another version of the app was installed.' });
    await expect(notice).toBeVisible();

    const pages = window.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    for (const link of await pages.all()) {
      await link.click();
      await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(window.getByText('This page could not be loaded.')).toHaveCount(0);
    }
    // The page itself, its preload script and its sheets.
    await window.reload();
    await pages.filter({ hasText: 'Instances' }).click();
    await chooseForInstance(window, 'api-prod-1', /^SSH/);
    await window.getByRole('button', { name: 'Trust and connect' }).click();
    await expect(terminalRows(window)).toContainText('api-prod-1');

    const isApp = ({ command }: { command: string }): boolean =>
      command.includes(executablePath) && !command.includes('--type=');
    const before = app.process().pid;
    const closed = app.waitForEvent('close');
    await notice.getByRole('button', { name: 'Restart' }).click();
    await closed;
    const next = async (): Promise<readonly number[]> =>
      (await processTree(1)).filter((each) => isApp(each) && each.pid !== before).map(({ pid }) => pid);
    await expect.poll(next).toHaveLength(1);
    for (const pid of await next()) process.kill(pid);
    await expect.poll(next).toEqual([]);
  });
});

test('the untouched package opens one window, once, and no inspector', async ({ session }) => {
  test.skip(process.platform !== 'linux', 'the window is looked for on an X screen');
  const userData = await mkdtemp(join(tmpdir(), 'evorxa-user-data-'));
  const windows = await watchWindows(session.env);
  const { extraArgs } = await currentRuntime();
  const start = () =>
    spawn(join(folder, executable), [...extraArgs, `--user-data-dir=${userData}`, '--inspect=0'], {
      env: session.env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  const first = start();
  try {
    let complaints = '';
    first.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    const { id } = await windows.first();
    // By its class a dock finds the desktop entry of the package, and with that name and icon.
    const { stdout } = await promisify(execFile)('xprop', ['-id', id, 'WM_CLASS'], { env: session.env });
    expect(stdout).toContain(`"${(await configuredValue('StartupWMClass')) ?? ''}"`);

    const second = start();
    second.stderr.resume();
    const [code] = (await once(second, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(first.exitCode).toBeNull();
    expect(windows.shown()).toHaveLength(1);
    // What Node prints as soon as its inspector listens.
    expect(complaints).not.toContain('Debugger listening');
  } finally {
    await stopChild(first);
    await windows.close();
    await rm(userData, { recursive: true, force: true, maxRetries: 10 });
  }
});

/**
 * Which fuses are on, by the names of electron-builder's configuration. One that is newer than the library has no
 * name, and cannot be set: it stays as Electron ships it, and is said beside the test.
 */
async function fusesOf(path: string): Promise<Readonly<Record<string, boolean>>> {
  const wire = Object.entries(await getCurrentFuseWire(path)).filter(([index]) => index !== 'version');
  // A character a fuse: '1' is on, '0' off, 'r' removed from this Electron.
  const fuses = wire
    .map(([index, state]) => ({
      name: FuseV1Options[Number(index)],
      index,
      state: String.fromCharCode(Number(state)),
    }))
    .filter(({ state }) => state !== 'r');
  for (const { index } of fuses.filter(({ name }) => name === undefined)) {
    test.info().annotations.push({ type: 'unnamed fuse', description: index });
  }
  return Object.fromEntries(
    fuses.flatMap(({ name, state }) =>
      name === undefined ? [] : [[name.charAt(0).toLowerCase() + name.slice(1), state === '1']],
    ),
  );
}

async function configuredValue(key: string): Promise<string | undefined> {
  const config = await readFile(join(projectRoot, 'electron-builder.yml'), 'utf8');
  return new RegExp(`^ *${key}: (.+)$`, 'm').exec(config)?.[1];
}

async function configuredFuses(): Promise<Readonly<Record<string, boolean>>> {
  const config = await readFile(join(projectRoot, 'electron-builder.yml'), 'utf8');
  const section = /^electronFuses:\n((?: {2}.*\n)+)/m.exec(config)?.[1] ?? '';
  const lines = section.matchAll(/^ {2}(\w+): (true|false)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value]) => [name, value === 'true']));
}

/** Answers the native boxes of an app in turn, by the place of the button; gives what they said. */
async function answerBoxes(
  app: ElectronApplication,
  answers: readonly number[],
): Promise<() => Promise<readonly string[]>> {
  await app.evaluate(({ dialog }, given) => {
    const left = [...given];
    const said: string[] = [];
    Object.assign(globalThis, { said });
    Object.assign(dialog, {
      showMessageBox: ({ message, detail }: { message: string; detail: string }) => {
        said.push(`${message} ${detail}`);
        return Promise.resolve({ response: left.shift() ?? 0, checkboxChecked: false });
      },
    });
  }, answers);
  return () => app.evaluate(() => (globalThis as unknown as { readonly said: readonly string[] }).said);
}
