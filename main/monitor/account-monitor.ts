import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { PowerAction } from '../../preload/contract/instance.ts';
import type { Snapshot, SnapshotUpdate } from '../../preload/contract/snapshot.ts';
import { AccountGate } from './account-gate.ts';
import { initialState, type MonitorState } from './monitor-state.ts';
import type { MonitorApi } from './ports.ts';
import type { LiveState } from './project.ts';
import { reduce, type DispatchOutcome, type MonitorEvent } from './reduce.ts';
import { Resource, type ResourceContext } from './resource.ts';
import { listInterval, pricesInterval, walletInterval, type Visibility } from './schedule.ts';
import { momentOf, type Clock } from './time.ts';
import { toUpdate } from './to-update.ts';

export interface AccountMonitorOptions {
  readonly accountId: AccountId;
  readonly api: MonitorApi;
  readonly clock: Clock;
  /** Gives [0, 1): the jitter. */
  readonly random: () => number;
  /** What the last run knew, shown until the first answer. */
  readonly cached: Snapshot | null;
  /** The snapshot became another; `update` brings who holds the one before up to it. */
  readonly onUpdate: (update: SnapshotUpdate, snapshot: Snapshot) => void;
  readonly onBug: (error: unknown) => void;
}

/** Keeps the snapshot of one account fresh. */
export interface AccountMonitor {
  readonly snapshot: () => Snapshot;
  readonly start: () => void;
  readonly stop: () => void;
  readonly setVisibility: (visibility: Visibility) => void;
  /** The machine goes to sleep: nothing is asked until `resume`. */
  readonly suspend: () => void;
  /** The machine woke up: everything is asked once. */
  readonly resume: () => void;
  /** What the system says of the network: "offline" is believed, "online" is a hint to try. */
  readonly networkChanged: (online: boolean) => void;
  /** Polls the list and the wallet now, also after a 401. */
  readonly refresh: () => Promise<void>;
  /** An action is being sent; `dispatch` says how that ended. */
  readonly expect: (id: InstanceId, action: PowerAction) => void;
  readonly dispatch: (id: InstanceId, outcome: DispatchOutcome) => void;
  /** The hypervisor's word on one instance. */
  readonly sawLive: (id: InstanceId, live: LiveState) => void;
}

/** Makes the monitor of one account. It asks for nothing until `start`. */
export function createAccountMonitor(options: AccountMonitorOptions): AccountMonitor {
  const { api, clock, random, onUpdate, onBug } = options;
  const gate = new AccountGate();
  let state = initialState(options.accountId, options.cached);
  let visibility: Visibility = 'hidden';
  const context: ResourceContext = { clock, random, gate, visibility: () => visibility, onBug };

  const apply = (event: MonitorEvent): void => {
    const before = state;
    state = reduce(before, event, momentOf(clock));
    if (state.snapshot !== before.snapshot)
      onUpdate(toUpdate(before.snapshot, state.snapshot), state.snapshot);
  };

  const list = new Resource({
    ...context,
    interval: () => listInterval,
    isChanging: () => isChanging(state),
    ask: async (signal) => {
      const askedMonotonicMs = clock.monotonicMs();
      const outcome = await api.listInstances(signal);
      if (!signal.aborted) apply({ kind: 'instances', outcome, askedMonotonicMs });
      return outcome.ok ? null : outcome.error;
    },
  });
  const wallet = new Resource({
    ...context,
    interval: () => walletInterval,
    ask: async (signal) => {
      const outcome = await api.balance(signal);
      if (!signal.aborted) apply({ kind: 'wallet', outcome });
      return outcome.ok ? null : outcome.error;
    },
  });
  const prices = new Resource({
    ...context,
    interval: () => pricesInterval,
    ask: async (signal) => {
      const outcome = await api.planPrices(signal);
      if (!signal.aborted) apply({ kind: 'prices', outcome });
      return outcome.ok ? null : outcome.error;
    },
  });
  const resources = [list, wallet, prices];
  const start = (): void => resources.forEach((resource) => resource.start());
  const stop = (): void => resources.forEach((resource) => resource.stop());

  return {
    snapshot: () => state.snapshot,
    start,
    stop,
    suspend: stop,
    resume: start,
    setVisibility: (next) => {
      if (visibility === next) return;
      visibility = next;
      resources.forEach((resource) => resource.reschedule());
    },
    networkChanged: (online) => {
      if (online) void list.refresh();
      else apply({ kind: 'network-lost' });
    },
    refresh: async () => {
      await Promise.all([list.refresh(), wallet.refresh()]);
    },
    expect: (id, action) => {
      apply({ kind: 'expect', id, action });
      list.hurry();
    },
    dispatch: (id, outcome) => {
      apply({ kind: 'dispatch', id, outcome });
      list.hurry();
    },
    sawLive: (id, live) => apply({ kind: 'live', id, live }),
  };
}

function isChanging(state: MonitorState): boolean {
  return (
    state.expectations.size > 0 ||
    state.snapshot.instances.some((instance) => instance.state.kind === 'transition')
  );
}
