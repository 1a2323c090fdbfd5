import type { ProjectId } from '../../../preload/contract/brands.ts';
import type { InstanceRecord } from '../models/instance-record.ts';
import type { Report } from './drift.ts';
import { instanceIdOf, projectIdOf } from './ids.ts';
import { isRaw, Row } from './row.ts';

/** Marks of a deletion to come, as such panels name them. */
const deletionMarks = ['pending_deletion', 'is_pending_deletion', 'cancel_at_period_end'] as const;
const deletionTimes = ['deletion_at', 'scheduled_deletion_at', 'delete_at', 'cancel_at'] as const;

const rebootMarks = ['reboot_required', 'reboot_pending', 'pending_reboot', 'restart_required'] as const;

/** Decodes an instance; null where it has no id. Everything else can be absent. */
export function readInstance(raw: unknown, path: string, report: Report): InstanceRecord | null {
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
