import type { Instance } from '../../preload/contract/instance.ts';
import type { Forecast, Renewal, Runway } from '../../preload/contract/runway.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { isRenewed } from '../../preload/contract/state-words.ts';
import {
  drawn,
  forecastOf,
  fundsOf,
  isUnpaid,
  lastPayments,
  linkTransactions,
  renewalsUntil,
  renewedInstances,
  runwayOf,
  type BillingFacts,
} from '../domain/index.ts';
import type { MonitorState } from './monitor-state.ts';

/**
 * The runway after `before` became `next` with these instances. It is looked at again only where something that it is
 * made of differs, so that it stays the same object else; null until all of that was asked for.
 */
export function runwayAfter(
  before: MonitorState,
  next: MonitorState,
  instances: readonly Instance[],
  nowMs: number,
): Runway | null {
  if (!isAsked(next)) return null;
  const isSame =
    isAsked(before) &&
    before.snapshot.balanceCents === next.snapshot.balanceCents &&
    before.plans === next.plans &&
    before.payments === next.payments &&
    isCut(before.snapshot) === isCut(next.snapshot) &&
    sameBilling(before.snapshot.instances, instances);
  if (isSame) return before.snapshot.runway;
  const facts = factsOf(next, instances);
  return runwayOf(facts, renewedInstances(facts), nowMs);
}

/** The whole forecast, for a page that shows it; null until all of what it is made of was asked for. */
export function forecastFrom(state: MonitorState, nowMs: number): Forecast | null {
  if (!isAsked(state)) return null;
  return forecastOf(factsOf(state, state.snapshot.instances), state.payments !== null, nowMs);
}

/** The renewals that are due before `untilMs` and cannot be paid. */
export function unpaidRenewals(state: MonitorState, untilMs: number, nowMs: number): readonly Renewal[] {
  const facts = factsOf(state, state.snapshot.instances);
  const renewed = renewedInstances(facts);
  return drawn(renewalsUntil(renewed, untilMs, nowMs), fundsOf(facts, renewed)).filter(isUnpaid);
}

/** Instances may be missing whose renewals are paid from the same balance. */
function isCut({ instancesGaps }: Snapshot): boolean {
  return (instancesGaps?.cut ?? null) !== null;
}

function isAsked({ poll }: MonitorState): boolean {
  return poll.answered && poll.askedPrices && poll.askedPayments;
}

function factsOf({ plans, payments, snapshot }: MonitorState, instances: readonly Instance[]): BillingFacts {
  return {
    instances,
    plans,
    payments: lastPayments(linkTransactions(payments ?? [], instances)),
    balanceCents: snapshot.balanceCents,
    isListCut: isCut(snapshot),
  };
}

function sameBilling(before: readonly Instance[], after: readonly Instance[]): boolean {
  if (before === after) return true;
  return (
    before.length === after.length && after.every((instance, index) => isBilledAs(instance, before[index]))
  );
}

function isBilledAs(instance: Instance, other: Instance | undefined): boolean {
  return (
    instance === other ||
    (instance.id === other?.id &&
      instance.name === other.name &&
      instance.planSlug === other.planSlug &&
      instance.billedTillMs === other.billedTillMs &&
      // An instance that starts or stops is renewed as before; one that was built is expected to have a date.
      isRenewed(instance) === isRenewed(other) &&
      (instance.state.kind === 'transition') === (other.state.kind === 'transition'))
  );
}
