import type { Cents } from '../../preload/contract/brands.ts';
import type { CostLine, Forecast, NotRenewed } from '../../preload/contract/runway.ts';
import {
  byTime,
  drawn,
  nextRenewal,
  renewalsUntil,
  renewedServers,
  runwayOf,
  type BillingFacts,
  type RenewedServer,
} from './runway.ts';

/** How far renewals are listed one by one; beyond, only the next one of each server. */
const listedDays = 60;
const dayMs = 86_400_000;

/** The renewals to come, what they cost, and what is assumed for that. `hasPayments`: the ledger could be read. Pure. */
export function forecastOf(facts: BillingFacts, hasPayments: boolean, nowMs: number): Forecast {
  const { balanceCents } = facts;
  const servers = renewedServers(facts);
  const untilMs = nowMs + listedDays * dayMs;
  const count = (fits: (server: RenewedServer) => boolean): number => servers.filter(fits).length;
  return {
    atMs: nowMs,
    balanceCents,
    runway: runwayOf(servers, balanceCents, nowMs),
    untilMs,
    renewals: drawn(renewalsUntil(servers, untilMs, nowMs), balanceCents),
    later: servers
      .filter(({ billedTillMs }) => billedTillMs >= untilMs)
      .map((server) => ({ ...nextRenewal(server), leftCents: null }))
      .sort(byTime),
    notRenewed: notRenewed(facts),
    byProject: costsBy(servers, ({ projectId }) => projectId),
    byPlan: costsBy(servers, ({ planSlug }) => planSlug),
    basis: {
      servers: servers.length,
      assumedMonthly: count(({ terms }) => !terms.isCycleSeen),
      pricedByPayment: count(({ terms }) => terms.pricedBy === 'payment'),
      unpriced: servers.filter(({ terms }) => terms.cents === null).map(({ name }) => name),
      hasPayments,
    },
  };
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

/** Adds up by a key what servers cost by the month; the dearest first, what belongs to none last. */
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

/** What a server costs by the month, in whole cents; 0 where nobody knows. */
function monthlyCents({ terms }: RenewedServer): number {
  return Math.round((terms.cents ?? 0) / terms.months);
}
