import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../../main/sandbox/index.ts';
import { testSandboxOn } from './harness.ts';

const dayMs = 86_400_000;

test.each([
  '2026-11-28T00:05:00Z',
  '2026-12-31T23:58:00Z',
  '2027-02-28T12:00:00Z',
  '2028-02-29T23:59:30Z',
  // The clocks of New York change.
  '2026-03-08T06:59:30Z',
  '2026-11-01T05:59:30Z',
])('an account that begins at %s has its renewals ahead, and its payments behind it', async (start) => {
  const startMs = Date.parse(start);
  const sandbox = await startSandbox({ sshHosts: false, startMs });
  onTestFinished(() => sandbox.close());
  const { ask } = testSandboxOn(sandbox);
  const rows = (await ask('GET', '/instances')).rows();
  const daysLeft = rows.map((row) => (Date.parse(String(row['billed_till'])) - startMs) / dayMs);
  // One is past its time, and suspended for it.
  expect(daysLeft.filter((days) => days < 0)).toHaveLength(1);
  expect(Math.max(...daysLeft)).toBeGreaterThan(179);
  expect(Math.max(...daysLeft)).toBeLessThanOrEqual(180);
  const payments = (await ask('GET', '/wallet/transactions')).rows();
  expect(payments.length).toBeGreaterThan(10);
  for (const { created_at: at } of payments) expect(Date.parse(String(at))).toBeLessThanOrEqual(startMs);
});
