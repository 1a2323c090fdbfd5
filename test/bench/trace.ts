import type { Page } from './devtools.ts';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds: how long it took, and of it on the processor. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The longest task of the page's thread: on the processor, and by the clock, which counts who else was served. */
export interface LongestTask {
  readonly cpuMs: number;
  readonly wallMs: number;
}

/**
 * The longest task of the page's thread while `act` goes on. A frame (scripts, style, layout and paint) is one. On a
 * shared machine time on the processor is what the page costs.
 */
export async function longestTaskWhile(page: Page, act: () => Promise<unknown>): Promise<LongestTask> {
  const events: TraceEvent[] = [];
  const complete = new Promise<void>((resolve) => page.on('Tracing.tracingComplete', () => resolve()));
  page.on('Tracing.dataCollected', ({ value }) => events.push(...(value as TraceEvent[])));
  await page.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline'] },
  });
  await act();
  await page.send('Tracing.end');
  await complete;
  const threads = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && threads.has(`${pid}/${tid}`),
  );
  if (tasks.length === 0 || tasks.every(({ tdur }) => tdur === undefined))
    throw new Error('The trace has no task of the page.');
  return {
    cpuMs: Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000,
    wallMs: Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1000,
  };
}
