import { describe, expect, it } from 'vitest';
import { createBulkPowers, staggerMs } from '../../../main/instances/bulk-power.ts';
import type { Sent } from '../../../main/instances/send-once.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { instanceId } from '../monitor/builders.ts';
import { FakeTime } from '../monitor/fake-time.ts';

const dispatched: Result<Sent<unknown>> = ok({ kind: 'dispatched', value: null });

function setUp(endings: Readonly<Record<string, Result<Sent<unknown>>>> = {}) {
  const time = new FakeTime();
  const reported: unknown[] = [];
  const bulk = createBulkPowers({
    clock: time,
    onChange: () => undefined,
    report: (cause) => reported.push(cause),
  });
  const sent: { readonly id: string; readonly atMs: number }[] = [];
  const start = (...names: readonly string[]) =>
    bulk.start({
      action: 'shutdown',
      servers: names.map((name) => ({ instanceId: instanceId(name), name })),
      send: (id) => {
        sent.push({ id, atMs: time.monotonicMs() });
        return Promise.resolve(endings[id] ?? dispatched);
      },
    });
  const outcomes = () => bulk.current()?.results.map(({ outcome }) => outcome.kind);
  return { bulk, time, sent, start, outcomes, reported };
}

describe('one action for several instances', () => {
  it('goes out one after the other with a pause, each once', async () => {
    const { time, sent, start, bulk, outcomes } = setUp();
    const from = time.monotonicMs();
    start('a', 'b', 'c');
    await time.pass(0);
    expect(outcomes()).toEqual(['sent', 'waiting', 'waiting']);
    await time.pass(60_000);
    expect(sent.map(({ id, atMs }) => [id, atMs - from])).toEqual([
      ['a', 0],
      ['b', staggerMs],
      ['c', 2 * staggerMs],
    ]);
    expect(bulk.current()?.isRunning).toBe(false);
  });

  it('keeps what came of each until it is closed', async () => {
    const refused = fail({ kind: 'refused', message: 'It is suspended.' } as const);
    const { time, start, bulk, outcomes } = setUp({ b: refused, c: ok({ kind: 'lost' }) });
    start('a', 'b', 'c');
    bulk.close();
    await time.pass(60_000);
    expect(outcomes()).toEqual(['sent', 'refused', 'unknown']);
    expect(bulk.current()?.results[1]?.outcome).toEqual({ kind: 'refused', error: refused.error });
    bulk.close();
    expect(bulk.current()).toBeNull();
  });

  it('can be stopped for those that were not sent, at once', async () => {
    const { time, sent, start, bulk, outcomes } = setUp();
    start('a', 'b', 'c');
    await time.pass(0);
    bulk.cancel();
    await time.pass(0);
    expect(outcomes()).toEqual(['sent', 'cancelled', 'cancelled']);
    expect(bulk.current()?.isRunning).toBe(false);
    await time.pass(60_000);
    expect(sent).toHaveLength(1);
    expect(time.pendingTimers).toBe(0);
  });

  it('is one batch at a time', async () => {
    const { time, start } = setUp();
    expect(start('a', 'b').ok).toBe(true);
    expect(start('c')).toMatchObject({ ok: false, error: { kind: 'busy' } });
    await time.pass(60_000);
    expect(start('c').ok).toBe(true);
  });
});

describe('a batch whose code throws', () => {
  const bug = new Error('bug');
  const servers = ['a', 'b', 'c'].map((name) => ({ instanceId: instanceId(name), name }));

  it.each([
    [
      'at once',
      (): Promise<Result<Sent<unknown>>> => {
        throw bug;
      },
    ],
    ['later', (): Promise<Result<Sent<unknown>>> => Promise.reject(bug)],
  ])('%s does not know of that one, sends the others, and the next batch runs', async (_when, throws) => {
    const { bulk, time, start, outcomes, reported } = setUp();
    const send = (id: string) => (id === 'b' ? throws() : Promise.resolve(dispatched));
    expect(bulk.start({ action: 'shutdown', servers, send }).ok).toBe(true);
    await time.pass(60_000);
    expect(outcomes()).toEqual(['sent', 'unknown', 'sent']);
    expect(bulk.current()?.isRunning).toBe(false);
    expect(reported).toEqual([bug]);
    expect(start('d').ok).toBe(true);
    await time.pass(0);
    expect(outcomes()).toEqual(['sent']);
  });

  it('between two of them sends no more, says so, and can be closed', async () => {
    const { time } = setUp();
    const reported: unknown[] = [];
    const brokenClock = {
      ...{ now: time.now, monotonicMs: time.monotonicMs },
      setTimeout: () => {
        throw bug;
      },
    };
    const bulk = createBulkPowers({
      clock: brokenClock,
      onChange: () => undefined,
      report: (cause) => reported.push(cause),
    });
    let sent = 0;
    const send = () => {
      sent += 1;
      return Promise.resolve(dispatched);
    };
    bulk.start({ action: 'shutdown', servers, send });
    await time.pass(0);
    expect(bulk.current()).toMatchObject({
      isRunning: false,
      results: [
        { outcome: { kind: 'sent' } },
        { outcome: { kind: 'refused', error: { kind: 'internal' } } },
        { outcome: { kind: 'refused', error: { kind: 'internal' } } },
      ],
    });
    expect([sent, reported]).toEqual([1, [bug]]);
    bulk.close();
    expect(bulk.current()).toBeNull();
    expect(bulk.start({ action: 'shutdown', servers: servers.slice(0, 1), send }).ok).toBe(true);
  });

  it('while it is shown is sent all the same', async () => {
    const time = new FakeTime();
    const bulk = createBulkPowers({
      clock: time,
      onChange: () => {
        throw bug;
      },
      report: () => undefined,
    });
    bulk.start({ action: 'shutdown', servers, send: () => Promise.resolve(dispatched) });
    await time.pass(60_000);
    expect(bulk.current()).toMatchObject({ isRunning: false });
    expect(bulk.current()?.results.map(({ outcome }) => outcome.kind)).toEqual(['sent', 'sent', 'sent']);
  });
});
