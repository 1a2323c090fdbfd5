import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import type { TestSession } from '../support/session.ts';
import { firstListedName, signedInApp, withObserved } from './bench-app.ts';
import { startChangingApi } from './changing-api.ts';
import { figureVerdict, progress, type Verdict } from './figures.ts';
import { takeDelay, watchedDelay, type LoopDelay } from './loop-delay.ts';
import { observeTexts } from './page-observer.ts';

const rounds = 4;
/** The last list is written once a minute at most: a measured poll has to come after that. */
const cachePauseMs = 61_000;
/** What a poll leads to besides its answer: notices once a state has settled, and the files. */
const afterPollMs = 3_000;

/**
 * Goal 14: how long main's thread stands still while polls bring 10,000 servers of which all have changed, with the
 * notices and files that come of it.
 */
export async function measureMainDelay(
  session: TestSession,
  sandbox: RunningSandbox,
  folder: string,
): Promise<readonly Verdict[]> {
  const changing = await startChangingApi(sandbox);
  try {
    const app = await signedInApp(session, { ...sandbox, apiUrl: changing.apiUrl }, join(folder, 'app'));
    const socketPath = join(folder, 'loop-delay.sock');
    const observed = watchedDelay(app, socketPath);
    return await withObserved(session, observed, async (page) => {
      await (await observeTexts(page, [await firstListedName(sandbox)])).seen();
      await sleep(cachePauseMs);
      const delays: LoopDelay[] = [];
      await takeDelay(socketPath);
      for (let round = 0; round < rounds; round += 1) {
        changing.change();
        await page.run(() => globalThis.window.evorxa.calls.snapshot.refresh(undefined));
        await sleep(afterPollMs);
        delays.push(await takeDelay(socketPath));
      }
      progress(
        `  main's thread, p99 and longest of each poll: ${delays.map(({ p99Ms, maxMs }) => `${p99Ms.toFixed(1)}/${maxMs.toFixed(0)}`).join(', ')} ms`,
      );
      const value = Math.max(...delays.map(({ p99Ms }) => p99Ms));
      return [
        figureVerdict(14, "Main's thread stands still, poll of 10,000, p99", {
          value,
          limit: 20,
          unit: 'ms',
        }),
      ];
    });
  } finally {
    await changing.close();
  }
}
