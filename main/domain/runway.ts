import type { Cents, InstanceId, ProjectId } from '../../preload/contract/brands.ts';
import type { Plan } from '../../preload/contract/catalog.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Renewal, Runway, Uncounted } from '../../preload/contract/runway.ts';
import { isRenewed } from '../../preload/contract/state-words.ts';
import { billingTerms, type BillingTerms, type Payment } from './billing-terms.ts';
import { addMonths } from './months.ts';

/** What of a plan is kept for the instances that have it. */
export type ListedPlan = Pick<Plan, 'name' | 'prices'>;

/** What a runway is made of. */
export interface BillingFacts {
  readonly instances: readonly Instance[];
  /** By what an instance can call its plan. */
  readonly plans: ReadonlyMap<string, ListedPlan>;
  /** The last payment for each instance. */
  readonly payments: ReadonlyMap<InstanceId, Payment>;
  readonly balanceCents: Cents | null;
  /** The list of instances was cut or could not be read whole. */
  readonly isListCut: boolean;
}

/** An instance that is renewed by itself, with the likely terms. */
export interface RenewedInstance {
  readonly id: InstanceId;
  readonly name: string;
  /** As the catalog has it, else as Evorxa calls it. */
  readonly planName: string | null;
  readonly projectId: ProjectId | null;
  /** The end of what is paid (epoch); null where nobody knows. */
  readonly billedTillMs: number | null;
  readonly terms: BillingTerms;
}

/** A renewal before anything is known of the balance. */
type Due = Omit<Renewal, 'leftCents' | 'shortCents' | 'isAtLeast'>;

/** What renewals are drawn from. */
interface Funds {
  readonly balanceCents: Cents | null;
  /** Something may be due at any time that is not among the renewals. */
  readonly isMoreDue: boolean;
}

const dayMs = 86_400_000;
/** How far the search for the first renewal that cannot be paid goes. */
const searchedMonths = 12;
/** Most balances end within the first span; only those that do not are searched to the end. */
const searchedDays = [31, 366] as const;

/**
 * The instances that are renewed by themselves: not suspended and not to be deleted. One that is being built and has no
 * date yet has just been paid for, and is left out until it has one.
 */
export function renewedInstances({ instances, plans, payments }: BillingFacts): readonly RenewedInstance[] {
  const termsOf = termsFinder(payments);
  const renewed: RenewedInstance[] = [];
  for (const instance of instances) {
    const { id, name, planSlug, projectId, billedTillMs, state } = instance;
    if (!isRenewed(instance) || (billedTillMs === null && state.kind === 'transition')) continue;
    const plan = planSlug === null ? undefined : plans.get(planSlug);
    const planName = plan?.name ?? planSlug;
    renewed.push({ id, name, planName, projectId, billedTillMs, terms: termsOf(id, plan) });
  }
  return renewed;
}

/** Finds the terms of an instance. Those without a payment are the same for all of a plan, and looked for once. */
function termsFinder(
  payments: BillingFacts['payments'],
): (id: InstanceId, plan: ListedPlan | undefined) => BillingTerms {
  const ofUnpaid = new Map<ListedPlan | undefined, BillingTerms>();
  return (id, plan) => {
    const payment = payments.get(id);
    const known = payment === undefined ? ofUnpaid.get(plan) : undefined;
    if (known !== undefined) return known;
    const terms = billingTerms(plan?.prices ?? [], payment);
    if (payment === undefined) ofUnpaid.set(plan, terms);
    return terms;
  };
}

/** What of these instances, and of those that a cut list lacks, cannot be counted. */
function uncountedOf(renewed: readonly RenewedInstance[], isListCut: boolean): Uncounted {
  return {
    unpriced: renewed.filter(({ terms }) => terms.cents === null).length,
    undated: renewed.filter(({ billedTillMs }) => billedTillMs === null).length,
    isListCut,
  };
}

/** The funds of these facts. */
export function fundsOf(
  { balanceCents, isListCut }: BillingFacts,
  renewed: readonly RenewedInstance[],
): Funds {
  return { balanceCents, isMoreDue: isListCut || renewed.some(({ billedTillMs }) => billedTillMs === null) };
}

/**
 * All renewals that are due before `untilMs`, in their order. One that is overdue at `nowMs` counts once, whatever its
 * age. A month is a month of the calendar, in UTC as the API's own dates are.
 */
export function renewalsUntil(
  renewed: readonly RenewedInstance[],
  untilMs: number,
  nowMs: number,
): readonly Due[] {
  return renewed
    .flatMap((instance) => {
      const due: Due[] = [];
      const { billedTillMs, terms } = instance;
      if (billedTillMs === null) return due;
      for (let count = 0, atMs = billedTillMs; atMs < untilMs;) {
        if (count === 0 || atMs > nowMs) due.push(renewalAt(instance, atMs));
        count += 1;
        atMs = addMonths(billedTillMs, count * terms.months);
      }
      return due;
    })
    .sort(byTime);
}

/** A renewal of an instance at a moment (epoch). */
export function renewalAt({ id, name, planName, terms }: RenewedInstance, atMs: number): Due {
  const { months, isCycleSeen, cents } = terms;
  return { instanceId: id, name, planName, atMs, months, isCycleSeen, cents };
}

/** What is due first comes first; at the same moment, by name. */
export function byTime(one: Due, other: Due): number {
  return one.atMs - other.atMs || (one.name < other.name ? -1 : one.name > other.name ? 1 : 0);
}

/**
 * Draws renewals from a balance, one after the other. From the first without a price on nobody knows what is left, but
 * what is known to come can still show that one cannot be paid: then at least so much is missing.
 */
export function drawn(renewals: readonly Due[], { balanceCents, isMoreDue }: Funds): readonly Renewal[] {
  let restCents: number | null = balanceCents;
  let isAtLeast = isMoreDue;
  return renewals.map((renewal) => {
    isAtLeast ||= renewal.cents === null;
    if (restCents !== null) restCents -= renewal.cents ?? 0;
    const isShort = restCents !== null && restCents < 0 && renewal.cents !== null && renewal.cents > 0;
    // Whole cents less whole cents are whole cents.
    const leftCents = restCents === null || restCents < 0 || isAtLeast ? null : restCents;
    const shortCents = restCents !== null && isShort ? -restCents : null;
    return {
      ...renewal,
      leftCents: leftCents as Cents | null,
      shortCents: shortCents as Cents | null,
      isAtLeast,
    };
  });
}

/** Whether it is known that a renewal cannot be paid. */
export function isUnpaid({ shortCents }: Renewal): boolean {
  return shortCents !== null;
}

/** How long a balance pays for the instances that are renewed; null without a balance. Pure. */
export function runwayOf(
  facts: BillingFacts,
  renewed: readonly RenewedInstance[],
  nowMs: number,
): Runway | null {
  if (facts.balanceCents === null) return null;
  if (renewed.length === 0 && !facts.isListCut) return { kind: 'nothing' };
  const uncounted = uncountedOf(renewed, facts.isListCut);
  const isAtMost = uncounted.unpriced > 0 || uncounted.undated > 0 || uncounted.isListCut;
  for (const days of searchedDays) {
    const due = renewalsUntil(renewed, nowMs + days * dayMs, nowMs);
    const first = drawn(due, fundsOf(facts, renewed)).find(isUnpaid);
    if (first !== undefined) return endingWith(first, isAtMost);
  }
  return isAtMost ? { kind: 'unknown', uncounted } : { kind: 'lasts', months: searchedMonths };
}

function endingWith({ instanceId, name, atMs, shortCents }: Renewal, isAtMost: boolean): Runway {
  return { kind: 'ends', instanceId, name, atMs, shortCents: shortCents ?? (0 as Cents), isAtMost };
}
