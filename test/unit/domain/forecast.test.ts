import { describe, expect, it } from 'vitest';
import {
  drawn,
  forecastOf,
  lastPayments,
  renewalsUntil,
  renewedInstances,
  runwayOf,
  type BillingFacts,
} from '../../../main/domain/index.ts';
import { billingTerms } from '../../../main/domain/billing-terms.ts';
import { byTime } from '../../../main/domain/runway.ts';
import type { PlanPrice } from '../../../preload/contract/catalog.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import type { Transaction } from '../../../preload/contract/wallet.ts';
import type { ProjectId, TransactionId } from '../../../preload/contract/brands.ts';
import { cents, instanceId } from '../monitor/builders.ts';
import { instance } from './samples.ts';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 4, 24, 12);
const price = (cycle: string, amount: number): PlanPrice => ({ cycle, cents: cents(amount) });

const plans = new Map([
  ['scout-2', { name: 'Scout 2', prices: [price('monthly', 1000), price('6months', 5700)] }],
  ['ranger-8', { name: 'Ranger 8', prices: [price('monthly', 4000)] }],
  ['free', { name: 'Free', prices: [price('monthly', 0)] }],
]);

/** A debit for the server `id`, unless `more` says otherwise. */
const paid = (id: string, amount: number | null, description: string, more: Partial<Transaction> = {}) => ({
  id: `t-${id}` as TransactionId,
  atMs: nowMs - dayMs,
  kind: 'debit' as const,
  description,
  amountCents: amount === null ? null : cents(amount),
  balanceAfterCents: null,
  instanceId: instanceId(id),
  isLinkedByName: false,
  ...more,
});

const due = (id: string, days: number, more: Partial<Instance> = {}): Instance =>
  instance(id, 'running', { billedTillMs: nowMs + days * dayMs, ...more });

const facts = (
  instances: readonly Instance[],
  balance: number | null,
  ledger: readonly Transaction[] = [],
): BillingFacts => ({
  instances,
  plans,
  payments: lastPayments(ledger),
  balanceCents: balance === null ? null : cents(balance),
  isListCut: false,
});
const forecast = (...args: Parameters<typeof facts>) => forecastOf(facts(...args), true, nowMs);
const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);

describe('the days of renewals', () => {
  it('are the last of the month where it is too short, and the day of the first one again after', () => {
    const january = Date.UTC(2026, 0, 31, 9);
    const servers = renewedInstances(facts([instance('a', 'running', { billedTillMs: january })], 0));
    const found = renewalsUntil(servers, Date.UTC(2026, 4, 1), january - dayMs);
    expect(found.map(({ atMs }) => new Date(atMs).toISOString())).toEqual([
      '2026-01-31T09:00:00.000Z',
      '2026-02-28T09:00:00.000Z',
      '2026-03-31T09:00:00.000Z',
      '2026-04-30T09:00:00.000Z',
    ]);
  });

  it('count what is overdue once: the next after it is the first that is later than now', () => {
    const overdue = instance('a', 'running', { billedTillMs: Date.UTC(2026, 3, 24, 12) });
    expect(forecast([overdue], 0).renewals.map(({ atMs }) => new Date(atMs).toISOString())).toEqual([
      '2026-04-24T12:00:00.000Z',
      '2026-06-24T12:00:00.000Z',
    ]);
  });

  it('are half a year apart for who pays by the half year', () => {
    const made = facts([due('a', 1)], 11_399, [paid('a', -5700, 'Renewal, 6 months')]);
    expect(runwayOf(made, renewedInstances(made), nowMs)).toMatchObject({
      kind: 'ends',
      atMs: Date.UTC(2026, 10, 25, 12),
      shortCents: 1,
    });
  });

  it('on the sixtieth day to the millisecond are no longer listed one by one', () => {
    const { renewals, later } = forecast([due('last', 60), due('listed', 60 - 1 / dayMs)], 90_000);
    expect(names(renewals).filter((name) => name === 'last')).toEqual([]);
    expect(names(renewals)).toContain('listed');
    expect(later).toMatchObject([
      { name: 'last', atMs: nowMs + 60 * dayMs, leftCents: null, shortCents: null, isAtLeast: false },
    ]);
  });

  it('are in their order, and by name at the same moment', () => {
    const at = (name: string, atMs: number) => ({
      instanceId: instanceId(name),
      name,
      planName: null,
      atMs,
      months: 1,
      isCycleSeen: false,
      cents: null,
    });
    expect(byTime(at('a', 1), at('b', 1))).toBe(-1);
    expect(byTime(at('b', 1), at('a', 1))).toBe(1);
    expect(byTime(at('a', 1), at('a', 1))).toBe(0);
    expect(byTime(at('b', 1), at('a', 2))).toBeLessThan(0);
    const all = [due('late', 90), due('b', 70), due('a', 70)];
    expect(names(forecast(all, 0).later)).toEqual(['a', 'b', 'late']);
  });
});

describe('what is left and what is missing', () => {
  it('is neither without a balance', () => {
    const { renewals, runway, topUp } = forecast([due('a', 1)], null);
    expect(renewals[0]).toMatchObject({ leftCents: null, shortCents: null, isAtLeast: false });
    expect(runway).toBeNull();
    expect(topUp).toBeNull();
  });

  it('is nothing left, not something missing, where the last cent pays', () => {
    expect(forecast([due('a', 40)], 1000).renewals).toMatchObject([{ leftCents: 0, shortCents: null }]);
  });

  it('is nothing missing for what costs nothing, also below 0', () => {
    expect(forecast([due('a', 40, { planSlug: 'free' })], -5).renewals).toMatchObject([
      { cents: 0, leftCents: null, shortCents: null },
    ]);
  });

  it('is not said where one server among others has no day', () => {
    const all = [due('a', 40), due('undated', 0, { billedTillMs: null })];
    const found = forecast(all, 90_000);
    expect(found.renewals).toMatchObject([{ name: 'a', leftCents: null, isAtLeast: true }]);
    expect(found.basis.undated).toEqual(['undated']);
    expect(forecast(all.slice(0, 1), 90_000).basis.undated).toEqual([]);
  });

  it('goes on from one renewal to the next', () => {
    const [dueA, dueB] = renewalsUntil(
      renewedInstances(facts([due('a', 40), due('b', 41)], 0)),
      nowMs + 60 * dayMs,
      nowMs,
    );
    if (dueA === undefined || dueB === undefined) throw new Error('Two are due.');
    expect(drawn([dueA, dueB], { balanceCents: cents(1500), isMoreDue: false })).toMatchObject([
      { leftCents: 500, shortCents: null },
      { leftCents: null, shortCents: 500 },
    ]);
  });
});

describe('what to add', () => {
  it('is said for thirty days only where the renewal is due before their end', () => {
    expect(forecast([due('a', 30)], 0).topUp).toMatchObject({ days: 60, cents: 1000 });
    expect(forecast([due('a', 30 - 1 / dayMs)], 0).topUp).toMatchObject({ days: 30 });
  });

  it('is no least amount for what is not priced and comes only after these days', () => {
    const odd = due('odd', 30, { planSlug: 'custom' });
    expect(forecast([due('a', 5), odd], 0).topUp).toMatchObject({ days: 30, isAtLeast: false });
    const sooner = due('odd', 30 - 1 / dayMs, { planSlug: 'custom' });
    expect(forecast([due('a', 5), sooner], 0).topUp).toMatchObject({ days: 30, isAtLeast: true });
  });
});

describe('what it rests on', () => {
  it('counts what is priced by what was paid last', () => {
    const all = [due('a', 1), due('custom', 2, { planSlug: 'custom' })];
    const ledger = [paid('custom', -900, 'Renewal, 1 month')];
    expect(forecast(all, 0, ledger).basis).toMatchObject({ pricedByPayment: 1, unpriced: [] });
  });

  it('names as not renewed no server that is', () => {
    expect(forecast([due('a', 1)], 0).notRenewed).toEqual([]);
  });

  it('puts the dearest first and what belongs to none last, in whatever order they come', () => {
    const project = (id: string) => ({ projectId: id as ProjectId });
    const all = [
      due('none', 1, { planSlug: 'ranger-8' }),
      due('cheap', 1, project('1')),
      due('dear', 1, { ...project('2'), planSlug: 'ranger-8' }),
    ];
    const keys = (list: readonly Instance[]) => forecast(list, 0).byProject.map(({ key }) => key);
    expect(keys(all)).toEqual(['2', '1', null]);
    expect(keys(all.toReversed())).toEqual(['2', '1', null]);
    expect(forecast(all, 0).byPlan).toMatchObject([
      { key: 'Ranger 8', instances: 2, monthlyCents: 8000 },
      { key: 'Scout 2', instances: 1, monthlyCents: 1000 },
    ]);
  });
});

describe('payments', () => {
  it.each([
    ['money that came in', { kind: 'credit' as const }, -1000],
    ['a debit that gave money back', {}, 1000],
    ['a debit of nothing', {}, 0],
    ['a debit without an amount', {}, null],
  ])('are not %s', (_what, more, amount) => {
    expect(lastPayments([paid('a', amount, 'Renewal, 1 month', more)]).size).toBe(0);
  });

  it('of one moment: the one that the ledger has first', () => {
    const ledger = [paid('a', -1000, 'Renewal, 1 month'), paid('a', -5700, 'Renewal, 6 months')];
    expect(lastPayments(ledger).get(instanceId('a'))?.cents).toBe(1000);
    const undated = paid('a', -300, 'Renewal, 1 month', { atMs: null });
    expect(lastPayments([undated, ...ledger]).get(instanceId('a'))?.cents).toBe(1000);
  });

  it('price no other length than the one they were for', () => {
    const payment = { atMs: nowMs, cents: cents(900), description: 'Renewal' };
    expect(billingTerms([price('yearly', 9000)], payment)).toMatchObject({ months: 1, cents: null });
  });
});
