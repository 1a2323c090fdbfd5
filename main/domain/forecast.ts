import type { Cents } from '../../preload/contract/brands.ts';
import type { CostLine, Forecast, NotRenewed, Renewal, TopUp } from '../../preload/contract/runway.ts';
import {
  byTime,
  drawn,
  fundsOf,
  isUnpaid,
  renewalAt,
  renewalsUntil,
  renewedInstances,
  runwayOf,
  type BillingFacts,
  type RenewedInstance,
} from './runway.ts';

/** How far renewals are listed one by one; beyond, only the next one of each instance. */
const listedDays = 60;
/** What to add is said for the first of these spans in which a renewal is not paid. */
const topUpDays = [30, listedDays] as const;
const dayMs = 86_400_000;

/** The renewals to come, what they cost, and what is assumed for that. `hasPayments`: the ledger could be read. Pure. */
export function forecastOf(facts: BillingFacts, hasPayments: boolean, nowMs: number): Forecast {
  const { balanceCents } = facts;
  const renewed = renewedInstances(facts);
  const untilMs = nowMs + listedDays * dayMs;
  const renewals = drawn(renewalsUntil(renewed, untilMs, nowMs), fundsOf(facts, renewed));
  const names = (fits: (instance: RenewedInstance) => boolean): readonly string[] =>
    renewed.filter(fits).map(({ name }) => name);
  const count = (fits: (instance: RenewedInstance) => boolean): number => renewed.filter(fits).length;
  return {
    atMs: nowMs,
    balanceCents,
    runway: runwayOf(facts, renewed, nowMs),
    untilMs,
    renewals,
    later: renewed.flatMap((instance) => laterRenewal(instance, untilMs)).sort(byTime),
    notRenewed: notRenewed(facts),
    topUp: topUpOf(renewals, nowMs),
    byProject: costsBy(renewed, ({ projectId }) => projectId),
    byPlan: costsBy(renewed, ({ planName }) => planName),
    basis: {
      instances: renewed.length,
      assumedMonthly: count(({ terms }) => !terms.isCycleSeen),
      pricedByPayment: count(({ terms }) => terms.pricedBy === 'payment'),
      unpriced: names(({ terms }) => terms.cents === null),
      undated: names(({ billedTillMs }) => billedTillMs === null),
      isListCut: facts.isListCut,
      hasPayments,
    },
  };
}

/** The next renewal of an instance that is due after all that are listed. What is left by then is not looked at. */
function laterRenewal(instance: RenewedInstance, untilMs: number): readonly Renewal[] {
  const { billedTillMs } = instance;
  if (billedTillMs === null || billedTillMs < untilMs) return [];
  return [{ ...renewalAt(instance, billedTillMs), leftCents: null, shortCents: null, isAtLeast: false }];
}

/** What is missing in all for the renewals of the first span that has one that is not paid. */
function topUpOf(renewals: readonly Renewal[], nowMs: number): TopUp | null {
  for (const days of topUpDays) {
    const unpaid = renewals.filter((renewal) => renewal.atMs < nowMs + days * dayMs && isUnpaid(renewal));
    const [first] = unpaid;
    const last = unpaid.at(-1);
    if (first === undefined || last === undefined || last.shortCents === null) continue;
    const isAtLeast = renewals.some((each) => each.isAtLeast && each.atMs < nowMs + days * dayMs);
    return { cents: last.shortCents, byMs: first.atMs, days, isAtLeast };
  }
  return null;
}

function notRenewed({ instances }: BillingFacts): readonly NotRenewed[] {
  return instances.flatMap(({ id, name, state, billedTillMs }) => {
    const reason =
      state.kind === 'suspended' || state.kind === 'deletion'
        ? state.kind
        : billedTillMs === null
          ? 'no-date'
          : null;
    return reason === null ? [] : { instanceId: id, name, reason, atMs: billedTillMs };
  });
}

/** Adds up by a key what instances cost by the month; the dearest first, what belongs to none last. */
function costsBy(
  renewed: readonly RenewedInstance[],
  keyOf: (instance: RenewedInstance) => string | null,
): readonly CostLine[] {
  const groups = new Map<string | null, RenewedInstance[]>();
  for (const instance of renewed) {
    const group = groups.get(keyOf(instance)) ?? [];
    group.push(instance);
    groups.set(keyOf(instance), group);
  }
  return [...groups]
    .map(([key, group]) => ({
      key,
      instances: group.length,
      unpricedInstances: group.filter(({ terms }) => terms.cents === null).length,
      monthlyCents: group.reduce((sum, instance) => sum + monthlyCents(instance), 0) as Cents,
    }))
    .sort(
      (one, other) =>
        Number(one.key === null) - Number(other.key === null) || other.monthlyCents - one.monthlyCents,
    );
}

/** What an instance costs by the month, in whole cents; 0 where nobody knows. */
function monthlyCents({ terms }: RenewedInstance): number {
  return Math.round((terms.cents ?? 0) / terms.months);
}
