import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  forecastOf,
  lastPayments,
  renewedInstances,
  runwayOf,
  type BillingFacts,
} from '../../../main/domain/index.ts';
import { billingTerms, monthsOfCycle } from '../../../main/domain/billing-terms.ts';
import type { PlanPrice } from '../../../preload/contract/catalog.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import type { Runway } from '../../../preload/contract/runway.ts';
import type { Transaction } from '../../../preload/contract/wallet.ts';
import type { ProjectId, TransactionId } from '../../../preload/contract/brands.ts';
import { cents, instanceId } from '../monitor/builders.ts';
import { instance } from './samples.ts';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 4, 24, 12);
const price = (cycle: string, amount: number): PlanPrice => ({ cycle, cents: cents(amount) });
const scout = [price('monthly', 1000), price('6months', 5700), price('yearly', 10_200)];

let nextId = 0;
/** A line of the ledger for the server `id`; a debit has an amount below 0. */
function line(id: string | null, amount: number, description: string, atMs = nowMs - dayMs): Transaction {
  nextId += 1;
  return {
    id: `t-${nextId}` as TransactionId,
    atMs,
    kind: amount < 0 ? 'debit' : 'credit',
    description,
    amountCents: cents(amount),
    balanceAfterCents: null,
    instanceId: id === null ? null : instanceId(id),
    isLinkedByName: false,
  };
}

const due = (id: string, days: number, more: Partial<Instance> = {}): Instance =>
  instance(id, 'running', { billedTillMs: nowMs + days * dayMs, ...more });

function facts(
  instances: readonly Instance[],
  balance: number | null,
  ledger: readonly Transaction[] = [],
): BillingFacts {
  return {
    instances,
    plans: new Map([['scout-2', { name: 'Scout 2', prices: scout }]]),
    payments: lastPayments(ledger),
    balanceCents: balance === null ? null : cents(balance),
    isListCut: false,
  };
}

const runway = (...args: Parameters<typeof facts>): Runway | null => {
  const made = facts(...args);
  return runwayOf(made, renewedInstances(made), nowMs);
};

describe('the terms of an instance', () => {
  const payment = (amount: number, description: string) => ({
    atMs: nowMs,
    cents: cents(amount),
    description,
  });

  it.each([
    ['the length that the payment names', payment(1, 'Renewal, 1 year'), 12, 10_200, true],
    ['also in months', payment(1, 'Reactivation, 6 months'), 6, 5700, true],
    ['the cycle that costs what was paid', payment(5700, 'Renewal'), 6, 5700, true],
    ['a month, where the amount fits none', payment(777, 'Renewal'), 1, 1000, false],
    ['a month, without a payment', undefined, 1, 1000, false],
  ] as const)('are %s', (_, paid, months, amount, isCycleSeen) => {
    expect(billingTerms(scout, paid)).toEqual({ months, cents: amount, isCycleSeen, pricedBy: 'plan' });
  });

  it('are a month that was not seen where two cycles have the price that was paid', () => {
    const twice = [price('monthly', 1000), price('6months', 5000), price('yearly', 5000)];
    expect(billingTerms(twice, payment(5000, 'Renewal'))).toEqual({
      months: 1,
      cents: 1000,
      isCycleSeen: false,
      pricedBy: 'plan',
    });
  });

  it('take the last payment where the plan has no price, and nothing where there is neither', () => {
    expect(billingTerms([], payment(900, 'Renewal, 1 month'))).toMatchObject({
      cents: 900,
      pricedBy: 'payment',
    });
    expect(billingTerms([], payment(900, 'Renewal'))).toMatchObject({ cents: null, pricedBy: null });
    expect(billingTerms([], undefined)).toMatchObject({ months: 1, cents: null });
  });

  it('come from the newest payment of a whole cycle', () => {
    const ledger = [
      line('web', -300, 'Upgrade scout-1 → scout-2, prorated', nowMs - dayMs),
      line('web', -10_200, 'Renewal, 1 year', nowMs - 2 * dayMs),
      line('web', -1000, 'Renewal, 1 month', nowMs - 300 * dayMs),
      line('web', 500, 'Refund, 1 month', nowMs),
      line(null, -1000, 'Renewal, 1 month', nowMs),
    ];
    expect(lastPayments(ledger).get(instanceId('web'))).toMatchObject({ cents: 10_200 });
    expect(lastPayments(ledger.toReversed()).get(instanceId('web'))).toMatchObject({ cents: 10_200 });
    expect(lastPayments(ledger).size).toBe(1);
  });

  it.each([
    ['monthly', 1],
    ['6months', 6],
    ['yearly', 12],
    ['2-year', 24],
    ['Annually', 12],
    ['quarterly', 3],
    ['1 YEAR', 12],
    ['every 1.5 months', null],
    ['120 months', null],
    ['weekly', null],
    ['0 months', null],
  ])('a cycle named %s has %s months', (cycle, months) => {
    expect(monthsOfCycle(cycle)).toBe(months);
  });
});

describe('the runway', () => {
  it('ends at the first renewal that the balance does not pay', () => {
    expect(runway([due('late', 20), due('first', 3), due('second', 9)], 2500)).toEqual({
      kind: 'ends',
      instanceId: 'late',
      name: 'late',
      atMs: nowMs + 20 * dayMs,
      shortCents: 500,
      isAtMost: false,
    });
  });

  it('counts an instance again each cycle, by the calendar', () => {
    const january = Date.UTC(2026, 0, 31);
    const made = facts([instance('a', 'running', { billedTillMs: january })], 2000);
    // 31 January, 28 February, 31 March: the third is the first that 2000 cents do not pay.
    expect(runwayOf(made, renewedInstances(made), january - dayMs)).toMatchObject({
      atMs: Date.UTC(2026, 2, 31),
    });
  });

  it('counts what is overdue once, whatever its age', () => {
    const overdue = due('old', -90);
    expect(runway([overdue], 999)).toMatchObject({ kind: 'ends', atMs: overdue.billedTillMs, shortCents: 1 });
    expect(runway([overdue], 1000)).toMatchObject({
      kind: 'ends',
      atMs: Date.UTC(2026, 5, 23, 12),
    });
  });

  it('pays with what is there to the cent', () => {
    expect(runway([due('a', 3, { planSlug: 'scout-2' })], 12_000)).toMatchObject({
      kind: 'lasts',
      months: 12,
    });
    expect(runway([due('a', 3)], 0)).toMatchObject({ shortCents: 1000 });
    expect(runway([due('a', 3)], -500)).toMatchObject({ shortCents: 1500 });
  });

  it('leaves out what is not renewed', () => {
    const servers = [
      instance('suspended', 'suspended', { billedTillMs: nowMs - dayMs }),
      instance('deleted', 'deletion', { billedTillMs: nowMs + dayMs }),
    ];
    expect(runway(servers, 0)).toEqual({ kind: 'nothing' });
    servers.push(instance('no-date', 'running', { billedTillMs: null }));
    expect(forecastOf(facts(servers, 0), true, nowMs).notRenewed).toMatchObject([
      { name: 'suspended', reason: 'suspended' },
      { name: 'deleted', reason: 'deletion' },
      { name: 'no-date', reason: 'no-date', atMs: null },
    ]);
  });

  it('is not known where not all is counted, unless what is known ends it', () => {
    const odd = due('odd', 1, { planSlug: 'custom' });
    const undated = due('undated', 0, { billedTillMs: null });
    const unknown = (unpriced: number, undatedServers: number, isListCut = false) => ({
      kind: 'unknown',
      uncounted: { unpriced, undated: undatedServers, isListCut },
    });
    expect(runway([due('a', 3)], null)).toBeNull();
    expect(runway([odd], 100)).toEqual(unknown(1, 0));
    expect(runway([odd, due('a', 3)], 90_000)).toEqual(unknown(1, 0));
    expect(runway([undated, due('a', 3)], 90_000)).toEqual(unknown(0, 1));
    expect(runway([odd, due('a', 3)], 100)).toMatchObject({ kind: 'ends', name: 'a', isAtMost: true });
    const cut = { ...facts([due('a', 3)], 90_000), isListCut: true };
    expect(runwayOf(cut, renewedInstances(cut), nowMs)).toEqual(unknown(0, 0, true));
    const none = { ...facts([], 90_000), isListCut: true };
    expect(runwayOf(none, [], nowMs)).toEqual(unknown(0, 0, true));
  });

  it('does not wait for the date of an instance that is being built: it has just been paid for', () => {
    const building = instance('new', 'transition', { billedTillMs: null });
    expect(runway([building, due('a', 3)], 12_000)).toEqual({ kind: 'lasts', months: 12 });
    // One that has its date is renewed as any other.
    const dated = instance('dated', 'transition', { billedTillMs: nowMs + dayMs });
    expect(runway([dated, due('a', 3)], 0)).toMatchObject({ kind: 'ends', name: 'dated' });
  });

  const server = fc.record({
    days: fc.integer({ min: -40, max: 400 }),
    slug: fc.constantFrom('scout-2', 'custom'),
  });
  const servers = fc
    .array(server, { maxLength: 30 })
    .map((all) => all.map(({ days, slug }, index) => due(`s-${index}`, days, { planSlug: slug })));
  const endMs = (found: Runway | null): number => (found?.kind === 'ends' ? found.atMs : Infinity);

  it('never gets shorter with more money, and is short by more than nothing and no more than all', () => {
    fc.assert(
      fc.property(
        servers,
        fc.integer({ min: -5000, max: 90_000 }),
        fc.nat({ max: 50_000 }),
        (all, balance, more) => {
          const before = runway(all, balance);
          expect(endMs(runway(all, balance + more))).toBeGreaterThanOrEqual(endMs(before));
          if (before?.kind === 'ends') expect(before.shortCents).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('never gets longer with one more instance, and does not depend on their order', () => {
    fc.assert(
      fc.property(
        servers,
        fc.integer({ min: 0, max: 90_000 }),
        fc.integer({ min: 0, max: 400 }),
        (all, balance, days) => {
          expect(endMs(runway([...all, due('more', days)], balance))).toBeLessThanOrEqual(
            endMs(runway(all, balance)),
          );
          expect(runway(all.toReversed(), balance)).toEqual(runway(all, balance));
        },
      ),
    );
  });

  it('is where the forecast’s own sum first falls below nothing', () => {
    fc.assert(
      fc.property(servers, fc.integer({ min: 0, max: 90_000 }), (all, balance) => {
        const { renewals, runway: found } = forecastOf(facts(all, balance), true, nowMs);
        let rest = balance;
        for (const { cents: amount, leftCents, shortCents, isAtLeast } of renewals) {
          rest -= amount ?? 0;
          expect(shortCents).toBe(amount !== null && rest < 0 ? -rest : null);
          if (!isAtLeast) expect(leftCents).toBe(rest < 0 ? null : rest);
        }
        const first = renewals.find(({ shortCents }) => shortCents !== null);
        if (first !== undefined)
          expect(found).toMatchObject({ kind: 'ends', atMs: first.atMs, name: first.name });
      }),
    );
  });

  it('and the forecast never give a definite figure once something is not known', () => {
    fc.assert(
      fc.property(servers, fc.integer({ min: 0, max: 90_000 }), fc.boolean(), (all, balance, isListCut) => {
        const made = { ...facts(all, balance), isListCut };
        const found = forecastOf(made, true, nowMs);
        const isUnknown = isListCut || found.basis.unpriced.length > 0;
        let isPast = isListCut;
        for (const { cents: amount, leftCents, shortCents, isAtLeast } of found.renewals) {
          isPast ||= amount === null;
          expect(isAtLeast).toBe(isPast);
          expect(leftCents ?? 0).toBeGreaterThanOrEqual(0);
          if (isPast) expect(leftCents).toBeNull();
          expect(leftCents === null || shortCents === null).toBe(true);
        }
        if (isUnknown) {
          expect(['unknown', 'ends']).toContain(found.runway?.kind);
          if (found.runway?.kind === 'ends') expect(found.runway.isAtMost).toBe(true);
          if (found.topUp !== null && isPast) {
            const end = nowMs + found.topUp.days * dayMs;
            expect(found.topUp.isAtLeast).toBe(
              found.renewals.some(({ atMs, isAtLeast }) => isAtLeast && atMs < end),
            );
          }
        } else if (all.length > 0) expect(['lasts', 'ends']).toContain(found.runway?.kind);
        const unpriced = found.byPlan.reduce((sum, { unpricedInstances }) => sum + unpricedInstances, 0);
        expect(unpriced).toBe(found.basis.unpriced.length);
      }),
    );
  });
});

describe('the forecast', () => {
  it('lists sixty days, then only the next renewal of each', () => {
    const { renewals, later, untilMs } = forecastOf(
      facts([due('soon', 5), due('far', 90)], 2500, [line('far', -10_200, 'Renewal, 1 year')]),
      true,
      nowMs,
    );
    expect(untilMs).toBe(nowMs + 60 * dayMs);
    expect(renewals.map(({ name, leftCents, isCycleSeen }) => [name, leftCents, isCycleSeen])).toEqual([
      ['soon', 1500, false],
      ['soon', 500, false],
    ]);
    expect(later).toMatchObject([
      { name: 'far', months: 12, cents: 10_200, leftCents: null, isCycleSeen: true },
    ]);
  });

  it('says what to add by when for thirty days, else for all that are listed', () => {
    const soon = [due('a', 5), due('b', 9), due('c', 40)];
    expect(forecastOf(facts(soon, 1340), true, nowMs).topUp).toEqual({
      cents: 660,
      byMs: nowMs + 9 * dayMs,
      days: 30,
      isAtLeast: false,
    });
    // Two of a and b within 60 days, one of c.
    expect(forecastOf(facts(soon, 4000), true, nowMs).topUp).toMatchObject({ cents: 1000, days: 60 });
    expect(forecastOf(facts(soon, 5000), true, nowMs).topUp).toBeNull();
    const odd = due('odd', 7, { planSlug: 'custom' });
    expect(forecastOf(facts([...soon, odd], 1340), true, nowMs).topUp).toMatchObject({ isAtLeast: true });
  });

  it('counts the cost of an instance without a date', () => {
    const { byPlan } = forecastOf(facts([due('a', 1), due('b', 1, { billedTillMs: null })], 0), true, nowMs);
    expect(byPlan).toMatchObject([{ instances: 2, monthlyCents: 2000 }]);
  });

  it('adds up by the month what projects and plans cost, the dearest first, and says what it does not know', () => {
    const project = (id: string) => ({ projectId: id as ProjectId });
    const ledger = [line('b', -10_200, 'Renewal, 1 year')];
    const all = [
      due('a', 1, project('1')),
      due('b', 2, project('2')),
      due('c', 3, { ...project('1'), planSlug: 'custom' }),
      due('d', 4, { planSlug: null }),
    ];
    const { byProject, byPlan, basis } = forecastOf(facts(all, 0, ledger), true, nowMs);
    expect(byProject).toEqual([
      { key: '1', instances: 2, unpricedInstances: 1, monthlyCents: 1000 },
      { key: '2', instances: 1, unpricedInstances: 0, monthlyCents: 850 },
      { key: null, instances: 1, unpricedInstances: 1, monthlyCents: 0 },
    ]);
    expect(byPlan.map(({ key, monthlyCents }) => [key, monthlyCents])).toEqual([
      ['Scout 2', 1850],
      ['custom', 0],
      [null, 0],
    ]);
    expect(basis).toEqual({
      instances: 4,
      assumedMonthly: 3,
      pricedByPayment: 0,
      unpriced: ['c', 'd'],
      undated: [],
      isListCut: false,
      hasPayments: true,
    });
  });
});
