import type { Cents } from '../../preload/contract/brands.ts';
import { powerActions, type Instance, type InstanceState } from '../../preload/contract/instance.ts';
import {
  observedState,
  powerChoices,
  powerChoicesWhile,
  type ObservedState,
  type PowerChoices,
} from '../insight/index.ts';
import { expectedState, type Expectation } from './expected-state.ts';
import type { InstanceRecord } from '../api/index.ts';

/** What the hypervisor said of one instance, from the request for that instance alone. */
export interface LiveState {
  readonly status: string;
  readonly vfState: string | null;
  readonly remoteState: string | null;
  readonly askedMonotonicMs: number;
}

/** What is known of one instance besides its row in the list. */
export interface InstanceContext {
  readonly live: LiveState | undefined;
  readonly expectation: Expectation | undefined;
  /** The list no longer has it, and nobody has confirmed yet that it is gone. */
  readonly absent: boolean;
  readonly priceCents: Cents | undefined;
  readonly previous: Instance | undefined;
  /** Epoch: when a state begins that was another before. */
  readonly nowMs: number;
}

/** The API's own state of an instance, with the hypervisor's where that is fresh. */
export function observedOf(record: InstanceRecord, live: LiveState | undefined): ObservedState {
  const { status, isDeletionPending, billedTillMs } = record;
  const deletionAtMs = record.deletionAtMs ?? billedTillMs;
  return observedState({ status, isDeletionPending, deletionAtMs, ...live });
}

const unlisted: ObservedState = {
  kind: 'unknown',
  word: 'Not listed',
  about: 'none',
  detail: 'The list no longer has it. Checking whether it was deleted.',
};

/** An instance as it is shown. Gives `previous` itself where nothing differs, so that `===` means unchanged. */
export function projectInstance(record: InstanceRecord, context: InstanceContext): Instance {
  const { live, expectation, absent, previous, nowMs } = context;
  const observed = absent ? unlisted : observedOf(record, live);
  const shown = expectation ? expectedState(expectation, observed) : observed;
  const samePlan = previous?.planSlug === record.planSlug;
  const next: Instance = {
    id: record.id,
    name: record.name,
    hostname: record.hostname,
    status: record.status,
    state: stateOf(shown, previous?.state, nowMs),
    planSlug: record.planSlug,
    vcpu: record.vcpu,
    ramGb: record.ramGb,
    storageGb: record.storageGb,
    mainIp: record.mainIp,
    addresses: sameItems(previous?.addresses, record.addresses) ? previous.addresses : record.addresses,
    projectId: record.projectId,
    osName: record.osName,
    billedTillMs: record.billedTillMs,
    monthlyCents: context.priceCents ?? (samePlan ? previous.monthlyCents : null),
    power: powerOf(observed, expectation, shown.word, previous?.power),
  };
  return previous && sameFields(previous, next) ? previous : next;
}

function stateOf(
  shown: Omit<InstanceState, 'sinceMs'>,
  previous: InstanceState | undefined,
  nowMs: number,
): InstanceState {
  const { kind, word, detail } = shown;
  if (!previous) return { kind, word, detail, sinceMs: null };
  if (previous.kind !== kind || previous.word !== word) return { kind, word, detail, sinceMs: nowMs };
  return previous.detail === detail ? previous : { ...previous, detail };
}

function powerOf(
  observed: ObservedState,
  expectation: Expectation | undefined,
  word: string,
  previous: PowerChoices | undefined,
): PowerChoices {
  const locked = expectation && !expectation.overdue;
  const next = locked ? powerChoicesWhile(expectation.action, word) : powerChoices(observed);
  return previous && (previous === next || samePower(previous, next)) ? previous : next;
}

function samePower(one: PowerChoices, other: PowerChoices): boolean {
  return powerActions.every((action) => {
    const a = one[action];
    const b = other[action];
    return a.allowed ? b.allowed : !b.allowed && a.reason === b.reason;
  });
}

function sameItems(one: readonly string[] | undefined, other: readonly string[]): one is readonly string[] {
  return one?.length === other.length && one.every((item, index) => item === other[index]);
}

function sameFields(one: Instance, other: Instance): boolean {
  // No array of the names: this is asked for each of 10,000 servers.
  for (const name in other) if (one[name as keyof Instance] !== other[name as keyof Instance]) return false;
  return true;
}
