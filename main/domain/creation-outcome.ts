import type { Cents, InstanceId, TransactionId } from '../../preload/contract/brands.ts';
import type { CreationDoubt } from '../../preload/contract/create.ts';

/** What was asked for when an instance was to be created: what it is found by. */
export interface CreationAsked {
  readonly name: string;
  readonly hostname: string;
  readonly planSlug: string | null;
  readonly priceCents: Cents;
}

/** The list and the ledger as they were read; null where that failed. */
export interface CreationEvidence {
  readonly instances:
    | readonly {
        readonly id: InstanceId;
        readonly name: string;
        readonly hostname: string | null;
        readonly planSlug: string | null;
      }[]
    | null;
  readonly debits:
    | readonly {
        readonly id: TransactionId;
        readonly amountCents: Cents | null;
        readonly instanceId: InstanceId | null;
      }[]
    | null;
}

/** The instances and payments of the evidence that could be those asked for. */
export interface CreationTraces {
  readonly instanceIds: readonly string[] | null;
  readonly debitIds: readonly string[] | null;
}

/** How a creation ended whose answer was lost. */
export type CreationOutcome =
  | { readonly kind: 'created'; readonly instanceId: InstanceId }
  | { readonly kind: 'not-created' }
  | { readonly kind: 'cannot-tell'; readonly reason: CreationDoubt };

/**
 * Picks out what could come of the creation: instances with its name, hostname and plan, and payments of its price that
 * are not another instance's. What the API leaves out of a row speaks neither for nor against it.
 */
export function creationTraces(
  asked: CreationAsked,
  { instances, debits }: CreationEvidence,
  knownIds: ReadonlySet<InstanceId>,
): CreationTraces {
  const matching = instances?.filter((each) => isAsked(asked, each)) ?? null;
  const ids = new Set(matching?.map(({ id }) => id));
  const isAnothers = (id: InstanceId | null): boolean => id !== null && knownIds.has(id) && !ids.has(id);
  return {
    instanceIds: matching?.map(({ id }) => id) ?? null,
    debitIds:
      debits
        ?.filter(({ amountCents, instanceId }) => isPrice(asked, amountCents) && !isAnothers(instanceId))
        .map(({ id }) => id) ?? null,
  };
}

/**
 * Compares what was there before a creation was sent with what is there now. Strict, since money is at stake: "not
 * created" takes a list without the instance and a ledger without the payment, both read before and after.
 */
export function creationOutcome(before: CreationTraces, after: CreationTraces): CreationOutcome {
  const addedIds = added(before.instanceIds, after.instanceIds);
  if (addedIds === null) return { kind: 'cannot-tell', reason: 'list-unread' };
  const [instanceId] = addedIds;
  // The traces were made of ids of instances.
  if (instanceId !== undefined) return { kind: 'created', instanceId: instanceId as InstanceId };
  const debits = added(before.debitIds, after.debitIds);
  if (debits === null) return { kind: 'cannot-tell', reason: 'ledger-unread' };
  return debits.length > 0 ? { kind: 'cannot-tell', reason: 'charged' } : { kind: 'not-created' };
}

type Seen = NonNullable<CreationEvidence['instances']>[number];

function isAsked(asked: CreationAsked, { name, hostname, planSlug }: Seen): boolean {
  const sameHost = hostname === null || hostname.toLowerCase() === asked.hostname.toLowerCase();
  const samePlan = planSlug === null || asked.planSlug === null || isSamePlan(planSlug, asked.planSlug);
  return name === asked.name && sameHost && samePlan;
}

/** An instance can call its plan by the name or the id, and the catalog by the slug: that tells nothing apart. */
function isSamePlan(one: string, other: string): boolean {
  const fold = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return fold(one) === fold(other) || /^\d+$/.test(one) !== /^\d+$/.test(other);
}

/** A debit carries a minus; one without an amount may be any. */
function isPrice({ priceCents }: CreationAsked, amountCents: Cents | null): boolean {
  return amountCents === null || Math.abs(amountCents) === priceCents;
}

function added(before: readonly string[] | null, after: readonly string[] | null): readonly string[] | null {
  if (before === null || after === null) return null;
  const known = new Set(before);
  return after.filter((id) => !known.has(id));
}
