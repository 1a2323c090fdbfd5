import {
  createAccountMonitor,
  createToldKeys,
  type AccountMonitor,
  type ToldKeys,
} from '../../../main/monitor/index.ts';
import { applyUpdate } from '../../../preload/contract/apply-update.ts';
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
  /** Addresses that answer on SSH. */
  readonly reachable: Set<string>;
}

interface RigOptions {
  readonly random?: number;
  readonly cached?: Snapshot | null;
  readonly told?: ToldKeys;
  readonly runwayAlertDays?: () => number;
}

export function rig(options: RigOptions = {}): Rig {
  const {
    random = 0.5,
    cached = null,
    told = createToldKeys([], () => undefined),
    runwayAlertDays = () => 7,
  } = options;
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
    told,
    lowBalanceCents: () => cents(1000),
    runwayAlertDays,
    timeInWords: (atMs) => new Date(atMs).toISOString().slice(11, 16),
    probe: ({ mainIp }) => Promise.resolve(mainIp !== null && reachable.has(mainIp) ? mainIp : null),
    onUpdate: (update) => {
      held = applyUpdate(held, update);
    },
    onNotices: (told) => notices.push(...told),
    onBug: (error) => {
      throw error;
    },
  });
  let held: Snapshot | null = monitor.snapshot();
  return { api, time, monitor, held: () => held, notices, reachable };
}
