import { expect, test } from '../support/journey.ts';
import {
  type RetainedMemory,
  openAndLeave,
  openers,
  openMemoryMeter,
  pageHashes,
  visitPages,
} from '../support/retained-memory.ts';
import { instanceRow } from '../support/window-steps.ts';

/** A window stays open all day: what a visit leaves behind adds up. `npm run bench -- 13` makes 200 of them. */
const rounds = 9;

/** What is loaded once, and what grows until it is full, is there after so many. */
const loadingRounds = 3;

/**
 * How much a count may grow in a round, as a share of it: what is kept for each visit grows in every one. The median of the growth
 * between all pairs of rounds (Theil and Sen's slope), since single steps are none: the last page of a kind stays in memory
 * until the next one comes, and on a busy machine a page is left before all of it is there. A dialog that stays has more nodes than that.
 */
const growthPerRound = { nodes: 0.004, listeners: 0, heapBytes: 0.005 } as const;

test('pages and dialogs leave nothing behind', async ({ launch }) => {
  test.slow();
  const { window } = await launch({ args: ['--demo'] });
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
  const instanceId = await window.evaluate(async () => {
    const answer = await globalThis.window.evorxa.calls.snapshot.current(undefined);
    const instances = answer.ok && answer.value.kind === 'full' ? answer.value.snapshot.instances : [];
    return instances.find(({ name }) => name === 'api-prod-1')?.id ?? '';
  });
  const meter = await openMemoryMeter(window);
  const hashes = pageHashes(instanceId);
  const all = openers(instanceId);

  const readings: RetainedMemory[] = [];
  // The first round loads what is loaded once.
  for (let round = 0; round <= rounds; round += 1) {
    await test.step(`round ${round}`, async () => {
      for (const opener of all) await openAndLeave(window, opener, 1);
      await visitPages(window, hashes, 1);
      readings.push(await meter.read());
    });
  }

  for (const kind of ['nodes', 'listeners', 'heapBytes'] as const) {
    const counts = readings.map((reading) => reading[kind]);
    const settled = counts.slice(loadingRounds);
    const growth = settled.flatMap((count, at) =>
      settled.slice(at + 1).map((later, ahead) => (later / count - 1) / (ahead + 1)),
    );
    const median = growth.toSorted((a, b) => a - b)[Math.floor(growth.length / 2)];
    expect(median, `${kind}: ${counts.join(', ')}`).toBeLessThanOrEqual(growthPerRound[kind]);
  }
});
