import { readFileSync } from 'node:fs';
import type { ElectronApplication, Page } from '@playwright/test';
import { requireLinux } from './linux.ts';

/** A span of time, on the machine's clock. */
export interface Span {
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
  readonly longestFrameMs: number;
  /** The most that the window's thread worked in one task, during which it can answer nothing. */
  readonly longestTaskMs: number;
}

const sampleMs = 5;

/**
 * Watches the app's one window until the answer is called: its frames, and its long tasks (of 50 ms and more, by the
 * clock: Long Tasks API). Linux only: there the kernel says how long the window's thread had a processor
 * (`schedstat`). On a busy machine most of a task's time is spent waiting for one, and so is most of the time between
 * two frames, which holds many short tasks then: neither says anything about the app. What one task worked does.
 */
export async function watchWindow(app: ElectronApplication, page: Page): Promise<() => Promise<Liveness>> {
  requireLinux('Watching a window');
  const pid = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  if (pid === undefined) throw new Error('There is no window to watch.');
  const samples = [readWork(pid)];
  const timer = setInterval(() => samples.push(readWork(pid)), sampleMs);
  app.once('close', () => clearInterval(timer));
  const endWatch = await watchPage(page);
  return async () => {
    const { longestFrameMs, tasks } = await endWatch();
    clearInterval(timer);
    samples.push(readWork(pid));
    return {
      longestFrameMs: Math.round(longestFrameMs),
      longestTaskMs: Math.round(Math.max(0, ...tasks.map((task) => workMs(task, samples)))),
    };
  };
}

/** How long the thread worked in a span, by the nearest samples around it: rather too much than too little. */
export function workMs({ startMs, endMs }: Span, samples: readonly WorkSample[]): number {
  const before = samples.findLast(({ atMs }) => atMs <= startMs) ?? samples.at(0);
  const after = samples.find(({ atMs }) => atMs >= endMs) ?? samples.at(-1);
  return (after?.workedMs ?? 0) - (before?.workedMs ?? 0);
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

/** What the page itself sees of its frames and tasks. */
interface PageWatch {
  readonly longestFrameMs: number;
  readonly tasks: readonly Span[];
}

async function watchPage(page: Page): Promise<() => Promise<PageWatch>> {
  await page.evaluate(() => {
    const tasks: Span[] = [];
    const keep = (entries: PerformanceEntryList): void => {
      for (const { startTime, duration } of entries) {
        const startMs = performance.timeOrigin + startTime;
        tasks.push({ startMs, endMs: startMs + duration });
      }
    };
    const observer = new PerformanceObserver((list) => keep(list.getEntries()));
    observer.observe({ type: 'longtask' });
    const watch = { longestFrameMs: 0, isOn: true };
    let lastMs = performance.now();
    const tick = (): void => {
      const nowMs = performance.now();
      watch.longestFrameMs = Math.max(watch.longestFrameMs, nowMs - lastMs);
      lastMs = nowMs;
      if (watch.isOn) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    const end = (): PageWatch => {
      watch.isOn = false;
      keep(observer.takeRecords());
      observer.disconnect();
      return { longestFrameMs: watch.longestFrameMs, tasks };
    };
    Object.assign(window, { endWindowWatch: end });
  });
  return () =>
    page.evaluate(() => (window as unknown as { endWindowWatch: () => PageWatch }).endWindowWatch());
}
