import { describe, expect, it, vi } from 'vitest';
import { AccountGate } from '../../../main/monitor/account-gate.ts';
import { Watches, type LoadWatch } from '../../../main/monitor/watches.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import type { Gaps } from '../../../preload/contract/gaps.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import { watchName } from '../../../preload/contract/watch-name.ts';
import type { WatchKey, WatchUpdate } from '../../../preload/contract/watch.ts';
import { instanceId, unavailable } from './builders.ts';
import { FakeTime } from './fake-time.ts';

const credits: WatchKey = { kind: 'agent-credits' };
const server = (id: string): WatchKey => ({ kind: 'instance', instanceId: instanceId(id) });
const trend = (id: string): WatchKey => ({ kind: 'cpu-trend', instanceId: instanceId(id) });
const gaps: Gaps = { cut: null, unreadable: [{ field: 'x', count: 1 }] };
const empty = { data: null, checkedAtMs: null, error: null, gaps: null };

/** Watches whose loads give `next`, and what was loaded by its name. */
function rig(working: readonly string[] = []) {
  const time = new FakeTime();
  const paceListeners: (() => void)[] = [];
  const updates: WatchUpdate[] = [];
  const heard: (ApiError | null)[] = [];
  const loaded: string[] = [];
  const asked: boolean[] = [];
  const made = {
    next: (): unknown => ok({ value: 'data', gaps: null, isWhole: true }),
    answered: Promise.resolve(),
    working,
  };
  const watches = new Watches({
    context: {
      clock: time,
      random: () => 0,
      gate: new AccountGate(() => 0, vi.fn()),
      visibility: () => 'in-view',
      onPaceChange: (listener) => paceListeners.push(listener),
      onBug: (error) => {
        throw error;
      },
    },
    load: (async (key: WatchKey, _signal: AbortSignal, isAsked: boolean) => {
      loaded.push(watchName(key));
      asked.push(isAsked);
      await made.answered;
      return made.next();
    }) as unknown as LoadWatch,
    onUpdate: (update) => updates.push(update),
    onHeard: (error) => heard.push(error),
    isAgentWorking: (id) => made.working.includes(id),
  });
  /** What a view is greeted with that begins to watch. */
  const greeting = (key: WatchKey) => {
    const result = watches.start(key);
    return result.ok ? result.value.state : result.error;
  };
  return { made, watches, time, updates, heard, loaded, asked, paceListeners, greeting };
}

describe('what is shown of a watch', () => {
  it('is asked for by a view that opens and by a refresh, and polled in between', async () => {
    const { watches, time, asked } = rig();
    const key = { kind: 'shield-ips' } as const;
    watches.start(key);
    await time.pass(0);
    await time.pass(600_000);
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.slice(1)).not.toContain(true);
    await watches.refresh(key);
    expect(asked.at(-1)).toBe(true);
    expect(asked[0]).toBe(true);
  });

  it('is its data with its age and what is missing in it', async () => {
    const { watches, time, updates, heard, made } = rig();
    made.next = () => ok({ value: 'data', gaps, isWhole: true });
    watches.start(credits);
    await time.pass(0);
    expect(updates).toEqual([
      {
        kind: 'agent-credits',
        name: watchName(credits),
        state: { data: 'data', checkedAtMs: time.now(), error: null, gaps },
      },
    ]);
    expect(heard).toEqual([null]);
  });

  it('is the error beside the data, gaps and age from before, until it is answered again', async () => {
    const { watches, time, updates, heard, made } = rig();
    made.next = () => ok({ value: 'data', gaps, isWhole: true });
    watches.start(credits);
    await time.pass(0);
    const checkedAtMs = time.now();
    await time.pass(5_000);
    made.next = () => fail(unavailable);
    await watches.refresh(credits);
    expect(updates.at(-1)?.state).toEqual({ data: 'data', checkedAtMs, error: unavailable, gaps });
    made.next = () => ok({ value: 'new', gaps: null, isWhole: true });
    await watches.refresh(credits);
    expect(updates.at(-1)?.state).toMatchObject({ data: 'new', error: null, gaps: null });
    expect(heard).toEqual([null, unavailable, null]);
  });

  it('is nothing of an answer that comes once nobody watches', async () => {
    const { watches, time, updates, heard, made } = rig();
    let open = (): void => undefined;
    made.answered = new Promise((resolve) => (open = resolve));
    watches.start(credits);
    await time.pass(0);
    watches.stop(credits);
    open();
    await time.pass(0);
    expect([updates, heard]).toEqual([[], []]);
  });

  it('is what was known last, for who comes back and for who asks', async () => {
    const { watches, time, greeting } = rig();
    expect(watches.known(credits)).toBeNull();
    expect(greeting(credits)).toEqual(empty);
    await time.pass(0);
    const checkedAtMs = time.now();
    expect(watches.known(credits)).toBe('data');
    watches.stop(credits);
    expect([watches.isWatched(credits), watches.known(credits)]).toEqual([false, 'data']);
    await time.pass(60_000);
    expect(greeting(credits)).toEqual({ data: 'data', checkedAtMs, error: null, gaps: null });
  });
});

describe('a watch that is asked for at once', () => {
  it('is asked for once more, and one that nobody watches is not', async () => {
    const { watches, time, loaded } = rig();
    await watches.refresh(credits);
    await watches.refreshAfterCurrent(credits);
    watches.stop(credits);
    expect(loaded).toEqual([]);
    watches.start(credits);
    await time.pass(0);
    await watches.refresh(credits);
    await watches.refreshAfterCurrent(credits);
    expect(loaded).toHaveLength(3);
  });
});

describe('a patch', () => {
  const patch = (watches: Watches, key: WatchKey, text: string): void =>
    watches.patch(key, ((data: unknown) => `${String(data)}, ${text}`) as never);

  it('changes what is shown between two answers, and nothing else of it', async () => {
    const { watches, time, updates } = rig();
    watches.start(credits);
    await time.pass(0);
    const checkedAtMs = time.now();
    await time.pass(1_000);
    patch(watches, credits, 'patched');
    expect(updates.at(-1)?.state).toEqual({ data: 'data, patched', checkedAtMs, error: null, gaps: null });
    expect(watches.known(credits)).toBe('data, patched');
  });

  it('greets who comes later, where nobody watches yet', () => {
    const { watches, updates, greeting } = rig();
    patch(watches, credits, 'patched');
    expect(updates).toEqual([]);
    expect(greeting(credits)).toMatchObject({ data: 'null, patched', checkedAtMs: null });
  });

  it('to nothing leaves nothing', () => {
    const { watches, greeting } = rig();
    watches.patch(credits, () => null);
    expect(greeting(credits)).toEqual(empty);
  });
});

describe('what is kept once nobody watches', () => {
  /** Watches each of them, one after the other, until it is answered. */
  async function visit({ watches, time }: ReturnType<typeof rig>, keys: readonly WatchKey[]): Promise<void> {
    for (const key of keys) {
      watches.start(key);
      await time.pass(0);
      watches.stop(key);
    }
  }
  const many = (count: number, key: (id: string) => WatchKey) =>
    Array.from({ length: count }, (_, index) => key(`${index}`));

  it('is the last twenty-four of the views, and two hundred rows beside them', async () => {
    const made = rig();
    await visit(made, [...many(25, server), ...many(201, trend)]);
    const known = (key: WatchKey) => made.watches.known(key) !== null;
    expect(many(25, server).map(known)).toEqual([false, ...Array.from({ length: 24 }, () => true)]);
    expect(many(201, trend).map(known)).toEqual([false, ...Array.from({ length: 200 }, () => true)]);
  });

  it('goes by when it was watched last', async () => {
    const made = rig();
    await visit(made, [...many(24, server), server('0'), server('24')]);
    expect(made.watches.known(server('0'))).toBe('data');
    expect(made.watches.known(server('1'))).toBeNull();
  });
});

describe('sleep', () => {
  it('holds back what is watched meanwhile, until the machine wakes', async () => {
    const { watches, time, loaded } = rig();
    watches.suspend();
    watches.start(credits);
    await time.pass(60_000);
    expect(loaded).toEqual([]);
    watches.resume();
    await time.pass(0);
    expect(loaded).toHaveLength(1);
    watches.start(server('web'));
    await time.pass(0);
    expect(loaded).toHaveLength(2);
  });
});

describe('the pace of a watch', () => {
  it('is looked at again when the account’s is another, and by what its agent does', async () => {
    const { watches, time, loaded, made, paceListeners } = rig();
    const agent: WatchKey = { kind: 'agent', instanceId: instanceId('web') };
    watches.start(agent);
    await time.pass(10_000);
    expect(loaded).toHaveLength(1);
    made.working = ['other'];
    watches.reschedule();
    await time.pass(0);
    expect(loaded).toHaveLength(1);
    made.working = ['web'];
    paceListeners.forEach((listener) => listener());
    await time.pass(0);
    expect(loaded).toHaveLength(2);
    await time.pass(2_000);
    expect(loaded).toHaveLength(3);
  });
});

it('more than the views can need are refused, with what helps, and room is there again once one is closed', () => {
  const { watches, greeting } = rig();
  for (let index = 0; index < 64; index += 1) expect(watches.start(server(`${index}`)).ok).toBe(true);
  expect(greeting(server('64'))).toEqual({
    kind: 'refused',
    message: 'Too many things are open at once. Close a view first.',
  });
  // One that is open already takes no more room.
  expect(watches.start(server('0')).ok).toBe(true);
  watches.stop(server('1'));
  expect(watches.start(server('64')).ok).toBe(true);
  watches.resetAll();
  expect(watches.isWatched(server('0'))).toBe(false);
});
