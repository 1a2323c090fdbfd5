import type { AccountId, Cents, InstanceId } from '../../preload/contract/brands.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import type { SshProbe } from '../../preload/contract/create.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { Forecast } from '../../preload/contract/runway.ts';
import type { Notice, Snapshot, SnapshotUpdate } from '../../preload/contract/snapshot.ts';
import { AccountGate } from './account-gate.ts';
import { AccountState } from './account-state.ts';
import type { LocalChange } from './local-changes.ts';
import type { ExpectedAction } from './expected-state.ts';
import type { FirstList } from './first-list-state.ts';
import { initialState, type MonitorState } from './monitor-state.ts';
import { wait, type InstanceRecord } from '../api/index.ts';
import type { Answer, MonitorApi } from './monitor-api.ts';
import { NoticeDetector } from './notice-detector.ts';
import type { LiveState } from './project.ts';
import type { MonitorEvent } from './reduce.ts';
import type { DispatchOutcome } from './reduce-actions.ts';
import { Resource, type ResourceContext } from './resource.ts';
import { RunwayAlerts } from './runway-alerts.ts';
import { forecastFrom, unpaidRenewals } from './runway-state.ts';
import {
  listInterval,
  paymentsInterval,
  pricesInterval,
  walletInterval,
  type Interval,
  type Visibility,
} from './schedule.ts';
import type { Clock } from '../clock/index.ts';
import { Turn } from '../tasks/index.ts';
import { listTaker } from './take-list.ts';
import type { AnnouncedKeys } from './announced-keys.ts';

export interface AccountMonitorOptions {
  readonly accountId: AccountId;
  readonly api: MonitorApi;
  readonly clock: Clock;
  /** Gives [0, 1): the jitter. */
  readonly random: () => number;
  /** What the last run knew, shown until the first answer. */
  readonly cached: Snapshot | null;
  /** The first list, where that was read before the monitor was there: it stands for `cached`. */
  readonly firstList?: FirstList | null;
  /** What was done here and the API may never say, as the last run noted it, and where changes of it are kept. */
  readonly localChanges: MonitorState['localChanges'];
  readonly onLocalChanges: (localChanges: MonitorState['localChanges']) => void;
  /** What was told already, in this run and before. */
  readonly announced: AnnouncedKeys;
  readonly lowBalanceCents: () => Cents;
  /** The notifications of an instance are off. */
  readonly isMuted: (id: InstanceId) => boolean;
  /** A runway with fewer days than this is worth a notice. */
  readonly runwayAlertDays: () => number;
  /** What is at an instance's SSH port. */
  readonly probe: (instance: Instance) => Promise<SshProbe>;
  /** The snapshot became another; `update` brings who holds the one before up to it. */
  readonly onUpdate: (update: SnapshotUpdate, snapshot: Snapshot) => void;
  readonly onNotices: (notices: readonly Notice[]) => void;
  readonly onBug: (error: unknown) => void;
  /** Divides the work of a long list. */
  readonly newTurn?: () => Turn;
}

/** Keeps the snapshot of one account fresh, and says what happened to it. */
export interface AccountMonitor {
  readonly snapshot: () => Snapshot;
  /** The renewals to come against the balance, made when it is asked for; null until all it needs was asked for. */
  readonly forecast: () => Forecast | null;
  /** What the account's other pollers (the watches) share with this one. */
  readonly context: ResourceContext;
  readonly start: () => void;
  readonly stop: () => void;
  readonly setVisibility: (visibility: Visibility) => void;
  /** The machine goes to sleep: nothing is asked until `resume`. */
  readonly suspend: () => void;
  /** The machine woke up: everything is asked once, and what changed meanwhile is no news. */
  readonly resume: () => void;
  /** What the system says of the network: "offline" is believed, "online" is a hint to try. */
  readonly networkChanged: (online: boolean) => void;
  /** Polls the list and the wallet now, also after a 401. */
  readonly refresh: () => Promise<void>;
  /** An action is awaited, and its deadline has not passed. */
  readonly isExpecting: (id: InstanceId) => boolean;
  /** An action is being sent; `dispatch` says how that ended. */
  readonly expect: (id: InstanceId, action: ExpectedAction) => void;
  readonly dispatch: (id: InstanceId, outcome: DispatchOutcome) => void;
  /** Something was done here that the API may never say. */
  readonly note: (id: InstanceId, change: LocalChange) => void;
  /** The hypervisor's word on one instance, and the instance as it was given with it. */
  readonly sawLive: (record: InstanceRecord, live: LiveState) => void;
  /** Asks for an instance that a list which is not whole does not have. */
  readonly find: (id: InstanceId) => Promise<void>;
  /** What the account's tokens were shown to lack. */
  readonly lacks: (missing: readonly string[]) => void;
  /** How a request of the account's other pollers ended; null is a success. */
  readonly heard: (error: ApiError | null) => void;
}

type Outcome<T> = Result<Answer<T>, ApiError>;

/** The window draws the first rows of an account; the pages behind them would take the processor from it meanwhile. */
const firstDrawMs = 200;
/** Instances that one poll asks for by themselves because the list no longer has them. */
const maxAbsenceChecks = 5;

/** Makes the monitor of one account. It asks for nothing until `start`. */
export function createAccountMonitor(options: AccountMonitorOptions): AccountMonitor {
  const { api, clock, random, onUpdate, onBug, newTurn = () => new Turn() } = options;
  const initial =
    options.firstList?.state ?? initialState(options.accountId, options.cached, options.localChanges);
  const known = new AccountState({ initial, clock, onUpdate, onLocalChanges: options.onLocalChanges });
  const apply = (event: MonitorEvent): void => known.apply(event);
  let visibility: Visibility = 'hidden';
  let isRunning = false;
  const paceListeners: (() => void)[] = [];
  const gate = new AccountGate(
    () => api.waitMs(),
    () => paceChanged(),
  );
  const noticeDetector = new NoticeDetector(options);
  const alerts = new RunwayAlerts(options);
  const context: ResourceContext = {
    clock,
    random,
    gate,
    visibility: () => visibility,
    onPaceChange: (listener) => paceListeners.push(listener),
    onBug,
  };

  const resource = <T>(
    interval: Interval,
    ask: (signal: AbortSignal) => Promise<Outcome<T>>,
    onOutcome: (outcome: Outcome<T>, askedMonotonicMs: number, signal: AbortSignal) => void | Promise<void>,
    more: {
      readonly isChanging?: () => boolean;
      readonly afterwards?: (signal: AbortSignal) => Promise<void>;
    } = {},
  ): Resource =>
    new Resource({
      ...context,
      ...more,
      interval: () => interval,
      ask: async (signal) => {
        const askedMonotonicMs = clock.monotonicMs();
        const isStopped = (): boolean => signal.aborted;
        const outcome = await ask(signal);
        if (isStopped()) return null;
        await onOutcome(outcome, askedMonotonicMs, signal);
        if (outcome.ok && !isStopped()) await more.afterwards?.(signal);
        return outcome.ok ? null : outcome.error;
      },
    });

  const checkAbsences = async (signal: AbortSignal): Promise<void> => {
    // Those that were not asked for lately come first: some that exist must not keep the others from being asked for.
    const absent = [...known.now.absences].sort(([, one], [, other]) => other.lists - one.lists);
    for (const [id] of absent.slice(0, maxAbsenceChecks)) {
      const found = await api.findInstance(id, signal);
      if (signal.aborted) return;
      if (found.ok) {
        apply({ kind: 'absence-checked', id, exists: true });
        apply({ kind: 'found', record: found.value.value.record });
      } else if (found.error.kind === 'not-found') {
        apply({ kind: 'absence-checked', id, exists: false });
        noticeDetector.sawInstances(known.now.snapshot);
      }
    }
  };

  /** Only what both the list and the wallet have just said is worth an alarm. */
  const lookAtRunway = (): void => {
    const { runway, instancesFreshness, walletFreshness } = known.now.snapshot;
    if (runway === null || instancesFreshness.error !== null || walletFreshness.error !== null) return;
    alerts.look(runway, (untilMs) => unpaidRenewals(known.now, untilMs, clock.now()));
  };

  const isArriving = (): boolean => known.now.poll.arriving;
  const takeList = listTaker({ state: known, notices: noticeDetector, clock, newTurn });
  const list = resource(
    listInterval,
    (signal) =>
      api.listInstances(signal, (rows, total) => {
        if (signal.aborted) return undefined;
        const wasArriving = isArriving();
        apply({ kind: 'arriving', rows, total });
        return !wasArriving && isArriving() ? wait(clock, firstDrawMs, signal) : undefined;
      }),
    async (outcome, askedMonotonicMs, signal) => {
      await takeList(outcome, askedMonotonicMs, signal);
      if (signal.aborted) return;
      if (outcome.ok) lookAtRunway();
      if (noticeDetector.isSettling) list.hurry();
    },
    { isChanging: () => noticeDetector.isSettling || isChanging(known.now), afterwards: checkAbsences },
  );
  const wallet = resource(walletInterval, api.balance, (outcome) => {
    const { balanceCents } = known.now.snapshot;
    apply({ kind: 'wallet', outcome });
    if (!outcome.ok) return;
    noticeDetector.sawWallet(known.now.snapshot);
    lookAtRunway();
    // Something was paid: the ledger says what for, and by that for how long.
    if (balanceCents !== null && balanceCents !== known.now.snapshot.balanceCents) void payments.refresh();
  });
  const prices = resource(pricesInterval, api.plans, (outcome) => apply({ kind: 'plans', outcome }));
  const payments = resource(paymentsInterval, api.payments, (outcome) => {
    apply({ kind: 'payments', outcome });
    lookAtRunway();
  });

  const resources = [list, wallet, prices, payments];
  const paceChanged = (): void => paceListeners.forEach((listener) => listener());
  context.onPaceChange(() => resources.forEach((each) => each.reschedule()));
  const start = (): void => {
    isRunning = true;
    resources.forEach((each) => each.start());
    known.start();
  };
  const stop = (): void => {
    isRunning = false;
    resources.forEach((each) => each.stop());
    known.stop();
    noticeDetector.reset();
  };

  return {
    snapshot: () => known.published,
    forecast: () => forecastFrom(known.now, clock.now()),
    context,
    start,
    stop,
    suspend: stop,
    resume: start,
    setVisibility: (next) => {
      if (visibility === next) return;
      visibility = next;
      paceChanged();
    },
    networkChanged: (online) => {
      if (!online) apply({ kind: 'network-lost' });
      else if (isRunning && !gate.signedOut) void list.refresh();
    },
    refresh: async () => {
      await Promise.all([list.refresh(), wallet.refresh()]);
    },
    isExpecting: (id) => known.now.expectations.get(id)?.overdue === false,
    expect: (id, action) => {
      noticeDetector.expectAction(id, action);
      apply({ kind: 'expect', id, action });
      list.hurry();
    },
    dispatch: (id, outcome) => {
      apply({ kind: 'dispatch', id, outcome });
      list.hurry();
    },
    note: (id, change) => {
      apply({ kind: 'note', id, change });
      list.hurry();
    },
    sawLive: (record, live) => {
      apply({ kind: 'found', record });
      apply({ kind: 'live', id: record.id, live });
    },
    find: async (id) => {
      const found = await api.findInstance(id, new AbortController().signal);
      if (found.ok) apply({ kind: 'found', record: found.value.value.record });
    },
    lacks: (missing) => apply({ kind: 'abilities', missing }),
    heard: (error) => {
      // The list asks for itself, so that the snapshot says "signed out" too.
      if (error?.kind === 'unauthorized') void list.refresh();
    },
  };
}

/** Something is on its way to another state, so that a look is worth more than usual. */
function isChanging({ snapshot, expectations }: MonitorState): boolean {
  return (
    [...expectations.values()].some(({ overdue }) => !overdue) ||
    snapshot.instances.some(({ state }) => state.kind === 'transition')
  );
}
