import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../scripts/lib/files.mjs';
import { currentRuntime } from '../support/launch.ts';
import { stopChild } from '../support/process-tree.ts';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import { definedOnly, type TestSession } from '../support/session.ts';
import { DevTools, devToolsSwitch, type Page } from './devtools.ts';
import { nowMs } from './figures.ts';
import { observeTexts } from './page-observer.ts';

/** An app that is measured: its folder, its data, and what it is started with. */
export interface BenchApp {
  readonly folder: string;
  readonly userDataDir: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A start of it, as a person starts it: no test runner between. */
export interface StartedBenchApp {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly startedAtMs: number;
  /** Only where it was asked for. */
  readonly devTools: DevTools | null;
  /** Asks it to quit, as the end of a session does, and waits. */
  readonly stop: () => Promise<void>;
}

/** Starts an app in a session. Both sides of a comparison are started by this, with the same switches. */
export async function startBenchApp(
  session: TestSession,
  app: BenchApp,
  { observed = false }: { readonly observed?: boolean } = {},
): Promise<StartedBenchApp> {
  const { executablePath, extraArgs } = await currentRuntime();
  const args = [
    ...extraArgs,
    app.folder,
    `--user-data-dir=${app.userDataDir}`,
    ...(observed ? [devToolsSwitch] : []),
    ...app.args,
  ];
  const env = definedOnly({ ...session.env, ELECTRON_RUN_AS_NODE: undefined, ...app.env });
  const startedAtMs = nowMs();
  const child = spawn(executablePath, args, {
    env,
    stdio: ['ignore', 'ignore', 'pipe', ...(observed ? (['pipe', 'pipe'] as const) : [])],
  });
  // Chromium's complaints about a machine without hardware are of no interest, but its pipe must not fill.
  child.stderr?.resume();
  if (child.pid === undefined) throw new Error('Electron could not be started.');
  return {
    child,
    pid: child.pid,
    startedAtMs,
    devTools: observed ? new DevTools(child) : null,
    stop: () => stopChild(child, 10_000),
  };
}

/** An app of test/bench/fixtures. */
export function fixtureApp(name: 'empty-window' | 'empty-tray', userDataDir: string): BenchApp {
  return { folder: join(projectRoot, 'test/bench/fixtures', name), userDataDir, args: [], env: {} };
}

/**
 * Evorxa, signed in to a sandbox through its own window and closed again: a later start finds the token in the
 * keyring and the last list in the cache. `folder` is that of the build; this project's without it.
 */
export async function signedInApp(
  session: TestSession,
  sandbox: RunningSandbox,
  userDataDir: string,
  folder: string = projectRoot,
): Promise<BenchApp> {
  const app: BenchApp = {
    folder,
    userDataDir,
    args: [],
    env: { EVORXA_API_URL: sandbox.apiUrl },
  };
  await withObserved(session, app, async (page) => {
    const { seen } = await observeTexts(page, [await firstListedName(sandbox)]);
    await page.takeKeyboard();
    await typeToken(page, sandbox.tokens.full);
    await page.pressEnter();
    await seen();
  });
  return app;
}

/** Types a token into the sign-in form, which is sent by Enter. */
export async function typeToken(page: Page, token: string): Promise<void> {
  // Keys that come before the window is on the screen are lost: typed again until they have arrived.
  while (!(await page.run(hasTyped, token))) {
    await sleep(100);
    if (await page.run(selectField)) await page.type(token);
  }
}

/** The server at the top of the list, however long that is: what needs attention comes first. */
export async function firstListedName(sandbox: RunningSandbox): Promise<string> {
  const { instances } = await sandbox.control.state();
  const failed = instances.find(({ status }) => status === 'build_failed');
  if (failed === undefined) throw new Error('The sandbox has no failed server.');
  return failed.name;
}

/** Starts an app for `use`, which gets its first page while it is still held, and stops it afterwards. */
export async function withObserved<T>(
  session: TestSession,
  app: BenchApp,
  use: (page: Page, started: StartedBenchApp) => Promise<T>,
): Promise<T> {
  const started = await startBenchApp(session, app, { observed: true });
  try {
    if (started.devTools === null) throw new Error('The app is not observed.');
    return await use(await started.devTools.firstPage(), started);
  } finally {
    await started.stop();
  }
}

/** Runs in the page: puts the keyboard into the sign-in form's field; false while there is none. */
function selectField(): boolean {
  const field = document.querySelector('input');
  field?.focus();
  field?.select();
  return field !== null;
}

/** Runs in the page. */
function hasTyped(text: string): boolean {
  return document.querySelector('input')?.value === text;
}

/** A folder that is gone when `use` has ended. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'evorxa-bench-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
