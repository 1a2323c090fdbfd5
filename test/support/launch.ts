import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  _electron,
  errors,
  test as base,
  type ElectronApplication,
  type Page,
  type TestInfo,
} from '@playwright/test';
import { projectRoot } from '../../scripts/lib/files.mjs';
import { resolveRuntime, type Runtime } from '../../scripts/lib/runtime.mjs';
import { writeHeldApp } from './held-start/held-folder.ts';
import type { KeyringMode } from './keyring.ts';
import { beginTestClock, clockShiftMs } from './test-clock.ts';
import { definedOnly, openTestSession, type TestSession } from './session.ts';

const closeTimeoutMs = 15_000;

/** A start takes a second or two; on a busy machine ten. */
const launchTimeoutMs = 20_000;
const pictureTimeoutMs = 2_000;

/** How a test wants the app started. */
export interface LaunchOptions {
  /** Switches and arguments for the app. */
  readonly args?: readonly string[];
  /** On top of the session's environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Kept by the caller, for a second start with the same data; otherwise a temporary one. */
  readonly userDataDir?: string;
  /** How much later than now the app takes it to be: a second start after some time. */
  readonly laterMs?: number;
  /** The folder of the app's package.json; the project's own unless said otherwise. */
  readonly appFolder?: string;
  /** A packaged app, started instead of the runtime with a folder. */
  readonly executablePath?: string;
}

/** The app as a test holds it. */
export interface StartedApp {
  readonly app: ElectronApplication;
  readonly userDataDir: string;
  /** Puts the clock of the main process forward while it runs; what waits for a span goes on waiting. */
  readonly putClockForward: (byMs: number) => Promise<void>;
  /** Ends the app, by force when it does not end by itself, and removes a temporary user data folder. Once. */
  close(): Promise<void>;
}

/** The app with its window. */
export interface LaunchedApp extends StartedApp {
  /** The first window, loaded. */
  readonly window: Page;
}

/**
 * Starts the built app in a session and waits for its first window.
 * @param session Where it runs; see {@link openTestSession}.
 */
export async function launchApp(session: TestSession, options: LaunchOptions = {}): Promise<LaunchedApp> {
  const started = await startApp(session, options);
  try {
    return { ...started, window: await firstWindow(started.app) };
  } catch (error) {
    await started.close();
    throw error;
  }
}

/** The app's next window, or the one that is there, loaded. */
export async function firstWindow(app: ElectronApplication): Promise<Page> {
  const window = await app.firstWindow();
  await window.waitForLoadState('domcontentloaded');
  return window;
}

/** Starts the built app in a session, with or without a window. */
export async function startApp(session: TestSession, options: LaunchOptions = {}): Promise<StartedApp> {
  const runtime = await currentRuntime();
  const userDataDir = options.userDataDir ?? (await mkdtemp(join(tmpdir(), 'evorxa-user-data-')));
  const heldFolder = await mkdtemp(join(tmpdir(), 'evorxa-held-'));
  if (options.executablePath === undefined)
    await writeHeldApp(heldFolder, options.appFolder ?? projectRoot, clockShiftMs() + (options.laterMs ?? 0));
  const app = await launchAgainWhereLost({
    executablePath: options.executablePath ?? runtime.executablePath,
    args: [
      ...runtime.extraArgs,
      ...(options.executablePath === undefined ? [heldFolder] : []),
      `--user-data-dir=${userDataDir}`,
      ...(options.args ?? []),
    ],
    env: definedOnly({ ...session.env, ELECTRON_RUN_AS_NODE: undefined, ...options.env }),
    timeout: launchTimeoutMs,
  });
  evaluateAgainWhereLost(app);
  // Once the app has ended, Playwright no longer gives it.
  const child = app.process();
  const end = async (): Promise<void> => {
    await closeApp(app, child);
    await rm(heldFolder, { recursive: true, force: true });
    if (options.userDataDir === undefined)
      await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
  };
  let ended: Promise<void> | undefined;
  const close = (): Promise<void> => (ended ??= end());
  const putClockForward = (byMs: number): Promise<void> =>
    app.evaluate(
      (_electron, ms) =>
        (globalThis as unknown as { __putClockForward(shiftMs: number): void }).__putClockForward(ms),
      byMs,
    );
  return { app, userDataDir, putClockForward, close };
}

/**
 * Launches, and once more where Playwright lost the app: it can miss the commit of a first window that comes while it
 * attaches, and then waits for ever. A folder is held until then; a packaged app, which is started as it is, is not.
 */
async function launchAgainWhereLost(
  options: Parameters<typeof _electron.launch>[0],
): Promise<ElectronApplication> {
  try {
    return await _electron.launch(options);
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    console.warn('Playwright did not find the app that it started; it is started again.');
    return _electron.launch(options);
  }
}

/**
 * Has each call into main be made again where Playwright 1.65 lost its answer, which it does on a busy machine ("Resulting
 * promise was garbage collected"). What is called has to bear it: it may have been done.
 */
function evaluateAgainWhereLost(app: ElectronApplication): void {
  const evaluate = app.evaluate.bind(app) as (...of: unknown[]) => Promise<unknown>;
  const again = async (...of: unknown[]): Promise<unknown> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await evaluate(...of);
      } catch (error) {
        if (attempt === 3 || !String(error).includes('promise was garbage collected')) throw error;
      }
    }
  };
  app.evaluate = again as typeof app.evaluate;
}

interface Fixtures {
  readonly clock: undefined;
  /** How the session's keyring is: `test.use({ keyring: 'locked' })`. */
  readonly keyring: KeyringMode;
  /** A screen, bus, keyring and home of the test's own. */
  readonly session: TestSession;
  /** Starts the app in the test's session; it is closed when the test ends. */
  readonly launch: (options?: LaunchOptions) => Promise<LaunchedApp>;
  /** Starts the app where no window is to be waited for; it is closed when the test ends. */
  readonly start: (options?: LaunchOptions) => Promise<StartedApp>;
}

/** Playwright's test with a desktop session and a launcher. */
export const test = base.extend<Fixtures>({
  keyring: ['unlocked', { option: true }],
  clock: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs off its first argument.
    async ({}, use) => {
      beginTestClock();
      await use(undefined);
    },
    { auto: true },
  ],
  session: async ({ keyring }, use) => {
    const session = await openTestSession(keyring);
    await use(session);
    await session.close();
  },
  start: async ({ session }, use, testInfo) => {
    const started: StartedApp[] = [];
    await use(async (options) => {
      const app = await startApp(session, options);
      started.push(app);
      return app;
    });
    if (testInfo.status !== testInfo.expectedStatus) await attachPictures(started, testInfo);
    await Promise.all(started.map((app) => app.close()));
  },
  launch: async ({ start }, use) => {
    await use(async (options) => {
      const started = await start(options);
      return { ...started, window: await firstWindow(started.app) };
    });
  },
});

export { expect } from '@playwright/test';

let resolved: Promise<Runtime> | undefined;

/** The runtime that `npm test` has resolved for all its workers, or one resolved here, once. */
export function currentRuntime(): Promise<Runtime> {
  const given = process.env.EVORXA_ELECTRON;
  resolved ??= given ? Promise.resolve(JSON.parse(given) as Runtime) : resolveRuntime();
  return resolved;
}

/** What was on the screen when a test failed; nothing of a window that is gone by then. */
async function attachPictures(launched: readonly StartedApp[], testInfo: TestInfo): Promise<void> {
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
