import { beforeEach, describe, expect, it } from 'vitest';
import type { InstanceRecord } from '../../../main/api/index.ts';
import { initialState, type MonitorState } from '../../../main/monitor/monitor-state.ts';
import { reduce, type MonitorEvent } from '../../../main/monitor/reduce.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import { fail } from '../../../preload/contract/result.ts';
import {
  accountId,
  answer,
  cents,
  instanceId,
  offline,
  record,
  unauthorized,
  unavailable,
} from './builders.ts';

const web = instanceId('web');
const at = (seconds: number) => ({ wallMs: 1_000_000 + seconds * 1_000, monotonicMs: seconds * 1_000 });
const list = (records: readonly InstanceRecord[], atSeconds = 0, lost = 0): MonitorEvent => ({
  kind: 'instances',
  outcome: answer(records, lost),
  askedMonotonicMs: atSeconds * 1_000,
});
const start = initialState(accountId, null);
/** What is known after these events, one a second. */
const after = (...events: readonly MonitorEvent[]): MonitorState =>
  events.reduce((state, event, index) => reduce(state, event, at(index)), start);
const then = (state: MonitorState, event: MonitorEvent, seconds = 10): MonitorState =>
  reduce(state, event, at(seconds));
let listed: MonitorState;
beforeEach(() => {
  listed = after(list([record('web'), record('db')]));
});

const names = ({ snapshot }: MonitorState) => snapshot.instances.map(({ id }) => id);
const wordOf = ({ snapshot }: MonitorState, id = 'web') =>
  snapshot.instances.find((instance) => instance.id === id)?.state.word;
const failed = (error: ApiError): MonitorEvent => ({
  kind: 'instances',
  outcome: fail(error),
  askedMonotonicMs: 0,
});

describe('a wallet', () => {
  it('that was answered has its balance and when, and proves that there is a network', () => {
    const lost = then(listed, { kind: 'network-lost' });
    expect(lost.snapshot.apiStatus).toBe('offline');
    const { snapshot } = then(lost, { kind: 'wallet', outcome: answer(cents(700)) });
    expect(snapshot).toMatchObject({
      apiStatus: 'live',
      balanceCents: 700,
      walletFreshness: { checkedAtMs: at(10).wallMs, error: null },
    });
  });

  it('that failed keeps its balance and its age', () => {
    const known = then(listed, { kind: 'wallet', outcome: answer(cents(700)) });
    const { snapshot } = then(known, { kind: 'wallet', outcome: fail(unavailable) }, 60);
    expect(snapshot).toMatchObject({
      apiStatus: 'live',
      balanceCents: 700,
      walletFreshness: { checkedAtMs: at(10).wallMs, error: unavailable },
      instancesFreshness: { error: null },
    });
  });
});

describe('a list', () => {
  it('that failed twice is old, and live at once when it is answered', () => {
    const once = then(listed, failed(unavailable));
    expect(once.snapshot.apiStatus).toBe('live');
    const twice = then(once, failed(unavailable));
    expect(twice.snapshot.apiStatus).toBe('stale');
    const again = then(twice, list([record('web')], 20), 20);
    expect(again.snapshot).toMatchObject({
      apiStatus: 'live',
      instancesFreshness: { checkedAtMs: at(20).wallMs, error: null },
    });
  });

  it('that was given up says nothing of Evorxa', () => {
    const { snapshot } = then(listed, failed({ kind: 'aborted' }));
    expect(snapshot.instancesFreshness.error).toBeNull();
  });

  it('without a network is offline until something else is heard', () => {
    const lost = then(listed, failed(offline));
    expect(lost.snapshot.apiStatus).toBe('offline');
    expect(then(lost, failed(unavailable)).snapshot.apiStatus).toBe('stale');
    expect(then(lost, failed(unauthorized)).snapshot.apiStatus).toBe('signed-out');
  });

  it('whose first rows come shows them while there is nothing else, and their number', () => {
    const first = after({ kind: 'arriving', rows: [record('web')], total: null });
    expect(names(first)).toEqual(['web']);
    const more = then(first, { kind: 'arriving', rows: [record('web'), record('db')], total: 3 });
    expect(names(more)).toEqual(['web', 'db']);
    expect(more.snapshot.instancesGaps).toEqual({
      cut: { shown: 2, total: 3, isArriving: true },
      unreadable: [],
    });
    expect(more.recordOf(instanceId('db'))?.name).toBe('db');
    // They came over a network.
    const back = then(then(start, { kind: 'network-lost' }), {
      kind: 'arriving',
      rows: [record('web')],
      total: 2,
    });
    expect(back.snapshot.apiStatus).toBe('starting');
    expect(then(listed, { kind: 'arriving', rows: [record('new')], total: 2 })).toBe(listed);
  });
});

describe('an instance that was asked for by itself', () => {
  let halved: MonitorState;
  beforeEach(() => {
    halved = after(list([record('web')], 0, 1));
  });
  const found = (row: InstanceRecord): MonitorEvent => ({ kind: 'found', record: row });

  it('is shown where the list is not whole and lacks it, and stays through the next ones', () => {
    const with2 = then(halved, found(record('db', 'stopped')));
    expect([names(with2), wordOf(with2, 'db')]).toEqual([['web', 'db'], 'Stopped']);
    const next = then(with2, list([record('web')], 20, 1), 20);
    expect([names(next), wordOf(next, 'db')]).toEqual([['web', 'db'], 'Stopped']);
    const started = then(next, found(record('db', 'running')), 30);
    expect([names(started), wordOf(started, 'db')]).toEqual([['web', 'db'], 'Running']);
    expect(then(started, found(record('db', 'running')), 40)).toBe(started);
  });

  it('is known by the list where that has it', () => {
    expect(then(halved, found(record('web', 'stopped')))).toBe(halved);
    expect(then(listed, found(record('new')))).toBe(listed);
    expect(then(start, found(record('new')))).toBe(start);
  });
});

describe('an instance that the list no longer has', () => {
  let missing: MonitorState;
  beforeEach(() => {
    missing = then(listed, list([record('db')], 5), 5);
  });

  it('is not listed until it is known whether it exists, and as it was where it does', () => {
    expect(wordOf(missing)).toBe('Not listed');
    const exists = then(missing, { kind: 'absence-checked', id: web, exists: true });
    expect([...exists.absences]).toEqual([['web', { lists: 0, sinceMonotonicMs: null }]]);
    expect(names(exists)).toEqual(['db', 'web']);
  });

  it('goes with all that is known of it where it does not', () => {
    const busy = [
      { kind: 'expect', id: web, action: 'delete' },
      { kind: 'note', id: web, change: 'reboot-due' },
      {
        kind: 'live',
        id: web,
        live: { status: 'running', vfState: null, remoteState: 'running', askedMonotonicMs: 0 },
      },
      { kind: 'absence-checked', id: web, exists: false },
    ] as const;
    const gone = busy.reduce<MonitorState>((state, event) => then(state, event), missing);
    expect(names(gone)).toEqual(['db']);
    expect(gone.recordOf(web)).toBeUndefined();
    for (const known of [gone.absences, gone.live, gone.expectations, gone.localChanges])
      expect(known.size).toBe(0);
    expect(then(gone, { kind: 'absence-checked', id: web, exists: false })).toBe(gone);
  });
});

describe('an action', () => {
  let sent: MonitorState;
  beforeEach(() => {
    sent = then(listed, { kind: 'expect', id: web, action: 'upgrade' });
  });

  it('remembers the plan that it changes, and is over when that is another', () => {
    expect(sent.expectations.get(web)).toMatchObject({ action: 'upgrade', planBefore: 'scout-2' });
    expect(wordOf(sent)).toBe('Upgrading');
    const done = then(sent, list([record('web', 'running', { planSlug: 'scout-4' })], 20), 20);
    expect(wordOf(done)).toBe('Running');
    expect(done.expectations.size).toBe(0);
  });

  it.each(['refused', 'done'] as const)('that is %s is no longer awaited', (outcome) => {
    const over = then(sent, { kind: 'dispatch', id: web, outcome });
    expect(over.expectations.size).toBe(0);
    expect(wordOf(over)).toBe('Running');
  });

  it('is timed from when it was sent, and says where its answer was lost', () => {
    const lost = then(sent, { kind: 'dispatch', id: web, outcome: 'lost' }, 25);
    expect(lost.expectations.get(web)).toMatchObject({ dispatch: 'lost', since: at(25) });
    expect(lost.snapshot.instances[0]?.state.detail).toContain('The answer was lost.');
    expect(then(listed, { kind: 'dispatch', id: web, outcome: 'lost' })).toBe(listed);
  });

  it('is overdue after its time, and forgotten after ten minutes more', () => {
    const waiting = then(sent, { kind: 'time' }, 189);
    expect(waiting).toBe(sent);
    const overdue = then(sent, { kind: 'time' }, 190);
    expect(overdue.expectations.get(web)?.overdue).toBe(true);
    expect(overdue.snapshot.instances[0]?.state).toMatchObject({ word: 'Running' });
    expect(then(overdue, { kind: 'time' }, 790).expectations.size).toBe(0);
  });
});

describe('what was noted here', () => {
  it('is shown of an instance that is known, until the API shows the same', () => {
    const noted = then(listed, { kind: 'note', id: web, change: 'deletion-scheduled' });
    expect(wordOf(noted)).toBe('Deletion scheduled');
    expect(noted.snapshot.instances[1]).toBe(listed.snapshot.instances[1]);
    const again = then(noted, list([record('web'), record('db')], 20), 20);
    expect(again.localChanges).toBe(noted.localChanges);
    const cancelled = then(noted, { kind: 'note', id: web, change: 'deletion-canceled' });
    expect([wordOf(cancelled), cancelled.localChanges.size]).toEqual(['Running', 0]);
    expect(then(listed, { kind: 'note', id: instanceId('?'), change: 'reboot-due' })).toBe(listed);
  });
});

it('a deletion that was scheduled here is Evorxa’s to take back once Evorxa has shown it', () => {
  const noted = then(listed, { kind: 'note', id: web, change: 'deletion-scheduled' });
  const seen = then(noted, list([record('web', 'pending_deletion'), record('db')], 20), 20);
  expect(wordOf(seen)).toBe('Deletion scheduled');
  const cancelled = then(seen, list([record('web'), record('db')], 30), 30);
  expect([wordOf(cancelled), cancelled.localChanges.size]).toEqual(['Running', 0]);
});

describe('prices and payments', () => {
  const outcome = answer(
    new Map([['scout-2', { name: 'Scout 2', prices: [{ cycle: 'monthly', cents: cents(1000) }] }]]),
  );

  it('make a runway once both were asked for, however that ended', () => {
    const known = then(listed, { kind: 'wallet', outcome: answer(cents(500)) });
    const failing = then(then(known, { kind: 'plans', outcome: fail(offline) }), {
      kind: 'payments',
      outcome: fail(offline),
    });
    expect(failing.snapshot.runway?.kind).toBe('unknown');
    expect(failing.payments).toBeNull();
    const priced = then(failing, { kind: 'plans', outcome });
    expect(priced.snapshot.runway).toEqual({ kind: 'lasts', months: 12 });
    expect(priced.snapshot.instances[0]).toMatchObject({ planName: 'Scout 2', monthlyCents: 1000 });
    const paid = then(priced, { kind: 'payments', outcome: answer([]) });
    expect(paid.payments).toEqual([]);
  });

  it('that fail later leave what was known, and say nothing new', () => {
    const priced = then(then(listed, { kind: 'plans', outcome }), {
      kind: 'payments',
      outcome: answer([]),
    });
    expect(then(priced, { kind: 'plans', outcome: fail(offline) })).toBe(priced);
    expect(then(priced, { kind: 'payments', outcome: fail(offline) })).toBe(priced);
  });
});

describe('the revision of a snapshot', () => {
  it('rises by one with what is seen of a change, and not without', () => {
    expect(listed.snapshot.revision).toBe(1);
    expect(then(listed, { kind: 'abilities', missing: ['wallet:read'] }).snapshot).toMatchObject({
      revision: 2,
      missingAbilities: ['wallet:read'],
    });
    const lost = then(listed, { kind: 'network-lost' });
    expect(lost.snapshot.revision).toBe(2);
    expect(then(lost, { kind: 'network-lost' })).toBe(lost);
    const asked = then(listed, { kind: 'payments', outcome: answer([]) });
    expect(asked).not.toBe(listed);
    expect(asked.snapshot).toBe(listed.snapshot);
  });
});

describe('the start of an account', () => {
  it('knows nothing, and says so', () => {
    const fresh = initialState(accountId, null);
    expect(fresh.snapshot).toEqual({
      accountId,
      revision: 0,
      apiStatus: 'starting',
      instances: [],
      instancesFreshness: { checkedAtMs: null, error: null },
      instancesGaps: null,
      balanceCents: null,
      walletFreshness: { checkedAtMs: null, error: null },
      runway: null,
      missingAbilities: [],
    });
    expect(fresh.recordOf(web)).toBeUndefined();
    expect([fresh.records, fresh.payments]).toEqual([[], null]);
    expect(fresh.poll).toEqual({
      answered: false,
      arriving: false,
      whole: false,
      askedPrices: false,
      askedPayments: false,
      failures: 0,
      offline: false,
    });
  });

  it('keeps of the last run what a new one shows, and not what it learns again', () => {
    const cached = {
      ...then(listed, { kind: 'abilities', missing: ['wallet:read'] }).snapshot,
      instancesGaps: { cut: null, unreadable: [{ field: 'os', count: 1 }] },
      balanceCents: cents(900),
    };
    expect(initialState(accountId, cached).snapshot).toEqual({
      ...cached,
      revision: 0,
      apiStatus: 'starting',
      missingAbilities: [],
      instancesGaps: null,
    });
  });
});
