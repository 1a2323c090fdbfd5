import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialState, type MonitorState } from '../../../main/monitor/monitor-state.ts';
import { reduce, type MonitorEvent } from '../../../main/monitor/reduce.ts';
import { toUpdate } from '../../../main/monitor/index.ts';
import { changes, trayModel } from '../../../main/domain/index.ts';
import { fail } from '../../../preload/contract/result.ts';
import { applyUpdate } from '../../../preload/contract/apply-update.ts';
import type { InstanceRecord } from '../../../main/api/index.ts';
import { accountId, answer, cents, instanceId, offline, record, unavailable } from './builders.ts';

const moment = (seconds: number) => ({ wallMs: 1_000_000 + seconds * 1_000, monotonicMs: seconds * 1_000 });
const list = (records: readonly InstanceRecord[], atSeconds = 0, drift = 0): MonitorEvent => ({
  kind: 'instances',
  outcome: answer(records, drift),
  askedMonotonicMs: atSeconds * 1_000,
});
const reduceAll = (events: readonly MonitorEvent[], state = initialState(accountId, null)): MonitorState =>
  events.reduce((held, event, index) => reduce(held, event, moment(index)), state);

describe('what is known after an event', () => {
  it('keeps instances that did not change as the same objects', () => {
    const rows = [record('a'), record('b')];
    const before = reduceAll([list(rows)]);
    const again = reduce(before, list([...rows]), moment(1));
    expect(again.snapshot.instances).toBe(before.snapshot.instances);
    expect(again.snapshot.revision).toBe(before.snapshot.revision + 1);

    const [a] = rows;
    if (!a) throw new Error('two rows');
    const changed = reduce(again, list([a, record('b', 'stopped')]), moment(2));
    expect(changed.snapshot.instances[0]).toBe(before.snapshot.instances[0]);
    expect(changed.snapshot.instances[1]?.state).toMatchObject({
      word: 'Stopped',
      sinceMs: moment(2).wallMs,
    });
  });

  it('sees no change in a row that is another object with the same content', () => {
    const before = reduceAll([list([record('a')])]);
    const after = reduce(before, list([record('a')]), moment(1));
    expect(after.snapshot.instances).toBe(before.snapshot.instances);
  });

  it('keeps old data beside the error, with the age of the data', () => {
    const state = reduceAll([
      list([record('a')]),
      { kind: 'instances', outcome: fail(unavailable), askedMonotonicMs: 1 },
    ]);
    expect(state.snapshot).toMatchObject({
      apiStatus: 'live',
      instances: [{ id: 'a' }],
      instancesFreshness: { checkedAtMs: moment(0).wallMs, error: unavailable },
    });
    const later = reduceAll([{ kind: 'instances', outcome: fail(unavailable), askedMonotonicMs: 2 }], state);
    expect(later.snapshot.apiStatus).toBe('stale');
  });

  it('shows what the last run knew until the first answer, and its plan and price beyond that', () => {
    const plans: MonitorEvent = {
      kind: 'plans',
      outcome: answer(
        new Map([['scout-2', { name: 'Scout 2', prices: [{ cycle: 'monthly', cents: cents(1000) }] }]]),
      ),
    };
    const cached = reduceAll([list([record('a')]), plans]).snapshot;
    const start = initialState(accountId, cached);
    expect(start.snapshot).toMatchObject({ apiStatus: 'starting', revision: 0, instances: [{ id: 'a' }] });
    const wallet = reduce(start, { kind: 'wallet', outcome: fail(offline) }, moment(1));
    expect(wallet.snapshot).toMatchObject({ apiStatus: 'offline', instances: [{ id: 'a' }] });
    const first = reduce(wallet, list([record('a')]), moment(2));
    expect(first.snapshot.instances[0]).toBe(cached.instances[0]);
    expect(first.snapshot.instances[0]).toMatchObject({ planName: 'Scout 2', monthlyCents: 1000 });
  });

  it('takes a list with unreadable rows for no proof that one is gone', () => {
    let state = reduceAll([list([record('a'), record('b')])]);
    for (let poll = 1; poll < 10; poll += 1)
      state = reduce(state, list([record('a')], poll, 1), moment(poll));
    expect(state.snapshot.instances.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(state.snapshot.instancesGaps?.unreadable).toEqual([{ field: 'id', count: 1 }]);
    state = reduce(state, list([record('a'), record('b')], 10), moment(10));
    expect(state.snapshot.instancesGaps).toBeNull();
  });

  it('never calls an instance unlisted or gone that may stand on a page that could not be read', () => {
    const whole = reduceAll([list([record('a'), record('b')])]);
    let state = whole;
    for (let poll = 1; poll < 10; poll += 1)
      state = reduce(state, list([record('a')], poll, 1), moment(poll));
    expect(state.snapshot.instances[1]).toBe(whole.snapshot.instances[1]);
    expect(state.snapshot.instancesGaps?.cut).toMatchObject({ shown: 1, total: 2 });
    const found = reduce(state, { kind: 'found', record: record('b', 'stopped') }, moment(11));
    expect(found.snapshot.instances[1]?.state.word).toBe('Stopped');
    const complete = reduce(found, list([record('a')], 12), moment(12));
    expect(complete.snapshot.instances[1]?.state.word).toBe('Not listed');
  });

  it('takes in an instance that was asked for by itself only while the list is not whole', () => {
    const found: MonitorEvent = { kind: 'found', record: record('new') };
    expect(reduceAll([list([record('a')], 0, 1), found]).snapshot.instances).toHaveLength(2);
    expect(reduceAll([list([record('a')]), found]).snapshot.instances).toHaveLength(1);
  });

  it('shows the first rows as they come, and does not call them live or all', () => {
    const arriving: MonitorEvent = { kind: 'arriving', rows: [record('a')], total: 2 };
    const state = reduceAll([arriving]);
    expect(state.snapshot).toMatchObject({
      apiStatus: 'starting',
      instances: [{ id: 'a' }],
      instancesFreshness: { checkedAtMs: null },
      instancesGaps: { cut: { shown: 1, total: 2, isArriving: true } },
    });
    const whole = reduce(state, list([record('a'), record('b')], 1), moment(1));
    expect(whole.snapshot).toMatchObject({ apiStatus: 'live', instancesGaps: null });
    const cached = reduceAll([list([record('a'), record('b')])]).snapshot;
    expect(reduceAll([arriving], initialState(accountId, cached)).snapshot.instances).toHaveLength(2);
  });

  it('drops what whole lists have lacked for 90 s, and tells so no sooner', () => {
    let state = reduceAll([list([record('a'), record('b')])]);
    for (const seconds of [1, 2, 3, 4, 90]) {
      state = reduce(state, list([record('a')], seconds), moment(seconds));
      expect(state.snapshot.instances).toHaveLength(2);
    }
    state = reduce(state, list([record('a')], 91), moment(91));
    expect(state.snapshot.instances.map(({ id }) => id)).toEqual(['a']);
  });

  it('begins to count again where an instance that the list lacks was found by itself', () => {
    const exists: MonitorEvent = { kind: 'absence-checked', id: instanceId('b'), exists: true };
    let state = reduceAll([list([record('a'), record('b')])]);
    for (const seconds of [1, 2, 3, 60]) state = reduce(state, list([record('a')], seconds), moment(seconds));
    state = reduce(state, exists, moment(61));
    for (const seconds of [62, 91, 151]) {
      state = reduce(state, list([record('a')], seconds), moment(seconds));
      expect(state.snapshot.instances).toHaveLength(2);
    }
    state = reduce(state, list([record('a')], 152), moment(152));
    expect(state.snapshot.instances).toHaveLength(1);
  });

  it('believes the fresher of the list and the live state', () => {
    const live = (remoteState: string, status: string, atSeconds: number): MonitorEvent => ({
      kind: 'live',
      id: instanceId('a'),
      live: { status, vfState: null, remoteState, askedMonotonicMs: atSeconds * 1_000 },
    });
    const word = (...happened: readonly MonitorEvent[]) =>
      reduceAll([list([record('a')]), ...happened]).snapshot.instances[0]?.state.word;
    expect(word(live('shutoff', 'running', 5))).toBe('Stopped');
    // The list repeats what the live answer had as status: the hypervisor still knows better.
    expect(word(live('shutoff', 'running', 5), list([record('a')], 10))).toBe('Stopped');
    expect(word(live('shutoff', 'running', 5), list([record('a')], 30))).toBe('Running');
    expect(word(live('running', 'running', 5), list([record('a', 'stopped')], 10))).toBe('Stopped');
    expect(word(live('running', 'running', 5), list([record('a', 'stopped')], 4))).toBe('Running');
  });

  it('ignores answers to questions from before an action', () => {
    const state = reduceAll([
      list([record('a')]),
      { kind: 'expect', id: instanceId('a'), action: 'shutdown' },
      { kind: 'dispatch', id: instanceId('a'), outcome: 'dispatched' },
    ]);
    const old = reduce(state, list([record('a', 'stopped')], 1), moment(3));
    expect(old.snapshot.instances[0]?.state.word).toBe('Shutting down');
    const fresh = reduce(old, list([record('a', 'stopped')], 4), moment(4));
    expect(fresh.snapshot.instances[0]?.state.word).toBe('Stopped');
  });
});

const ids = ['a', 'b', 'c', 'd', 'e'] as const;
const statuses = ['running', 'stopped', 'provisioning', 'suspended', 'failed', 'odd'] as const;
const rows = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...statuses)), { selector: ([id]) => id })
  .map((pairs) => pairs.map(([id, status]) => record(id, status)));
const events: fc.Arbitrary<MonitorEvent> = fc.oneof(
  fc.tuple(rows, fc.nat(1)).map(([records, drift]) => list(records, 0, drift)),
  fc.constant<MonitorEvent>({ kind: 'instances', outcome: fail(unavailable), askedMonotonicMs: 0 }),
  fc.nat(100_000).map((balance): MonitorEvent => ({ kind: 'wallet', outcome: answer(cents(balance)) })),
  fc.constant<MonitorEvent>({ kind: 'wallet', outcome: fail(offline) }),
  fc.constant<MonitorEvent>({ kind: 'network-lost' }),
  fc.constant<MonitorEvent>({ kind: 'time' }),
  fc
    .tuple(fc.constantFrom(...ids), fc.constantFrom('boot', 'shutdown', 'restart', 'poweroff'))
    .map(([id, action]): MonitorEvent => ({ kind: 'expect', id: instanceId(id), action })),
  fc
    .tuple(fc.constantFrom(...ids), fc.constantFrom('dispatched', 'lost', 'refused'))
    .map(([id, outcome]): MonitorEvent => ({ kind: 'dispatch', id: instanceId(id), outcome })),
  fc
    .tuple(fc.constantFrom(...ids), fc.boolean())
    .map(([id, exists]): MonitorEvent => ({ kind: 'absence-checked', id: instanceId(id), exists })),
);

describe('whatever happens', () => {
  it('updates applied to what was held give what is now, with the same objects', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), (happened) => {
        let state = initialState(accountId, null);
        let held: ReturnType<typeof applyUpdate> = state.snapshot;
        happened.forEach((event, index) => {
          const next = reduce(state, event, moment(index * 5));
          if (next.snapshot !== state.snapshot) {
            held = applyUpdate(held, toUpdate(state.snapshot, next.snapshot));
          }
          state = next;
          expect(held).toEqual(state.snapshot);
          held?.instances.forEach((instance, place) =>
            expect(instance).toBe(state.snapshot.instances[place]),
          );
        });
      }),
    );
  });

  it('no listed instance is lost and none is there twice', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), rows, (happened, records) => {
        const state = reduceAll([...happened, list(records)]);
        const shown = state.snapshot.instances.map(({ id }) => id);
        expect(shown).toEqual([...new Set(shown)]);
        for (const { id } of records) expect(shown).toContain(id);
      }),
    );
  });

  it('a patch that does not follow on what is held is refused', () => {
    const first = reduceAll([list([record('a')])]);
    const second = reduce(first, list([record('a', 'stopped')]), moment(1));
    const third = reduce(second, list([record('a')]), moment(2));
    const patch = toUpdate(second.snapshot, third.snapshot);
    expect(patch.kind).toBe('patch');
    expect(applyUpdate(first.snapshot, patch)).toBeNull();
    expect(toUpdate(first.snapshot, third.snapshot).kind).toBe('full');
  });
});

describe('10,000 instances', () => {
  it('cost one look each where nothing changed, and one new object where one did', () => {
    let reads = 0;
    const watched = Array.from({ length: 10_000 }, (_, index) => {
      const row = record(`web-${index}`);
      return Object.defineProperty({ ...row }, 'status', {
        get: () => {
          reads += 1;
          return 'running';
        },
        enumerable: true,
      });
    });
    const before = reduceAll([list(watched)]);
    reads = 0;
    const same = reduce(before, list([...watched]), moment(1));
    expect(same.snapshot.instances).toBe(before.snapshot.instances);
    expect(reads).toBe(0);

    const after = reduce(same, list([...watched.slice(0, -1), record('web-9999', 'failed')]), moment(2));
    expect(reads).toBe(0);
    const update = toUpdate(same.snapshot, after.snapshot);
    expect(update).toMatchObject({ kind: 'patch', changed: [{ id: 'web-9999' }], removed: [] });
    expect(changes(same.snapshot, after.snapshot)).toHaveLength(1);
    expect(trayModel(after.snapshot, 0).tooltip).toBe('Evorxa: 9,999 running, 1 needs attention');
  });
});
