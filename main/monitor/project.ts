import type { Cents } from '../../preload/contract/brands.ts';
import {
  lifecycleActions,
  powerActions,
  type Choice,
  type Instance,
  type InstanceState,
} from '../../preload/contract/instance.ts';
import {
  lifecycleChoices,
  lifecycleChoicesWhile,
  observedState,
  powerChoices,
  powerChoicesWhile,
  type LifecycleChoices,
  type ListedPlan,
  type ObservedState,
  type PowerChoices,
} from '../domain/index.ts';
import type { LocalChanges } from './local-changes.ts';
import { expectedState, isShutdownIgnored, type Expectation } from './expected-state.ts';
import type { InstanceRecord } from '../api/index.ts';

/** What the hypervisor said of one instance, from the request for that instance alone. */
export interface LiveState {
  readonly status: string;
  readonly vfState: string | null;
  readonly remoteState: string | null;
  readonly askedMonotonicMs: number;
}

/** What is known of one instance besides its row in the list. */
export interface KnownOfInstance {
  readonly live: LiveState | undefined;
  readonly expectation: Expectation | undefined;
  readonly localChanges: LocalChanges | undefined;
}

/** What an instance is shown by, besides its row. */
export interface InstanceContext extends KnownOfInstance {
  /** The list no longer has it, and nobody has confirmed yet that it is gone. */
  readonly absent: boolean;
  /** Of the catalog; undefined where it is not there, or not yet. */
  readonly plan: ListedPlan | undefined;
  readonly previous: Instance | undefined;
  /** Epoch: when a state begins that was another before. */
  readonly nowMs: number;
}

/** The API's own state of an instance, with the hypervisor's where that is fresh, and with what was noted here. */
export function observedOf(
  record: InstanceRecord,
  live: LiveState | undefined,
  localChanges: LocalChanges | undefined,
): ObservedState {
  const { status, billedTillMs } = record;
  const isDeletionPending = record.isDeletionPending || Boolean(localChanges?.deletion);
  const deletionAtMs = record.deletionAtMs ?? billedTillMs;
  const observed = observedState({ status, isDeletionPending, deletionAtMs, ...live });
  const isOnlyLocal = observed.kind === 'deletion' && localChanges?.deletion?.isShown === false;
  return isOnlyLocal
    ? {
        ...observed,
        detail: `${observed.detail ?? ''} Scheduled from this app; Evorxa does not show it yet.`.trim(),
      }
    : observed;
}

const unlisted: ObservedState = {
  kind: 'unknown',
  word: 'Not listed',
  about: 'none',
  detail: 'The list no longer has it. Checking whether it was deleted.',
};

/** An instance as it is shown. Gives `previous` itself where nothing differs, so that `===` means unchanged. */
export function projectInstance(record: InstanceRecord, context: InstanceContext): Instance {
  const { live, expectation, localChanges, absent, previous, nowMs } = context;
  const observed = absent ? unlisted : observedOf(record, live, localChanges);
  const shown = expectation ? expectedState(expectation, observed) : observed;
  const samePlan = previous?.planSlug === record.planSlug;
  const next: Instance = {
    id: record.id,
    name: record.name,
    hostname: record.hostname,
    status: record.status,
    state: stateOf(shown, previous?.state, nowMs),
    planSlug: record.planSlug,
    planName: context.plan?.name ?? (samePlan ? previous.planName : null),
    vcpu: record.vcpu,
    ramGb: record.ramGb,
    storageGb: record.storageGb,
    mainIp: record.mainIp,
    addresses: sameItems(previous?.addresses, record.addresses) ? previous.addresses : record.addresses,
    projectId: record.projectId,
    osName: record.osName,
    billedTillMs: record.billedTillMs,
    monthlyCents: monthlyPrice(context.plan) ?? (samePlan ? previous.monthlyCents : null),
    power: powerOf(observed, expectation, shown.word, previous?.power),
    lifecycle: lifecycleOf(observed, expectation, shown.word, previous?.lifecycle),
    isShutdownIgnored: isShutdownIgnored(expectation, observed),
    isRebootPending: record.isRebootPending || Boolean(localChanges?.reboot),
  };
  return previous && sameFields(previous, next) ? previous : next;
}

function monthlyPrice(plan: ListedPlan | undefined): Cents | undefined {
  return plan?.prices.find(({ cycle }) => cycle === 'monthly')?.cents;
}

function stateOf(
  shown: Omit<InstanceState, 'sinceMs'>,
  previous: InstanceState | undefined,
  nowMs: number,
): InstanceState {
  const { kind, subkind, word, detail, power } = shown;
  const of = {
    kind,
    word,
    detail,
    ...(subkind === undefined ? {} : { subkind }),
    ...(power === undefined ? {} : { power }),
  };
  if (!previous) return { ...of, sinceMs: null };
  if (previous.kind !== kind || previous.word !== word) return { ...of, sinceMs: nowMs };
  const isSame =
    previous.detail === detail && previous.subkind === subkind && previous.power?.word === power?.word;
  return isSame ? previous : { ...of, sinceMs: previous.sinceMs };
}

function powerOf(
  observed: ObservedState,
  expectation: Expectation | undefined,
  word: string,
  previous: PowerChoices | undefined,
): PowerChoices {
  const isAwaited = expectation && !expectation.overdue;
  const next = isAwaited
    ? powerChoicesWhile(word, expectation.action === 'shutdown')
    : powerChoices(observed);
  return previous && sameChoices(powerActions, previous, next) ? previous : next;
}

function lifecycleOf(
  observed: ObservedState,
  expectation: Expectation | undefined,
  word: string,
  previous: LifecycleChoices | undefined,
): LifecycleChoices {
  const next = expectation && !expectation.overdue ? lifecycleChoicesWhile(word) : lifecycleChoices(observed);
  return previous && sameChoices(lifecycleActions, previous, next) ? previous : next;
}

function sameChoices<Action extends string>(
  actions: readonly Action[],
  one: Readonly<Record<Action, Choice>>,
  other: Readonly<Record<Action, Choice>>,
): boolean {
  if (one === other) return true;
  return actions.every((action) => {
    const a = one[action];
    const b = other[action];
    return a.allowed ? b.allowed : !b.allowed && a.reason === b.reason;
  });
}

function sameItems(one: readonly string[] | undefined, other: readonly string[]): one is readonly string[] {
  return one?.length === other.length && one.every((item, index) => item === other[index]);
}

function sameFields(one: Instance, other: Instance): boolean {
  // No array of the names: this is asked for each of 10,000 instances.
  for (const name in other) if (one[name as keyof Instance] !== other[name as keyof Instance]) return false;
  return true;
}
