import { expect, it } from 'vitest';
import { cpuTrendOf } from '../../../main/monitor/loaders/cpu-trend.ts';
import { createLoader, type LoaderDependencies } from '../../../main/monitor/loaders/index.ts';
import type { Metrics } from '../../../preload/contract/instance.ts';
import { instanceId } from './builders.ts';
import { settle } from './fake-time.ts';

const metrics = (cpuPercent: Metrics['cpuPercent'], live: number | null = null): Metrics => ({
  instanceId: instanceId('web'),
  period: '1h',
  atMs: cpuPercent.map((_, index) => index),
  cpuPercent,
  memoryUsedBytes: [],
  diskUsedBytes: [],
  rxBitsPerSecond: [],
  txBitsPerSecond: [],
  memoryTotalBytes: null,
  diskTotalBytes: null,
  current: { cpuPercent: live, memoryUsedBytes: null, diskUsedBytes: null },
});

it('makes forty points of an hour, each the mean of its neighbours, and keeps gaps', () => {
  const hour = Array.from({ length: 120 }, (_, index) => (index < 3 ? null : index));
  const { cpuPercent, currentPercent } = cpuTrendOf(metrics(hour, 18.2));
  expect(cpuPercent).toHaveLength(40);
  expect(cpuPercent.slice(0, 3)).toEqual([null, 4, 7]);
  expect(currentPercent).toBe(18.2);
  expect(cpuTrendOf(metrics([10, null, 20]))).toMatchObject({
    cpuPercent: [10, null, 20],
    currentPercent: 20,
  });
  // A point that is empty yet is no end: the newest measured one counts.
  expect(cpuTrendOf(metrics([10, 20, null])).currentPercent).toBe(20);
  expect(cpuTrendOf(metrics([]))).toMatchObject({ cpuPercent: [], currentPercent: null });
});

it('asks for no more than two at once, in the order in which they came, also past one that fails', async () => {
  const started: string[] = [];
  const finish: (() => void)[] = [];
  const request = (_id: string, { path }: { readonly path: { readonly id: string } }): Promise<unknown> =>
    new Promise((resolve, reject) => {
      started.push(path.id);
      finish.push(() =>
        path.id === '0'
          ? reject(new Error('no'))
          : resolve({ ok: false, error: { kind: 'offline', message: path.id } }),
      );
    });
  // Only its client is used for a trend.
  const load = createLoader({ client: { request } } as unknown as LoaderDependencies);
  const trendOf = (n: number) =>
    load({ kind: 'cpu-trend', instanceId: instanceId(String(n)) }, new AbortController().signal, false);
  const results = Promise.allSettled([0, 1, 2, 3].map(trendOf));
  await settle();
  expect(started).toEqual(['0', '1']);
  finish[0]?.();
  await settle();
  expect(started).toEqual(['0', '1', '2']);
  finish[1]?.();
  await settle();
  finish[2]?.();
  finish[3]?.();
  expect((await results).map(({ status }) => status)).toEqual([
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
});
