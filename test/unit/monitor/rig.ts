import {
  createAccountMonitor,
  createAnnouncedKeys,
  type AccountMonitor,
  type FirstList,
  type LocalChanges,
  type AnnouncedKeys,
} from '../../../main/monitor/index.ts';
import { Turn } from '../../../main/tasks/index.ts';
import { applyUpdate } from '../../../preload/contract/apply-update.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { Notice, Snapshot } from '../../../preload/contract/snapshot.ts';
import { accountId, cents, FakeApi } from './builders.ts';
import { FakeTime } from './fake-time.ts';

/** A monitor in a time of its own, with all that it says. */
export interface Rig {
  readonly api: FakeApi;
  readonly time: FakeTime;
  readonly monitor: AccountMonitor;
  /** What a renderer holds that starts from the first snapshot and applies each update. */
  readonly held: () => Snapshot | null;
  readonly notices: Notice[];
  /** What was noted of actions, each time it changed. */
  readonly localChangesStore: ReadonlyMap<InstanceId, LocalChanges>[];
  /** Addresses that answer on SSH. */
  readonly reachable: Set<string>;
}

interface RigOptions {
  readonly random?: number;
  readonly cached?: Snapshot | null;
  readonly firstList?: FirstList | null;
  readonly announced?: AnnouncedKeys;
  readonly runwayAlertDays?: () => number;
  readonly localChanges?: ReadonlyMap<InstanceId, LocalChanges>;
  readonly newTurn?: () => Turn;
}

export function rig(options: RigOptions = {}): Rig {
  const {
    random = 0.5,
    cached = null,
    firstList = null,
    announced = createAnnouncedKeys([], () => undefined),
    runwayAlertDays = () => 7,
    localChanges = new Map(),
    newTurn = () => new Turn(),
  } = options;
  const localChangesStore: Rig['localChangesStore'] = [];
  const api = new FakeApi();
  const time = new FakeTime();
  const notices: Notice[] = [];
  const reachable = new Set<string>();
  const monitor: AccountMonitor = createAccountMonitor({
    accountId,
    api,
    clock: time,
    random: () => random,
    cached,
    firstList,
    localChanges,
    onLocalChanges: (kept) => localChangesStore.push(kept),
    announced,
    lowBalanceCents: () => cents(1000),
    runwayAlertDays,
    isMuted: () => false,
    probe: ({ mainIp }) =>
      Promise.resolve(
        mainIp !== null && reachable.has(mainIp) ? { kind: 'answers', address: mainIp } : { kind: 'silent' },
      ),
    onUpdate: (update) => {
      held = applyUpdate(held, update);
    },
    newTurn,
    onNotices: (announced) => notices.push(...announced),
    onBug: (error) => {
      throw error;
    },
  });
  let held: Snapshot | null = monitor.snapshot();
  return { api, time, monitor, held: () => held, notices, localChangesStore, reachable };
}
