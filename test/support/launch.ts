import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  _electron,
  test as base,
  type ElectronApplication,
  type Page,
  type TestInfo,
} from '@playwright/test';
import { projectRoot } from '../../scripts/lib/files.mjs';
import { resolveRuntime, type Runtime } from '../../scripts/lib/runtime.mjs';
import type { KeyringMode } from './keyring.ts';
import { definedOnly, openTestSession, type TestSession } from './session.ts';

const closeTimeoutMs = 5_000;
const pictureTimeoutMs = 2_000;

/** How a test wants the app started. */
export interface LaunchOptions {
  /** Switches and arguments for the app. */
  readonly args?: readonly string[];
  /** On top of the session's environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Kept by the caller, for a second start with the same data; otherwise a temporary one. */
  readonly userDataDir?: string;
  /** The folder of the app's package.json; the project's own unless said otherwise. */
  readonly appFolder?: string;
}

/** The app as a test holds it. */
export interface LaunchedApp {
  readonly app: ElectronApplication;
  /** The first window, loaded. */
  readonly window: Page;
  readonly userDataDir: string;
  /** Ends the app, by force when it does not end by itself, and removes a temporary user data folder. */
  close(): Promise<void>;
}

/**
 * Starts the built app in a session and waits for its first window.
 * @param session Where it runs; see {@link openTestSession}.
 */
export async function launchApp(session: TestSession, options: LaunchOptions = {}): Promise<LaunchedApp> {
  const runtime = await currentRuntime();
  const userDataDir = options.userDataDir ?? (await mkdtemp(join(tmpdir(), 'evorxa-user-data-')));
  const app = await _electron.launch({
    executablePath: runtime.executablePath,
    args: [
      ...runtime.extraArgs,
      options.appFolder ?? projectRoot,
      `--user-data-dir=${userDataDir}`,
      ...(options.args ?? []),
    ],
    env: definedOnly({ ...session.env, ELECTRON_RUN_AS_NODE: undefined, ...options.env }),
  });
  // Asked for now: of an app that a test has closed it cannot be had any more.
  const child = app.process();
  const close = async (): Promise<void> => {
    await closeApp(app, child);
    if (options.userDataDir === undefined)
      await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const window = await app.firstWindow();
    await window.waitForLoadState('domcontentloaded');
    return { app, window, userDataDir, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Fixtures {
  /** How the session's keyring is: `test.use({ keyring: 'locked' })`. */
  readonly keyring: KeyringMode;
  /** A screen, bus, keyring and home of the test's own. */
  readonly session: TestSession;
  /** Starts the app in the test's session; it is closed when the test ends. */
  readonly launch: (options?: LaunchOptions) => Promise<LaunchedApp>;
}

/** Playwright's test with a desktop session and a launcher. */
export const test = base.extend<Fixtures>({
  keyring: ['unlocked', { option: true }],
  session: async ({ keyring }, use) => {
    const session = await openTestSession(keyring);
    await use(session);
    await session.close();
  },
  launch: async ({ session }, use, testInfo) => {
    const launched: LaunchedApp[] = [];
    await use(async (options) => {
      const app = await launchApp(session, options);
      launched.push(app);
      return app;
    });
    if (testInfo.status !== testInfo.expectedStatus) await attachPictures(launched, testInfo);
    await Promise.all(launched.map((app) => app.close()));
  },
});

export { expect } from '@playwright/test';

let resolved: Promise<Runtime> | undefined;

/** The runtime that `npm test` has resolved for all its workers, or one resolved here, once. */
function currentRuntime(): Promise<Runtime> {
  const given = process.env.EVORXA_ELECTRON;
  resolved ??= given ? Promise.resolve(JSON.parse(given) as Runtime) : resolveRuntime();
  return resolved;
}

/** What was on the screen when a test failed; nothing of a window that is gone by then. */
async function attachPictures(launched: readonly LaunchedApp[], testInfo: TestInfo): Promise<void> {
  const windows = launched.flatMap(({ app }) => app.windows());
  for (const [index, window] of windows.entries()) {
    const path = testInfo.outputPath(`window-${index + 1}.png`);
    const isTaken = await window.screenshot({ path, timeout: pictureTimeoutMs }).then(
      () => true,
      () => false,
    );
    if (isTaken) await testInfo.attach('window', { path, contentType: 'image/png' });
  }
}

async function closeApp(app: ElectronApplication, child: ChildProcess): Promise<void> {
  const force = setTimeout(() => child.kill('SIGKILL'), closeTimeoutMs);
  // It rejects when the app has ended already: by the test, or by a crash that the test is about.
  await app.close().catch(() => undefined);
  clearTimeout(force);
}
