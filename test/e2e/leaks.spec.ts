import { expect, test } from '../support/journey.ts';
import {
  openAndLeave,
  openers,
  openMemoryMeter,
  pageHashes,
  visitPages,
} from '../support/retained-memory.ts';
import { instanceRow } from '../support/window-steps.ts';

/** A window stays open all day: what a visit leaves behind adds up. `npm run bench -- 13` makes 200 of them. */
const rounds = 10;

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

  // The first rounds load what is loaded once; on a busy machine a page can be left before all of it was there.
  await visitPages(window, hashes, 5);
  for (const opener of all) await openAndLeave(window, opener, 2);
  await visitPages(window, hashes, 1);
  const before = await meter.read();

  await visitPages(window, hashes, rounds);
  for (const opener of all) {
    await test.step(opener.what, () => openAndLeave(window, opener, 3));
  }
  await visitPages(window, hashes, 1);
  const after = await meter.read();

  for (const kind of ['nodes', 'listeners', 'heapBytes'] as const) {
    const [was, is] = [before[kind], after[kind]];
    expect(is / was, `${kind}: ${was} → ${is}`).toBeLessThanOrEqual(1.05);
  }
});
