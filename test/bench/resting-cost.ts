import { readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { treeCost } from '../support/process-tree.ts';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import type { TestSession } from '../support/session.ts';
import { startTrayHost, type TrayHost } from '../support/tray-host.ts';
import { watchWindows, type XWindows } from '../support/x-windows.ts';
import { fixtureApp, startBenchApp, type BenchApp, type StartedBenchApp } from './bench-app.ts';
import { mappingLines } from './mappings.ts';
import { figureVerdict, median, progress, ratioVerdict, type Verdict } from './figures.ts';

const rounds = 3;
/** Holds a poll of the window's 30 s; in the tray, where it is 120 s, it lies between two. */
const idleMs = 30_000;
const sampleEveryMs = 500;
/** Memory has come to rest when this many samples in a row differ by no more than a hundredth. */
const restingSamples = 6;
const longestUnrestMs = 30_000;
const bytesPerMegabyte = 1024 * 1024;

/** What tells that an app is where it shall rest. */
interface Place {
  readonly windows: XWindows;
  readonly tray: TrayHost;
  readonly sandbox: RunningSandbox;
}

/**
 * Goals 2 and 3: memory and idle CPU of the whole process tree, beside an empty window and an empty tray app. One app
 * runs at a time, since two would share pages that are then counted in halves. `other`: another build, signed in to the same
 * sandbox, which is measured in turn with this one; null: none is.
 */
export async function measureRestingCost(
  session: TestSession,
  sandbox: RunningSandbox,
  app: BenchApp,
  dataFolder: string,
  other: BenchApp | null,
): Promise<readonly Verdict[]> {
  await calm(sandbox);
  const windows = await watchWindows(session.env);
  const tray = await startTrayHost(session.keyring?.busAddress);
  const place: Place = { windows, tray, sandbox };
  const hidden: BenchApp = { ...app, args: ['--hidden'] };
  const emptyWindow = fixtureApp('empty-window', `${dataFolder}-window`);
  const emptyTray = fixtureApp('empty-tray', `${dataFolder}-tray`);
  const shown = async ({ startedAtMs }: StartedBenchApp): Promise<void> => {
    await windows.first(startedAtMs);
  };
  const inTray = async (): Promise<void> => {
    await tray.item(30_000);
  };
  try {
    const windowRatios: number[] = [];
    const trayRatios: number[] = [];
    const otherRatios = { window: [] as number[], tray: [] as number[] };
    const idle = { window: [] as number[], tray: [] as number[] };
    const otherIdle = { window: [] as number[], tray: [] as number[] };
    for (let round = 1; round <= rounds; round += 1) {
      const isLast = round === rounds;
      const measure = (
        subject: BenchApp,
        ready: (started: StartedBenchApp) => Promise<void>,
        polls: boolean,
        cpu: number[] | null,
      ): Promise<number> => restingPss(session, subject, place, { ready, polls, cpu });
      const ofEmptyWindow = await measure(emptyWindow, shown, false, isLast ? [] : null);
      const ofWindow = await measure(app, shown, true, isLast ? idle.window : null);
      const ofEmptyTray = await measure(emptyTray, inTray, false, isLast ? [] : null);
      const ofTray = await measure(hidden, inTray, true, isLast ? idle.tray : null);
      if (other !== null) {
        const hiddenOther = { ...other, args: ['--hidden'] };
        const inWindow = await measure(other, shown, true, isLast ? otherIdle.window : null);
        const hiddenInTray = await measure(hiddenOther, inTray, true, isLast ? otherIdle.tray : null);
        otherRatios.window.push(ofWindow / inWindow);
        otherRatios.tray.push(ofTray / hiddenInTray);
        progress(`  the other build: list ${inWindow.toFixed(0)} MB, tray ${hiddenInTray.toFixed(0)} MB`);
      }
      windowRatios.push(ofWindow / ofEmptyWindow);
      trayRatios.push(ofTray / ofEmptyTray);
      progress(
        `  memory ${round} of ${rounds}: empty window ${ofEmptyWindow.toFixed(0)} MB, list ${ofWindow.toFixed(0)} MB; ` +
          `empty tray ${ofEmptyTray.toFixed(0)} MB, tray ${ofTray.toFixed(0)} MB`,
      );
    }
    if (other !== null) {
      const inPercent = (value: number): string => `${value.toFixed(2)} %`;
      progress(
        `  of the other build: memory ${median(otherRatios.window).toFixed(2)} × with the list, ` +
          `${median(otherRatios.tray).toFixed(2)} × in the tray; its idle CPU: ` +
          `${inPercent(median(otherIdle.window))} with a window, ${inPercent(median(otherIdle.tray))} in the tray`,
      );
    }
    return [
      ratioVerdict(2, 'Memory with the list open, of an empty window’s', median(windowRatios), 1.15),
      ratioVerdict(2, 'Memory in the tray, of an empty tray app’s', median(trayRatios), 1.1),
      figureVerdict(3, 'Idle CPU with a window, of one core', {
        value: median(idle.window),
        limit: 0.5,
        unit: '%',
        digits: 2,
      }),
      figureVerdict(3, 'Idle CPU in the tray between polls, of one core', {
        value: median(idle.tray),
        limit: 0.2,
        unit: '%',
        digits: 2,
      }),
    ];
  } finally {
    tray.close();
    await windows.close();
  }
}

/** Ends all transitions: while a server is in one, the app asks every few seconds, as it shall, and does not rest. */
async function calm({ control }: RunningSandbox): Promise<void> {
  const { instances } = await control.state();
  const moving = instances.filter(({ status }) => status === 'provisioning' || status === 'restarting');
  for (const { id } of moving) await control.patchInstance(id, { status: 'running' });
}

interface RestingOptions {
  /** Resolves when the app is where it shall rest. */
  readonly ready: (started: StartedBenchApp) => Promise<void>;
  /** It asks the sandbox for the list, and rests only after that. */
  readonly polls: boolean;
  /** Takes the share of a core that it uses at rest, in percent; null: it is not measured. */
  readonly cpu: number[] | null;
}

/** Starts an app, lets it come to rest, and gives its memory in MB. */
async function restingPss(
  session: TestSession,
  app: BenchApp,
  { sandbox, tray }: Place,
  { ready, polls, cpu }: RestingOptions,
): Promise<number> {
  await sandbox.control.clearLog();
  const started = await startBenchApp(session, app);
  try {
    await ready(started).catch((cause: unknown) => {
      throw new Error(`${app.folder} ${app.args.join(' ')} did not come to its place.`, { cause });
    });
    while (polls && !(await hasListed(sandbox))) await sleep(sampleEveryMs);
    const pssBytes = await pssAtRest(started.pid);
    if (cpu !== null) await tellMappings(app, started.pid);
    if (cpu !== null) cpu.push(await idlePercent(started.pid));
    return pssBytes / bytesPerMegabyte;
  } finally {
    await started.stop();
    // The next one's icon must not be taken for this one's.
    await tray.waitForNoItem();
  }
}

/** Says where the memory is. */
async function tellMappings({ folder, args }: BenchApp, pid: number): Promise<void> {
  progress(`  ${[basename(folder), ...args].join(' ')}, PSS by process and mapping:`);
  for (const line of await mappingLines(pid, await readlink(`/proc/${pid}/exe`))) progress(`    ${line}`);
}

async function hasListed(sandbox: RunningSandbox): Promise<boolean> {
  const log = await sandbox.control.log();
  return log.some(({ endpoint, status }) => endpoint === 'instances.list' && status === 200);
}

async function pssAtRest(pid: number): Promise<number> {
  const samples: number[] = [];
  const giveUpAtMs = performance.now() + longestUnrestMs;
  for (;;) {
    samples.push((await treeCost(pid)).pssBytes);
    const last = samples.slice(-restingSamples);
    const isResting = last.length === restingSamples && Math.max(...last) <= 1.01 * Math.min(...last);
    if (isResting || performance.now() > giveUpAtMs) return median(last);
    await sleep(sampleEveryMs);
  }
}

async function idlePercent(pid: number): Promise<number> {
  const before = await treeCost(pid);
  const sinceMs = performance.now();
  await sleep(idleMs);
  const after = await treeCost(pid);
  return (100 * (after.cpuTimeMs - before.cpuTimeMs)) / (performance.now() - sinceMs);
}
