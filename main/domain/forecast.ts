import type { Cents } from '../../preload/contract/brands.ts';
import type { CostLine, Forecast, NotRenewed, Renewal, TopUp } from '../../preload/contract/runway.ts';
import {
  byTime,
  drawn,
  fundsOf,
  isUnpaid,
  renewalAt,
  renewalsUntil,
  renewedServers,
  runwayOf,
  type BillingFacts,
  type RenewedServer,
} from './runway.ts';

/** How far renewals are listed one by one; beyond, only the next one of each instance. */
const listedDays = 60;
/** What to add is said for the first of these spans in which a renewal is not paid. */
const topUpDays = [30, listedDays] as const;
const dayMs = 86_400_000;

/** The renewals to come, what they cost, and what is assumed for that. `hasPayments`: the ledger could be read. Pure. */
export function forecastOf(facts: BillingFacts, hasPayments: boolean, nowMs: number): Forecast {
  const { balanceCents } = facts;
  const servers = renewedServers(facts);
  const untilMs = nowMs + listedDays * dayMs;
  const renewals = drawn(renewalsUntil(servers, untilMs, nowMs), fundsOf(facts, servers));
  const names = (fits: (server: RenewedServer) => boolean): readonly string[] =>
    servers.filter(fits).map(({ name }) => name);
  const count = (fits: (server: RenewedServer) => boolean): number => servers.filter(fits).length;
  return {
    atMs: nowMs,
    balanceCents,
    runway: runwayOf(facts, servers, nowMs),
    untilMs,
    renewals,
    later: servers.flatMap((server) => laterRenewal(server, untilMs)).sort(byTime),
    notRenewed: notRenewed(facts),
    topUp: topUpOf(renewals, nowMs),
    byProject: costsBy(servers, ({ projectId }) => projectId),
    byPlan: costsBy(servers, ({ planName }) => planName),
    basis: {
      servers: servers.length,
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
function laterRenewal(server: RenewedServer, untilMs: number): readonly Renewal[] {
  const { billedTillMs } = server;
  if (billedTillMs === null || billedTillMs < untilMs) return [];
  return [{ ...renewalAt(server, billedTillMs), leftCents: null, shortCents: null, isAtLeast: false }];
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
  servers: readonly RenewedServer[],
  keyOf: (server: RenewedServer) => string | null,
): readonly CostLine[] {
  const groups = new Map<string | null, RenewedServer[]>();
  for (const server of servers) {
    const group = groups.get(keyOf(server)) ?? [];
    group.push(server);
    groups.set(keyOf(server), group);
  }
  return [...groups]
    .map(([key, group]) => ({
      key,
      servers: group.length,
      unpricedServers: group.filter(({ terms }) => terms.cents === null).length,
      monthlyCents: group.reduce((sum, server) => sum + monthlyCents(server), 0) as Cents,
    }))
    .sort(
      (one, other) =>
        Number(one.key === null) - Number(other.key === null) || other.monthlyCents - one.monthlyCents,
    );
}

/** What an instance costs by the month, in whole cents; 0 where nobody knows. */
function monthlyCents({ terms }: RenewedServer): number {
  return Math.round((terms.cents ?? 0) / terms.months);
}
