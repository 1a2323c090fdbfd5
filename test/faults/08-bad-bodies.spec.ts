import { treeCost } from '../support/process-tree.ts';
import { askedCount, expect, freshness, instanceRow, refresh, test } from '../support/signed-in.ts';

const mebibyte = 1024 * 1024;
/** One after the other, so that what one leaves behind adds up. */
const polls = 5;

for (const { title, kind, sentence } of [
  { title: 'an HTML page with 200', kind: 'html', sentence: 'answered with a web page instead of data.' },
  { title: 'truncated JSON', kind: 'truncated', sentence: 'The answer was cut off, or is not JSON.' },
] as const) {
  test(`${title}: the list stays, and the window says what came`, async ({ launchSignedIn, sandbox }) => {
    const { window: page } = await launchSignedIn();
    await sandbox.control.addFault({ endpoint: 'instances.list', kind });

    await refresh(page);
    await refresh(page);

    await expect(freshness(page)).toHaveText('No answer');
    await expect(page.getByText(sentence)).toBeVisible();
    await expect(instanceRow(page, 'api-prod-1')).toBeVisible();
  });
}

for (const { title, kind } of [
  { title: 'a body of 200 MB', kind: 'huge' },
  { title: 'a gzip bomb of 1 GB', kind: 'gzip-bomb' },
] as const) {
  test(`${title}, five times in a row: dropped at the limit, and memory grows by less than 100 MB`, async ({
    launchSignedIn,
    sandbox,
  }) => {
    const { app, window: page } = await launchSignedIn();
    const rootPid = app.process().pid ?? 0;
    await refresh(page);
    const beforeBytes = await settledMemory(rootPid);
    await sandbox.control.addFault({ endpoint: '*', kind });
    await sandbox.control.clearLog();

    const peakBytes = await peakMemory(rootPid, async () => {
      for (let poll = 0; poll < polls; poll += 1) await refresh(page);
    });

    const grownMegabytes = Math.round((peakBytes - beforeBytes) / mebibyte);
    console.log(`${title}: all processes together grew by ${grownMegabytes} MB at most`);
    expect(grownMegabytes).toBeLessThan(100);
    // Too large is no passing failure: it is not asked for again at once.
    expect(await askedCount(sandbox, 'instances.list')).toBe(polls);
    await expect(page.getByText('The answer was too large and was dropped.')).toBeVisible();
    await expect(instanceRow(page, 'api-prod-1')).toBeVisible();

    await sandbox.control.clearFaults();
    await page.getByRole('button', { name: 'Try now' }).click();
    await expect(freshness(page)).toHaveText('Live');
  });
}

/** What a process tree takes once it has done with starting: two readings that agree. */
async function settledMemory(rootPid: number): Promise<number> {
  let bytes = 0;
  const change = async (): Promise<number> => {
    const before = bytes;
    bytes = (await treeCost(rootPid)).allocatedBytes;
    return Math.abs(bytes - before);
  };
  await expect.poll(change, { intervals: [500] }).toBeLessThan(2 * mebibyte);
  return bytes;
}

/** The most that a process tree takes while something goes on, looked at as often as can be. */
async function peakMemory(rootPid: number, work: () => Promise<void>): Promise<number> {
  const watch = new AbortController();
  const ended = work().finally(() => watch.abort());
  let peakBytes = 0;
  while (!watch.signal.aborted) peakBytes = Math.max(peakBytes, (await treeCost(rootPid)).allocatedBytes);
  await ended;
  return peakBytes;
}
