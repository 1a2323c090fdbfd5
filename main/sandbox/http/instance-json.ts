import { knownPlan } from '../state/catalog.ts';
import type { InstanceRecord } from '../state/instances.ts';
import type { MetricPoint } from '../state/metrics.ts';
import type { World } from '../state/world.ts';
import { createShapes, iso, type Shapes } from './shapes.ts';

type Json = Record<string, unknown>;

/** What the list and all answers about one server have in common. */
export function instanceJson(record: InstanceRecord, shapes: Shapes): Json {
  const plan = knownPlan(record.packageId);
  return {
    id: record.id,
    name: record.name,
    hostname: record.hostname,
    project_id: shapes.id(record.projectId),
    plan: plan.slug,
    status: record.status,
    main_ip: record.mainIp,
    vcpu: plan.vcpu,
    ram: plan.ramGb,
    storage: plan.storageGb,
    os_name: record.osName,
    billed_till: iso(record.billedTillMs),
    ip_addresses: addresses(record, shapes),
    // Only where it applies, as the reference's sample has no such field.
    ...(record.deletionAtMs === null ? {} : { scheduled_deletion_at: iso(record.deletionAtMs) }),
    ...(record.pendingPackageId === null ? {} : { reboot_required: true }),
  };
}

function addresses(record: InstanceRecord, shapes: Shapes): readonly unknown[] {
  const all = [record.mainIp, record.ipv6].filter((address) => address !== null);
  return shapes.isBare ? all : all.map((address) => ({ address, version: address.includes(':') ? 6 : 4 }));
}

/** A server with the hypervisor's view of it, which is absent while there is no machine. */
export function instanceDetailJson(record: InstanceRecord, world: World): Json {
  const json = instanceJson(record, createShapes(world.variant));
  const vfState = vfStates[record.status] ?? 'complete';
  if (vfState !== 'complete') return { ...json, vf_state: vfState, vf_remote_state: null };
  const point = world.metrics.point(record, world.clock.now());
  const totalKb = knownPlan(record.packageId).ramGb * 1024 * 1024;
  return {
    ...json,
    vf_state: vfState,
    vf_remote_state: {
      state: record.bootedAtMs === null ? 'shutoff' : 'running',
      cpu: point.cpuPercent ?? 0,
      memory: { memtotal: totalKb, memfree: totalKb - (point.memoryUsedKb ?? 0) },
    },
  };
}

const vfStates: Readonly<Record<string, string>> = {
  provisioning: 'building',
  build_failed: 'failed',
};

/** The live reading of a server, in the fields of the reference. */
export function currentMetricsJson(record: InstanceRecord, point: MetricPoint): Json {
  const plan = knownPlan(record.packageId);
  return {
    ...readings(point),
    memory_total_kb: plan.ramGb * 1024 * 1024,
    disk_total_bytes: plan.storageGb * 1024 ** 3,
  };
}

/** A point of the history: the reference leaves its fields open, so they are those of the live reading. */
export function historyPointJson(point: MetricPoint, shapes: Shapes): Json {
  const timestamp = shapes.choose(iso(point.atMs), Math.floor(point.atMs / 1000));
  return { timestamp, ...readings(point) };
}

function readings(point: MetricPoint): Json {
  return {
    cpu_percent: point.cpuPercent,
    memory_used_kb: point.memoryUsedKb,
    disk_used_bytes: point.diskUsedBytes,
    network_rx_bytes: point.rxBytes,
    network_tx_bytes: point.txBytes,
  };
}

/** The list as JSON text, made once per change and project: 10,000 servers are read far more often than changed. */
export class InstanceListCache {
  readonly #world: World;
  readonly #shapes: Shapes;
  readonly #texts = new Map<string, string>();
  #revision = -1;

  constructor(world: World) {
    this.#world = world;
    this.#shapes = createShapes(world.variant);
  }

  /** Of one project, or of all of them for null. */
  text(projectId: string | null): string {
    const { revision } = this.#world.instances;
    if (revision !== this.#revision) this.#texts.clear();
    this.#revision = revision;
    const key = projectId ?? '*';
    let text = this.#texts.get(key);
    if (text === undefined) {
      const records = this.#world.instances.all();
      const chosen =
        projectId === null ? records : records.filter((record) => String(record.projectId) === projectId);
      text = JSON.stringify(this.#shapes.list(chosen.map((record) => instanceJson(record, this.#shapes))));
      this.#texts.set(key, text);
    }
    return text;
  }
}
