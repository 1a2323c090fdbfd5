import { describe, expect, test } from 'vitest';
import { metricPeriods } from '../../../preload/contract/instance.ts';
import { startMs, startTestSandbox, type Row } from './harness.ts';

const minuteMs = 60_000;

async function history(
  path: string,
  ask: (method: string, path: string) => Promise<{ at: (path: string) => unknown }>,
): Promise<readonly Row[]> {
  return (await ask('GET', path)).at('history') as readonly Row[];
}
const timeOf = (row: Row): number => Date.parse(String(row['timestamp']));

describe('metrics', () => {
  test.each(metricPeriods)('%s: rising times up to now, values that can be', async (period) => {
    const { ask, idOf } = await startTestSandbox();
    const rows = await history(`/instances/${await idOf('api-prod-1')}/metrics?period=${period}`, ask);
    const times = rows.map(timeOf);
    expect(rows.length).toBeGreaterThanOrEqual(60);
    expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(startMs);
    for (const row of rows) {
      expect(row['cpu_percent']).toBeGreaterThanOrEqual(0);
      expect(row['cpu_percent']).toBeLessThanOrEqual(100);
    }
  });

  test('the last hour has a spike, a gap, and counters that rise', async () => {
    const { ask, idOf } = await startTestSandbox();
    const rows = await history(`/instances/${await idOf('api-prod-1')}/metrics`, ask);
    const around = (minutesAgo: number): Row | undefined =>
      rows.find((row) => Math.abs(timeOf(row) - (startMs - minutesAgo * minuteMs)) < minuteMs);
    expect(around(12)?.['cpu_percent']).toBeGreaterThan(50);
    expect(around(3)?.['cpu_percent']).toBeLessThan(50);
    expect(around(37)).toMatchObject({ memory_used_kb: null, network_rx_bytes: null });
    const counters = rows.map((row) => row['network_rx_bytes']).filter((value) => typeof value === 'number');
    expect(counters).toEqual(counters.toSorted((a, b) => a - b));
  });

  test('one server lost its counters', async () => {
    const { ask, idOf } = await startTestSandbox();
    const rows = await history(`/instances/${await idOf('api-prod-2')}/metrics`, ask);
    const counters = rows.map((row) => row['network_rx_bytes']).filter((value) => typeof value === 'number');
    expect(counters.filter((value, index) => value < (counters[index - 1] ?? 0))).toHaveLength(1);
  });

  test('the same time has the same values in every answer, and nothing before the boot', async () => {
    const { ask, control, idOf } = await startTestSandbox();
    const path = `/instances/${await idOf('api-prod-1')}/metrics?period=5m`;
    const before = await history(path, ask);
    await control.advance(20_000);
    const after = await history(path, ask);
    expect(after.slice(0, -4)).toEqual(before.slice(4));

    await ask('POST', `/instances/${await idOf('api-prod-1')}/power/restart`);
    await control.advance(30_000);
    const restarted = await history(path, ask);
    expect(restarted[0]?.['cpu_percent']).toBeNull();
    expect(restarted.at(-1)?.['cpu_percent']).not.toBeNull();
  });

  test('an unknown period is refused', async () => {
    const { ask, idOf } = await startTestSandbox();
    expect((await ask('GET', `/instances/${await idOf('mail')}/metrics?period=7d`)).status).toBe(422);
  });
});

test('10,000 servers have ids and addresses of their own, and a change of one is in the next list', async () => {
  const { ask, control, idOf } = await startTestSandbox({ instances: 10_000 });
  const first = await ask('GET', '/instances');
  expect(first.rows()).toHaveLength(10_000);
  expect(new Set(first.rows().map(({ id }) => id)).size).toBe(10_000);
  const addresses = first.rows().flatMap((row) => (row['main_ip'] === null ? [] : [row['main_ip']]));
  expect(new Set(addresses).size).toBe(addresses.length);
  await control.patchInstance(await idOf('mail'), { status: 'stopped' });
  const changed = (await ask('GET', '/instances')).rows().find(({ name }) => name === 'mail');
  expect(changed?.['status']).toBe('stopped');
});

test('Shield shows an hour of traffic, and shares that add up', async () => {
  const { ask } = await startTestSandbox();
  const [unmatched] = (await ask('GET', '/shield/ips')).rows().filter((row) => row['instance_id'] === null);
  expect(unmatched?.['ip']).toBe('198.51.100.200');
  const path = `/shield/ips/${String(unmatched?.['id'])}`;
  expect((await ask('GET', `${path}/bandwidth`)).rows()).toHaveLength(60);
  expect((await ask('GET', `${path}/visibility/pps`)).rows()).toHaveLength(60);
  const shares = (await ask('GET', `${path}/visibility/countries`)).rows().map(({ share }) => Number(share));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
});
