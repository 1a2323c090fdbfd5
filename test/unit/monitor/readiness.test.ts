import { expect, it } from 'vitest';
import { waitUntilReachable, type Readiness } from '../../../main/monitor/readiness.ts';
import type { SshProbe } from '../../../preload/contract/create.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import { instance } from '../domain/samples.ts';

/** Waits for a server whose probes are answered by `found`, on a clock that goes on with each wait. */
async function waited(
  found: (probes: number) => SshProbe,
  runningNow: (probes: number) => Instance | null = () => instance('a'),
): Promise<{ readonly end: Readiness; readonly atMs: readonly number[] }> {
  let nowMs = 0;
  const atMs: number[] = [];
  const end = await waitUntilReachable({
    clock: {
      now: () => 0,
      monotonicMs: () => nowMs,
      setTimeout: (run, delayMs) => {
        nowMs += delayMs;
        queueMicrotask(run);
        return () => undefined;
      },
    },
    probe: () => {
      atMs.push(nowMs);
      return Promise.resolve(found(atMs.length));
    },
    runningNow: () => runningNow(atMs.length),
  });
  return { end, atMs };
}

const silent: SshProbe = { kind: 'silent' };
const answers: SshProbe = { kind: 'answers', address: '203.0.113.42' };

it('asks every five seconds until it answers', async () => {
  expect(await waited((probes) => (probes < 3 ? silent : answers))).toEqual({
    end: { kind: 'tried', found: answers },
    atMs: [0, 5_000, 10_000],
  });
});

it('gives what was found last once ninety seconds are over', async () => {
  const refuses: SshProbe = { kind: 'refuses', address: '203.0.113.42' };
  const { end, atMs } = await waited((probes) => (probes < 19 ? silent : refuses));
  expect(end).toEqual({ kind: 'tried', found: refuses });
  expect(atMs).toHaveLength(19);
  expect(atMs.at(-1)).toBe(90_000);
});

it('asks nobody where it does not run', async () => {
  expect(
    await waited(
      () => answers,
      () => null,
    ),
  ).toEqual({ end: { kind: 'off' }, atMs: [] });
});

it('takes no answer of a server that stopped while it was asked', async () => {
  const { end, atMs } = await waited(
    () => answers,
    (probes) => (probes === 0 ? instance('a') : null),
  );
  expect(end).toEqual({ kind: 'off' });
  expect(atMs).toEqual([0]);
});
