import { readFileSync } from 'node:fs';
import type { ElectronApplication, Page } from '@playwright/test';
import { requireLinux } from './linux.ts';

/** A time between two frames of a window, on the machine's clock. */
export interface FrameGap {
  readonly startMs: number;
  readonly endMs: number;
}

/** How long a thread had worked by then, since it began. */
export interface WorkSample {
  readonly atMs: number;
  readonly workedMs: number;
}

/** How live a window was while something went on. */
export interface Liveness {
  /** The longest time between two frames, by the clock. */
  readonly longestMs: number;
  /** The longest that the window's thread worked between two frames, which nothing else on the machine adds to. */
  readonly longestWorkMs: number;
}

/** Three frames at 60 a second: less is no stall. */
const shortestMs = 50;
const sampleMs = 5;

/**
 * Watches the frames of the app's one window until the answer is called. Linux only: there the kernel says how long
 * the window's thread had a processor (`schedstat`). On a busy machine most of the time between two frames is spent
 * waiting for one, which says nothing about the app; what it worked meanwhile does, on any machine.
 */
export async function watchFrames(app: ElectronApplication, page: Page): Promise<() => Promise<Liveness>> {
  requireLinux('Watching frames');
  const pid = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  if (pid === undefined) throw new Error('There is no window to watch.');
  const samples = [readWork(pid)];
  const timer = setInterval(() => samples.push(readWork(pid)), sampleMs);
  app.once('close', () => clearInterval(timer));
  const endWatch = await watchPage(page);
  return async () => {
    const gaps = await endWatch();
    clearInterval(timer);
    samples.push(readWork(pid));
    return {
      longestMs: longest(gaps.map(({ startMs, endMs }) => endMs - startMs)),
      longestWorkMs: longest(gaps.map((gap) => workMs(gap, samples))),
    };
  };
}

/** How long the thread worked in a gap, by the nearest samples around it: rather too much than too little. */
export function workMs({ startMs, endMs }: FrameGap, samples: readonly WorkSample[]): number {
  const before = samples.findLast(({ atMs }) => atMs <= startMs) ?? samples.at(0);
  const after = samples.find(({ atMs }) => atMs >= endMs) ?? samples.at(-1);
  return (after?.workedMs ?? 0) - (before?.workedMs ?? 0);
}

function longest(lengthsMs: readonly number[]): number {
  return Math.round(Math.max(0, ...lengthsMs));
}

/** A renderer's main thread has the number of its process. */
function readWork(pid: number): WorkSample {
  const workedNs = Number(/^\d+/.exec(readStat(pid))?.[0] ?? 0);
  return { atMs: performance.timeOrigin + performance.now(), workedMs: workedNs / 1e6 };
}

/** `schedstat`: nanoseconds with a processor, nanoseconds in wait of one, turns. Nothing of a process that ended. */
function readStat(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8');
  } catch {
    return '';
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
