import { readdirSync, readFileSync } from 'node:fs';
import type { ElectronApplication, Page } from '@playwright/test';
import { requireLinux } from './linux.ts';

/** A time between two frames of a window, on the machine's clock. */
export interface FrameGap {
  readonly startMs: number;
  readonly endMs: number;
}

/** How long threads, taken together, had waited for a processor by then, since they began. */
export interface WaitSample {
  readonly atMs: number;
  readonly waitedMs: number;
}

/** How live a window was while something went on. */
export interface Liveness {
  /** The longest time between two frames. */
  readonly longestMs: number;
  /** The longest that the window itself held up: without the time for which the machine gave it no processor. */
  readonly longestOwnMs: number;
}

/** Three frames at 60 a second: less is no stall. */
const shortestMs = 50;
const sampleMs = 10;

/** A renderer's, and that of the GPU process, as far as the kernel keeps their names. */
const compositors: readonly string[] = ['Compositor', 'VizCompositorTh'];

/**
 * Watches the frames of the app's one window until the answer is called. Linux only: there the kernel says how long the threads
 * that draw it, in its renderer and in the GPU process, were ready to run and did not get to (`schedstat`). On a busy
 * machine that is most of a gap, and it says nothing about the app; what is left does, on any machine.
 */
export async function watchFrames(app: ElectronApplication, page: Page): Promise<() => Promise<Liveness>> {
  requireLinux('Watching frames');
  const pids = await app.evaluate(({ app: main, BrowserWindow }) => [
    ...BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getOSProcessId()),
    ...main
      .getAppMetrics()
      .filter(({ type }) => type === 'GPU')
      .map(({ pid }) => pid),
  ]);
  const samples: WaitSample[] = [];
  const sample = (): void => void samples.push(readWaits(pids));
  sample();
  const timer = setInterval(sample, sampleMs);
  const endWatch = await watchPage(page);
  // The app may be gone before anybody asks.
  app.once('close', () => clearInterval(timer));
  return async () => {
    const gaps = await endWatch();
    clearInterval(timer);
    sample();
    return {
      longestMs: longest(gaps.map(({ startMs, endMs }) => endMs - startMs)),
      longestOwnMs: longest(gaps.map((gap) => ownMs(gap, samples))),
    };
  };
}

/** How much of a gap the window held up itself; the samples are in order and reach beyond the gap. */
export function ownMs({ startMs, endMs }: FrameGap, samples: readonly WaitSample[]): number {
  const before = samples.findLast(({ atMs }) => atMs <= startMs) ?? samples.at(0);
  const after = samples.find(({ atMs }) => atMs >= endMs) ?? samples.at(-1);
  const waitedMs = (after?.waitedMs ?? 0) - (before?.waitedMs ?? 0);
  return Math.max(0, endMs - startMs - waitedMs);
}

function longest(lengthsMs: readonly number[]): number {
  return Math.round(Math.max(0, ...lengthsMs));
}

function readWaits(pids: readonly number[]): WaitSample {
  const waitedNs = pids.flatMap(drawingThreads).map(waitedNsOf);
  return {
    atMs: performance.timeOrigin + performance.now(),
    waitedMs: waitedNs.reduce((total, ns) => total + ns, 0) / 1e6,
  };
}

/** The `/proc` folders of a process's threads that each frame goes through; none when the process has ended. */
function drawingThreads(pid: number): readonly string[] {
  const folder = `/proc/${pid}/task`;
  return attempt(() => readdirSync(folder), [])
    .filter((thread) => Number(thread) === pid || compositors.includes(nameOf(`${folder}/${thread}`)))
    .map((thread) => `${folder}/${thread}`);
}

function nameOf(threadFolder: string): string {
  return attempt(() => readFileSync(`${threadFolder}/comm`, 'utf8').trim(), '');
}

/** `schedstat`: nanoseconds on a processor, nanoseconds ready and waiting for one, turns. 0 for a thread that ended. */
function waitedNsOf(threadFolder: string): number {
  return attempt(() => Number(readFileSync(`${threadFolder}/schedstat`, 'utf8').split(' ')[1]), 0);
}

/** A process or thread may end between two looks at it. */
function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

async function watchPage(page: Page): Promise<() => Promise<readonly FrameGap[]>> {
  await page.evaluate((leastMs) => {
    const watch = { gaps: [] as FrameGap[], isOn: true };
    Object.assign(window, { frameWatch: watch });
    const now = (): number => performance.timeOrigin + performance.now();
    let lastMs = now();
    const tick = (): void => {
      const nowMs = now();
      if (nowMs - lastMs >= leastMs) watch.gaps.push({ startMs: lastMs, endMs: nowMs });
      lastMs = nowMs;
      if (watch.isOn) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }, shortestMs);
  return () =>
    page.evaluate(() => {
      const { frameWatch } = window as unknown as { frameWatch: { gaps: FrameGap[]; isOn: boolean } };
      frameWatch.isOn = false;
      return frameWatch.gaps;
    });
}
