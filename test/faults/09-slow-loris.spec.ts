import { askedCount, expect, freshness, instanceRow, refresh, test } from '../support/signed-in.ts';

test('one byte a second: given up after 15 s in all, and the next poll works', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window: page } = await launchSignedIn();
  await refresh(page);
  await sandbox.control.addFault({ endpoint: 'instances.list', kind: 'slow-loris', intervalMs: 1_000 });
  await sandbox.control.clearLog();

  const startedMs = performance.now();
  await refresh(page);
  const tookMs = performance.now() - startedMs;

  // The deadline is over all: bytes that keep coming do not move it, and it is not granted twice.
  expect(tookMs).toBeGreaterThan(14_000);
  expect(tookMs).toBeLessThan(20_000);
  expect(await askedCount(sandbox, 'instances.list')).toBe(1);
  await expect(instanceRow(page, 'api-prod-1')).toBeVisible();
  await sandbox.control.clearFaults();
  await refresh(page);
  await expect(freshness(page)).toHaveText('Live');
  expect(await askedCount(sandbox, 'instances.list')).toBe(2);
});
