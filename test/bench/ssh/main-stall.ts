import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../../scripts/lib/files.mjs';
import { startSandboxProcess } from '../../support/sandbox-runner.ts';
import { openTestSession } from '../../support/session.ts';
import { withFolder } from '../bench-app.ts';
import { startChangingApi } from '../changing-api.ts';
import { figureVerdict, median, progress, type Verdict } from '../figures.ts';
import { takeDelay, watchedDelay, type LoopDelay } from '../loop-delay.ts';
import { withShells } from './shell-subject.ts';

const rounds = 4;
/** The last list is written once a minute at most: a measured poll has to come after that. */
const cachePauseMs = 61_000;
const roundMs = 4_000;
const redraws = 4;
const instances = 10_000;

/**
 * Goal 10: how long main's thread stands still while a shell floods, polls bring 10,000 instances of which all have
 * changed (or one in a hundred has), and charts are drawn anew, all at once. Of each round the longest, and of these the middle one.
 */
export async function measureMainStall(): Promise<readonly Verdict[]> {
  const session = await openTestSession();
  const sandbox = await startSandboxProcess({ instances, sshHosts: false });
  const changing = await startChangingApi(sandbox);
  try {
    return await withFolder(async (folder) => {
      const socketPath = join(folder, 'loop-delay.sock');
      const app = {
        folder: projectRoot,
        userDataDir: folder,
        watched: (started: Parameters<typeof watchedDelay>[0]) => watchedDelay(started, socketPath),
      };
      const flooded = { ...sandbox, apiUrl: changing.apiUrl };
      return withShells(session, flooded, app, async ({ page, instanceId, openShell }) => {
        const shell = await openShell();
        await sleep(cachePauseMs);
        await shell.typeLine('yes "a line of a build that goes on and on"');
        await sleep(1_000);
        await takeDelay(socketPath);
        const longestWhile = async (what: string, oneIn: number): Promise<number> => {
          const delays: LoopDelay[] = [];
          for (let round = 0; round < rounds; round += 1) {
            changing.change(oneIn);
            await page.run(() => void globalThis.window.evorxa.calls.snapshot.refresh(undefined));
            await page.run(drawCharts, instanceId, redraws, roundMs / redraws);
            delays.push(await takeDelay(socketPath));
          }
          const each = delays.map(({ p99Ms, maxMs }) => `${p99Ms.toFixed(1)}/${maxMs.toFixed(0)}`);
          progress(`  main's thread, ${what}, p99 and longest of each round: ${each.join(', ')} ms`);
          return median(delays.map(({ maxMs }) => maxMs));
        };
        const few = await longestWhile('one in a hundred changed', 100);
        const all = await longestWhile('all changed', 1);
        const limit = { limit: 50, unit: 'ms' };
        return [
          figureVerdict(10, "Main's thread, flood, poll (1 in 100 changed), chart", { value: few, ...limit }),
          figureVerdict(10, "Main's thread, flood, poll (all changed), chart", { value: all, ...limit }),
        ];
      });
    });
  } finally {
    await changing.close();
    await sandbox.close();
    await session.close();
  }
}

/** Runs in the page: goes to the instance's charts and away again, so that they are asked for and drawn each time. */
async function drawCharts(instanceId: string, times: number, everyMs: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    location.hash = `#/instance/${instanceId}/overview`;
    const startMs = performance.now();
    while (document.querySelector('.uplot canvas') === null && performance.now() - startMs < 20_000)
      await new Promise((resolve) => setTimeout(resolve, 20));
    if (document.querySelector('.uplot canvas') === null) throw new Error('No chart was drawn.');
    await new Promise((resolve) => setTimeout(resolve, everyMs / 2));
    location.hash = '#/instances';
    await new Promise((resolve) => setTimeout(resolve, everyMs / 2));
  }
}
