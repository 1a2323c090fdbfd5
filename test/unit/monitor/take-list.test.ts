import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstanceRecord } from '../../../main/api/index.ts';
import { initialState, type MonitorState } from '../../../main/monitor/monitor-state.ts';
import { projectAhead } from '../../../main/monitor/project-ahead.ts';
import { reduce, type MonitorEvent } from '../../../main/monitor/reduce.ts';
import { Turn } from '../../../main/tasks/index.ts';
import { accountId, answer, instanceId, record } from './builders.ts';
import { settle } from './fake-time.ts';
import { rig, type Rig } from './rig.ts';

/** A monitor of a long list whose turns the test gives. */
async function longList(): Promise<
  Rig & { readonly turns: (() => void)[]; readonly poll: () => Promise<void> }
> {
  const turns: (() => void)[] = [];
  const newTurn = (): Turn =>
    new Turn({ now: () => 0, next: () => new Promise<void>((resolve) => turns.push(resolve)) });
  const made = rig({ newTurn });
  const poll = async (): Promise<void> => {
    void made.monitor.refresh();
    await settle();
  };
  made.api.records = rows('running');
  made.monitor.start();
  await settle();
  await end(turns);
  return { ...made, turns, poll };
}

const rows = (status: string): readonly InstanceRecord[] =>
  Array.from({ length: 600 }, (_, index) => record(`i${index}`, status));

async function next(turns: (() => void)[]): Promise<void> {
  turns.shift()?.();
  await settle();
}

async function end(turns: (() => void)[]): Promise<void> {
  while (turns.length > 0) await next(turns);
}

const words = ({ monitor }: Rig): readonly string[] => [
  ...new Set(monitor.snapshot().instances.map(({ state }) => state.word)),
];

describe('a long list', () => {
  it('is taken over as one, with turns of others before it, before it is told and behind that', async () => {
    const made = await longList();
    made.api.records = rows('stopped');
    await made.poll();
    const { revision } = made.monitor.snapshot();
    expect([made.turns.length, words(made)]).toEqual([1, ['Running']]);
    await next(made.turns);
    expect([made.turns.length, words(made)]).toEqual([1, ['Running']]);
    expect(made.held()).toEqual(made.monitor.snapshot());
    await next(made.turns);
    expect([made.turns.length, words(made)]).toEqual([1, ['Stopped']]);
    expect(made.monitor.snapshot().revision).toBe(revision + 1);
    await end(made.turns);
    expect(made.held()).toEqual(made.monitor.snapshot());
    await made.time.pass(5_000);
    await end(made.turns);
    expect(made.notices).toHaveLength(1);
  });

  it('shows what was begun in between', async () => {
    const made = await longList();
    made.api.records = rows('stopped').map((row) => ({ ...row, name: 'renamed' }));
    await made.poll();
    made.monitor.expect(instanceId('i7'), 'restart');
    expect(made.monitor.isExpecting(instanceId('i7'))).toBe(true);
    await end(made.turns);
    expect(made.monitor.snapshot().instances[7]).toMatchObject({
      name: 'renamed',
      state: { word: 'Restarting' },
    });
    expect(words(made)).toEqual(['Stopped', 'Restarting']);
    expect(made.held()).toEqual(made.monitor.snapshot());
  });

  it.each([
    ['is dropped where the monitor is stopped before it', 0, 'Running', 0],
    ['is not told where the monitor is stopped behind it', 1, 'Running', 0],
    ['brings no notices where the monitor is stopped once it was told', 2, 'Stopped', 0],
  ])('%s', async (_what, turnsBefore, word, notices) => {
    const made = await longList();
    made.api.records = rows('stopped');
    await made.poll();
    for (let turn = 0; turn < turnsBefore; turn += 1) await next(made.turns);
    made.monitor.stop();
    await end(made.turns);
    await made.time.pass(60_000);
    expect(words(made)).toEqual([word]);
    expect(made.notices).toHaveLength(notices);
  });

  it('is told by what comes next, where that does not wait', async () => {
    const made = await longList();
    made.api.records = rows('stopped');
    await made.poll();
    await next(made.turns);
    made.monitor.expect(instanceId('i7'), 'boot');
    expect(words(made)).toEqual(['Stopped', 'Starting']);
    expect(made.held()).toEqual(made.monitor.snapshot());
    await end(made.turns);
    expect(made.held()).toEqual(made.monitor.snapshot());
  });

  it('that was not told is told once the monitor goes on', async () => {
    const made = await longList();
    made.api.records = rows('stopped');
    await made.poll();
    await next(made.turns);
    made.monitor.suspend();
    await end(made.turns);
    made.monitor.resume();
    await settle();
    await end(made.turns);
    expect(words(made)).toEqual(['Stopped']);
    expect(made.held()).toEqual(made.monitor.snapshot());
  });

  it('that is short is taken over in one piece', async () => {
    const made = rig({
      newTurn: () => new Turn({ now: () => 0, next: () => Promise.reject(new Error('no turn')) }),
    });
    made.api.records = rows('running').slice(0, 400);
    made.monitor.start();
    await settle();
    expect(made.monitor.snapshot().instances).toHaveLength(400);
  });
});

describe('instances that are made ahead', () => {
  const moment = (seconds: number) => ({ wallMs: 1_000_000 + seconds * 1_000, monotonicMs: seconds * 1_000 });
  const listed = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      status: fc.constantFrom('running', 'stopped', 'suspended'),
      planSlug: fc.constantFrom('scout-2', 'scout-4', null),
    }),
    { selector: ({ id }) => id },
  );
  const rowsOf = (all: readonly { id: string; status: string; planSlug: string | null }[]) =>
    all.map(({ id, status, planSlug }) => record(id, status, { planSlug }));
  const other = fc.oneof(
    fc.constantFrom<MonitorEvent>(
      { kind: 'expect', id: instanceId('a'), action: 'restart' },
      { kind: 'note', id: instanceId('b'), change: 'deletion-scheduled' },
      {
        kind: 'plans',
        outcome: answer(new Map([['scout-2', { slug: 'scout-2', name: 'Scout', prices: [] }]])),
      } as never,
      { kind: 'time' },
    ),
    listed.map((all): MonitorEvent => ({
      kind: 'instances',
      outcome: answer(rowsOf(all)),
      askedMonotonicMs: 5_000,
    })),
  );

  it('are those that are made then, whatever happened in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(other, { maxLength: 4 }),
        fc.array(other, { maxLength: 3 }),
        listed,
        async (earlier, between, all) => {
          const after = (state: MonitorState, events: readonly MonitorEvent[]): MonitorState =>
            events.reduce((held, event) => reduce(held, event, moment(1)), state);
          const start = after(initialState(accountId, null), earlier);
          const records = rowsOf(all);
          const ahead = await projectAhead(start, records, moment(2).wallMs, new Turn());
          const state = after(start, between);
          const event = { kind: 'instances', outcome: answer(records), askedMonotonicMs: 2_000 } as const;
          expect(reduce(state, { ...event, ahead }, moment(2)).snapshot).toEqual(
            reduce(state, event, moment(2)).snapshot,
          );
        },
      ),
    );
  });
});
