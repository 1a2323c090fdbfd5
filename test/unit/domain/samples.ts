import type { Instance, StateKind } from '../../../preload/contract/instance.ts';
import type { Snapshot } from '../../../preload/contract/snapshot.ts';
import { lifecycleChoices, powerChoices } from '../../../main/domain/index.ts';
import { accountId, cents, record } from '../monitor/builders.ts';

const words: Readonly<Record<StateKind, string>> = {
  running: 'Running',
  stopped: 'Stopped',
  transition: 'Provisioning',
  suspended: 'Suspended',
  failed: 'Build failed',
  deletion: 'Deletion scheduled',
  unknown: 'hibernated',
};

/** An instance as the window shows it. */
export function instance(id: string, kind: StateKind = 'running', more: Partial<Instance> = {}): Instance {
  const about = kind === 'transition' ? ('build' as const) : ('power' as const);
  const row = record(id, kind);
  const shown = {
    kind,
    ...(kind === 'deletion' && { subkind: 'scheduled' as const }),
    word: words[kind],
    detail: null,
  };
  const observed = { ...shown, about };
  return {
    id: row.id,
    name: row.name,
    hostname: row.hostname,
    status: row.status,
    state: { ...shown, sinceMs: null },
    planSlug: row.planSlug,
    planName: null,
    vcpu: row.vcpu,
    ramGb: row.ramGb,
    storageGb: row.storageGb,
    mainIp: row.mainIp,
    addresses: row.addresses,
    projectId: row.projectId,
    osName: row.osName,
    billedTillMs: row.billedTillMs,
    monthlyCents: null,
    power: powerChoices(observed),
    lifecycle: lifecycleChoices(observed),
    isShutdownIgnored: false,
    isRebootPending: false,
    ...more,
  };
}

export function snapshot(instances: readonly Instance[], more: Partial<Snapshot> = {}): Snapshot {
  return {
    accountId,
    revision: 1,
    apiStatus: 'live',
    instances,
    instancesFreshness: { checkedAtMs: Date.UTC(2026, 4, 14, 13, 58), error: null },
    balanceCents: cents(5240),
    walletFreshness: { checkedAtMs: Date.UTC(2026, 4, 14, 13, 58), error: null },
    missingAbilities: [],
    runway: null,
    instancesGaps: null,
    ...more,
  };
}

/** The time of day in the zone of the tests, as the app writes it. */
export const clockOf = (atMs: number): string => new Date(atMs).toTimeString().slice(0, 5);
