import { describe, expect, it } from 'vitest';
import { initialState, type MonitorState } from '../../../main/monitor/monitor-state.ts';
import { forecastFrom, runwayAfter, unpaidRenewals } from '../../../main/monitor/runway-state.ts';
import type { TransactionId } from '../../../preload/contract/brands.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import type { Snapshot } from '../../../preload/contract/snapshot.ts';
import type { Transaction } from '../../../preload/contract/wallet.ts';
import { instance } from '../domain/samples.ts';
import { accountId, cents } from './builders.ts';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 4, 14, 12);
const due = (id: string, days: number, more: Partial<Instance> = {}): Instance =>
  instance(id, 'running', { billedTillMs: nowMs + days * dayMs, ...more });
const plans = new Map([['scout-2', { name: 'Scout 2', prices: [{ cycle: 'monthly', cents: cents(1000) }] }]]);
const start = initialState(accountId, null);
const web = due('web', 5);

/** What is known once everything was asked for: a wallet of $5.00 and one server of $10.00 a month. */
const state = (snapshot: Partial<Snapshot> = {}, more: Partial<MonitorState> = {}): MonitorState => ({
  ...start,
  plans,
  payments: [],
  snapshot: { ...start.snapshot, balanceCents: cents(500), instances: [web], ...snapshot },
  poll: { ...start.poll, answered: true, askedPrices: true, askedPayments: true },
  ...more,
});
const runway = (next: MonitorState, before = start) =>
  runwayAfter(before, next, next.snapshot.instances, nowMs);
const ends = { kind: 'ends', name: 'web', atMs: nowMs + 5 * dayMs, shortCents: 500, isAtMost: false };
const paidByYear: Transaction = {
  id: 't-1' as TransactionId,
  atMs: nowMs - dayMs,
  kind: 'debit',
  description: 'Renewal of web, 1 year',
  amountCents: cents(-9000),
  balanceAfterCents: null,
  instanceId: null,
  isLinkedByName: false,
};
const cut = (unreadable: readonly { readonly field: string; readonly count: number }[] = []) => ({
  cut: { shown: 1, total: 2, isArriving: false },
  unreadable,
});

describe('the runway', () => {
  it('is there once the list, the prices and the payments were asked for', () => {
    expect(runway(state())).toMatchObject(ends);
    for (const part of ['answered', 'askedPrices', 'askedPayments'] as const) {
      const { poll } = state();
      expect(runway(state({}, { poll: { ...poll, [part]: false } }))).toBeNull();
    }
  });

  it('is made again where what was known before was not all', () => {
    const before = state({ runway: { kind: 'nothing' } }, { poll: start.poll });
    expect(runway(state(), before)).toMatchObject(ends);
  });

  const before = state();
  const kept = { kind: 'lasts', months: 12 } as const;
  const held = { ...before, snapshot: { ...before.snapshot, runway: kept } };
  /** Whether the runway is looked at again after the server became `after`. */
  const isAnew = (after: Instance | null, ...others: readonly Instance[]) =>
    runwayAfter(held, held, [...(after === null ? [] : [after]), ...others], nowMs) !== kept;

  it.each<[string, Instance]>([
    ['is the same', web],
    ['is another object that says the same', { ...web }],
    ['stopped', { ...instance('web', 'stopped'), billedTillMs: web.billedTillMs }],
    ['has another address', { ...web, mainIp: null }],
  ])('stays the same object where its server %s', (_what, after) => {
    expect(isAnew(after)).toBe(false);
  });

  it.each<[string, Instance | null, readonly Instance[]]>([
    ['is another one', due('db', 5, { name: 'web' }), []],
    ['has another name', { ...web, name: 'www' }, []],
    ['has another plan', { ...web, planSlug: 'scout-4' }, []],
    ['is paid for longer', due('web', 6), []],
    ['is suspended', { ...instance('web', 'suspended'), billedTillMs: web.billedTillMs }, []],
    ['is being built', { ...instance('web', 'transition'), billedTillMs: web.billedTillMs }, []],
    ['is gone', null, []],
    ['is not alone', web, [due('db', 5)]],
  ])('is looked at again where its server %s', (_what, after, others) => {
    expect(isAnew(after, ...others)).toBe(true);
  });

  it('is looked at again where one of several instances is another', () => {
    const two = { ...held, snapshot: { ...held.snapshot, instances: [web, due('db', 9)] } };
    expect(runwayAfter(two, two, [web, due('db', 9)], nowMs)).toBe(kept);
    expect(runwayAfter(two, two, [web, due('db', 8)], nowMs)).not.toBe(kept);
  });

  it.each<[string, MonitorState]>([
    ['the balance is another', state({ balanceCents: cents(600) })],
    ['prices came', { ...before, plans: new Map(plans) }],
    ['payments came', { ...before, payments: [] }],
    ['the list is cut', state({ instancesGaps: cut() }, { plans, payments: before.payments })],
  ])('is looked at again where %s', (_what, next) => {
    expect(runwayAfter(held, next, [web], nowMs)).not.toBe(kept);
  });

  it('does not care what of a list could not be read beside its rows', () => {
    const gaps = { cut: null, unreadable: [{ field: 'os', count: 1 }] };
    const next = { ...held, snapshot: { ...held.snapshot, instancesGaps: gaps } };
    expect(runwayAfter(held, next, [web], nowMs)).toBe(kept);
    const longer = { ...held, snapshot: { ...held.snapshot, instancesGaps: cut() } };
    const other = {
      ...held,
      snapshot: { ...held.snapshot, instancesGaps: cut([{ field: 'os', count: 1 }]) },
    };
    expect(runwayAfter(longer, other, [web], nowMs)).toBe(kept);
  });

  it('is at most where the list is cut', () => {
    expect(runway(state({ instancesGaps: cut() }))).toMatchObject({ ...ends, isAtMost: true });
  });

  it('takes the cycle of a payment, whose server is found by its name', () => {
    const yearly = state({ balanceCents: cents(8999) }, { plans: new Map(), payments: [paidByYear] });
    expect(runway(yearly)).toMatchObject({ ...ends, shortCents: 1 });
  });
});

describe('the forecast', () => {
  it('is there once all was asked for, and says whether payments could be read', () => {
    expect(forecastFrom(state(), nowMs)).toMatchObject({
      balanceCents: 500,
      runway: ends,
      basis: { instances: 1, hasPayments: true, isListCut: false },
    });
    expect(forecastFrom(state({}, { payments: null }), nowMs)?.basis.hasPayments).toBe(false);
    expect(forecastFrom(state({ instancesGaps: cut() }), nowMs)?.basis.isListCut).toBe(true);
    expect(forecastFrom(start, nowMs)).toBeNull();
  });
});

it('renewals that cannot be paid are those until a moment, without those that can', () => {
  const all = state({ balanceCents: cents(1500), instances: [due('late', 9), due('first', 1), web] });
  const names = (days: number) =>
    unpaidRenewals(all, nowMs + days * dayMs, nowMs).map(({ name, shortCents }) => [name, shortCents]);
  expect(names(2)).toEqual([]);
  expect(names(6)).toEqual([['web', 500]]);
  expect(names(10)).toEqual([
    ['web', 500],
    ['late', 1500],
  ]);
});
