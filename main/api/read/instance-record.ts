import type { ProjectId } from '../../../preload/contract/brands.ts';
import type { InstanceRecord } from '../models/instance-record.ts';
import type { Report } from './drift.ts';
import { instanceIdOf, plainInstanceId, plainProjectId, projectIdOf } from './ids.ts';
import { isRaw, isText, Row, type Raw } from './row.ts';
import { timeMsOf } from './time.ts';

/** Marks of a deletion to come, as such panels name them. */
const deletionMarks = ['pending_deletion', 'is_pending_deletion', 'cancel_at_period_end'] as const;
const deletionTimes = ['deletion_at', 'scheduled_deletion_at', 'delete_at', 'cancel_at'] as const;

const rebootMarks = ['reboot_required', 'reboot_pending', 'pending_reboot', 'restart_required'] as const;

/** Decodes an instance; null where it has no id. Everything else can be absent. */
export function readInstance(raw: unknown, path: string, report: Report): InstanceRecord | null {
  return readAsPromised(raw) ?? readTolerantly(raw, path, report);
}

/**
 * Reads a row that is just what the reference promises, without a mark; null for any other. It gives what the tolerant
 * reading gives at a fraction of its cost: V8 remembers where an object keeps a field only for a name that is written
 * out, and nothing is made but the record.
 */
function readAsPromised(raw: unknown): InstanceRecord | null {
  if (!isRaw(raw) || hasMore(raw)) return null;
  const { name, hostname, status, plan, vcpu, ram, storage, ip_addresses: addresses } = raw;
  const { main_ip: mainIp = null, os_name: osName = null, project_id: project = null } = raw;
  const id = plainInstanceId(raw['id']);
  const projectId = project === null ? null : plainProjectId(project);
  const billedTillMs = timeMsOf(raw['billed_till']);
  if (id === null || billedTillMs === null || (project !== null && projectId === null)) return null;
  if (!isText(name) || !isText(hostname) || !isText(status) || !isText(plan)) return null;
  if (!isNumber(vcpu) || !isNumber(ram) || !isNumber(storage) || !isTexts(addresses)) return null;
  if ((mainIp !== null && !isText(mainIp)) || (osName !== null && !isText(osName))) return null;
  return {
    id,
    name,
    hostname,
    status,
    planSlug: plan,
    vcpu,
    ramGb: ram,
    storageGb: storage,
    mainIp,
    addresses,
    projectId,
    osName,
    billedTillMs,
    createdAtMs: null,
    isDeletionPending: false,
    deletionAtMs: null,
    isRebootPending: false,
  };
}

/** A mark or a time is there that the reference's own row does not have. Written out for the same reason. */
function hasMore(raw: Raw): boolean {
  const deletion = raw['pending_deletion'] ?? raw['is_pending_deletion'] ?? raw['cancel_at_period_end'];
  const time = raw['deletion_at'] ?? raw['scheduled_deletion_at'] ?? raw['delete_at'] ?? raw['cancel_at'];
  const reboot = raw['reboot_required'] ?? raw['reboot_pending'] ?? raw['pending_reboot'];
  return (deletion ?? time ?? reboot ?? raw['restart_required'] ?? raw['created_at'] ?? null) !== null;
}

const isNumber = (raw: unknown): raw is number => typeof raw === 'number' && Number.isFinite(raw);
const isTexts = (raw: unknown): raw is readonly string[] => Array.isArray(raw) && raw.every(isText);

function readTolerantly(raw: unknown, path: string, report: Report): InstanceRecord | null {
  const row = Row.of(raw, path, report);
  const id = row && instanceIdOf(row, 'id', 'uuid');
  if (row === null || id === null) return null;
  const hostname = row.text('hostname');
  const deletionAtMs = row.timeMs(...deletionTimes);
  return {
    id,
    name: row.text('name') ?? hostname ?? id,
    hostname,
    status: row.text('status') ?? '',
    planSlug: planSlug(row),
    vcpu: row.number('vcpu', 'vcpus', 'cpu_cores'),
    ramGb: row.number('ram', 'ram_gb'),
    storageGb: row.number('storage', 'storage_gb'),
    mainIp: row.text('main_ip'),
    addresses: row.texts(['ip_addresses'], 'ip', 'address', 'ip_address'),
    projectId: projectId(row),
    osName: row.text('os_name', 'os'),
    billedTillMs: row.timeMs('billed_till'),
    createdAtMs: row.timeMs('created_at'),
    isDeletionPending: deletionAtMs !== null || deletionMarks.some((mark) => row.boolean(mark) === true),
    deletionAtMs,
    isRebootPending: rebootMarks.some((mark) => row.boolean(mark) === true),
  };
}

function planSlug(row: Row): string | null {
  const plan = row.raw('plan');
  if (!isRaw(plan)) return row.text('plan', 'plan_slug');
  return row.child(plan, 'plan').text('slug', 'name', 'id');
}

function projectId(row: Row): ProjectId | null {
  // A missing project is no drift: the reference's sample has none.
  return row.raw('project_id') === null ? null : projectIdOf(row, 'project_id');
}
