import type { Cents, InstanceId, ProjectId } from '../../preload/contract/brands.ts';
import type { PlanPrice } from '../../preload/contract/catalog.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Renewal, Runway } from '../../preload/contract/runway.ts';
import { billingTerms, type BillingTerms, type Payment } from './billing-terms.ts';

/** What a runway is made of. */
export interface BillingFacts {
  readonly instances: readonly Instance[];
  /** Prices of whole cycles by the plan's slug. */
  readonly pricesBySlug: ReadonlyMap<string, readonly PlanPrice[]>;
  /** The last payment for each server. */
  readonly payments: ReadonlyMap<InstanceId, Payment>;
  readonly balanceCents: Cents | null;
}

/** A server that is renewed by itself, with the likely terms. */
export interface RenewedServer {
  readonly id: InstanceId;
  readonly name: string;
  readonly planSlug: string | null;
  readonly projectId: ProjectId | null;
  /** The end of what is paid (epoch). */
  readonly billedTillMs: number;
  readonly terms: BillingTerms;
}

/** A renewal before anything is known of the balance. */
type Due = Omit<Renewal, 'leftCents'>;

const dayMs = 86_400_000;
/** How far the search for the first renewal that cannot be paid goes. */
const searchedMonths = 12;
/** Most balances end within the first span; only those that do not are searched to the end. */
const searchedDays = [31, 366] as const;

/** Whether a server is renewed by itself when what is paid ends. */
export function isRenewed({ state }: Instance): boolean {
  return state.kind !== 'suspended' && state.kind !== 'deletion';
}

/** The servers that are renewed by themselves: not suspended, not to be deleted, and paid until a known day. */
export function renewedServers({
  instances,
  pricesBySlug,
  payments,
}: BillingFacts): readonly RenewedServer[] {
  return instances.filter(isRenewed).flatMap(({ id, name, planSlug, projectId, billedTillMs }) => {
    if (billedTillMs === null) return [];
    const prices = (planSlug === null ? undefined : pricesBySlug.get(planSlug)) ?? [];
    return { id, name, planSlug, projectId, billedTillMs, terms: billingTerms(prices, payments.get(id)) };
  });
}

/**
 * All renewals that are due before `untilMs`, in their order. One that is overdue at `nowMs` counts once, whatever its
 * age. A month is a month of the calendar, in UTC as the API's own dates are.
 */
export function renewalsUntil(
  servers: readonly RenewedServer[],
  untilMs: number,
  nowMs: number,
): readonly Due[] {
  return servers
    .flatMap((server) => {
      const due: Due[] = [];
      const { billedTillMs, terms } = server;
      for (let count = 0, atMs = billedTillMs; atMs < untilMs;) {
        if (count === 0 || atMs > nowMs) due.push(renewalAt(server, atMs));
        count += 1;
        atMs = addMonths(billedTillMs, count * terms.months);
      }
      return due;
    })
    .sort(byTime);
}

/** The next renewal of a server. */
export function nextRenewal(server: RenewedServer): Due {
  return renewalAt(server, server.billedTillMs);
}

function renewalAt({ id, name, planSlug, terms }: RenewedServer, atMs: number): Due {
  const { months, isCycleSeen, cents } = terms;
  return { instanceId: id, name, planSlug, atMs, months, isCycleSeen, cents };
}

/** What is due first comes first; at the same moment, by name. */
export function byTime(one: Due, other: Due): number {
  return one.atMs - other.atMs || (one.name < other.name ? -1 : one.name > other.name ? 1 : 0);
}

/** Draws renewals from a balance, one after the other; those without a price take nothing. */
export function drawn(renewals: readonly Due[], balanceCents: Cents | null): readonly Renewal[] {
  let leftCents: number | null = balanceCents;
  return renewals.map((renewal) => {
    if (leftCents !== null) leftCents -= renewal.cents ?? 0;
    // Whole cents less whole cents are whole cents.
    return { ...renewal, leftCents: leftCents as Cents | null };
  });
}

/** Whether a renewal cannot be paid: it costs something, and there would be less than nothing left. */
export function isUnpaid({ cents, leftCents }: Renewal): boolean {
  return cents !== null && cents > 0 && leftCents !== null && leftCents < 0;
}

/**
 * How long a balance pays for the servers that are renewed; null without a balance, and where not one server has a
 * known price. Pure.
 */
export function runwayOf(
  servers: readonly RenewedServer[],
  balanceCents: Cents | null,
  nowMs: number,
): Runway | null {
  if (balanceCents === null) return null;
  if (servers.length === 0) return { kind: 'nothing' };
  const unpricedServers = servers.filter(({ terms }) => terms.cents === null).length;
  if (unpricedServers === servers.length) return null;
  for (const days of searchedDays) {
    const first = drawn(renewalsUntil(servers, nowMs + days * dayMs, nowMs), balanceCents).find(isUnpaid);
    if (first !== undefined) return endingWith(first, unpricedServers);
  }
  return { kind: 'lasts', months: searchedMonths, unpricedServers };
}

function endingWith({ instanceId, name, atMs, leftCents }: Renewal, unpricedServers: number): Runway {
  const shortCents = Math.abs(leftCents ?? 0) as Cents;
  return { kind: 'ends', instanceId, name, atMs, shortCents, unpricedServers };
}

/** The same time of the day some months later, at the end of a month that is too short for the day. In UTC. */
function addMonths(atMs: number, months: number): number {
  const date = new Date(atMs);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}
