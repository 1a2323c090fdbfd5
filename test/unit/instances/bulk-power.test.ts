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
  /** What was shown at each change: the outcomes, and whether it runs. */
  const shown: (string | null)[] = [];
  const bulk = createBulkPowers({
    clock: time,
    onChange: (current) =>
      shown.push(
        current &&
          [current.isRunning ? 'runs' : 'over', ...current.results.map(({ outcome }) => outcome.kind)].join(
            ' ',
          ),
      ),
    report: (cause) => reported.push(cause),
  });
  const sent: { readonly id: string; readonly atMs: number }[] = [];
  const start = (...names: readonly string[]) =>
    bulk.start({
      action: 'shutdown',
      instances: names.map((name) => ({ instanceId: instanceId(name), name })),
      send: (id) => {
        sent.push({ id, atMs: time.monotonicMs() });
        return Promise.resolve(endings[id] ?? dispatched);
      },
    });
  const outcomes = () => bulk.current()?.results.map(({ outcome }) => outcome.kind);
  return { bulk, time, sent, start, outcomes, reported, shown };
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

  it('is shown at each step, with what it does', async () => {
    const { time, start, bulk, shown } = setUp();
    start('a', 'b');
    expect(bulk.current()).toMatchObject({
      action: 'shutdown',
      isRunning: true,
      results: [
        { instanceId: 'a', name: 'a' },
        { instanceId: 'b', name: 'b' },
      ],
    });
    await time.pass(60_000);
    bulk.close();
    expect(shown).toEqual([
      'runs waiting waiting',
      'runs sending waiting',
      'runs sent waiting',
      'runs sent sending',
      'runs sent sent',
      'over sent sent',
      null,
    ]);
  });

  it('that is stopped while one is being sent keeps what comes of that one, and ends with it', async () => {
    const time = new FakeTime();
    const bulk = createBulkPowers({ clock: time, onChange: () => undefined, report: () => undefined });
    let answer: (result: Result<Sent<unknown>>) => void = () => undefined;
    bulk.start({
      action: 'shutdown',
      instances: ['a', 'b'].map((name) => ({ instanceId: instanceId(name), name })),
      send: () => new Promise((resolve) => (answer = resolve)),
    });
    await time.pass(0);
    bulk.cancel();
    bulk.close();
    expect(bulk.current()).toMatchObject({
      isRunning: true,
      results: [{ outcome: { kind: 'sending' } }, { outcome: { kind: 'cancelled' } }],
    });
    answer(dispatched);
    await time.pass(0);
    expect(bulk.current()).toMatchObject({
      isRunning: false,
      results: [{ outcome: { kind: 'sent' } }, { outcome: { kind: 'cancelled' } }],
    });
    expect(time.pendingTimers).toBe(0);
  });

  it('makes no pause after the last one', async () => {
    const { time, start, bulk } = setUp();
    start('a');
    await time.pass(0);
    expect([bulk.current()?.isRunning, time.pendingTimers]).toEqual([false, 0]);
  });

  it('cannot be stopped or closed where there is none', () => {
    const { bulk, shown } = setUp();
    bulk.cancel();
    bulk.close();
    expect([bulk.current(), shown]).toEqual([null, []]);
  });

  it('is one batch at a time', async () => {
    const { time, start } = setUp();
    expect(start('a', 'b').ok).toBe(true);
    expect(start('c')).toEqual({
      ok: false,
      error: { kind: 'busy', message: 'Another action for several instances is being sent.' },
    });
    await time.pass(60_000);
    expect(start('c').ok).toBe(true);
  });
});

describe('a batch whose code throws', () => {
  const bug = new Error('bug');
  const instances = ['a', 'b', 'c'].map((name) => ({ instanceId: instanceId(name), name }));
  const notSent = {
    kind: 'internal',
    message: 'Something went wrong in the app before this was sent. The log has the details.',
  };

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
    expect(bulk.start({ action: 'shutdown', instances, send }).ok).toBe(true);
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
    bulk.start({ action: 'shutdown', instances, send });
    await time.pass(0);
    expect(bulk.current()).toMatchObject({
      isRunning: false,
      results: [
        { outcome: { kind: 'sent' } },
        { outcome: { kind: 'refused', error: notSent } },
        { outcome: { kind: 'refused', error: notSent } },
      ],
    });
    expect([sent, reported]).toEqual([1, [bug]]);
    bulk.close();
    expect(bulk.current()).toBeNull();
    expect(bulk.start({ action: 'shutdown', instances: instances.slice(0, 1), send }).ok).toBe(true);
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
    bulk.start({ action: 'shutdown', instances, send: () => Promise.resolve(dispatched) });
    await time.pass(60_000);
    expect(bulk.current()).toMatchObject({ isRunning: false });
    expect(bulk.current()?.results.map(({ outcome }) => outcome.kind)).toEqual(['sent', 'sent', 'sent']);
  });
});
