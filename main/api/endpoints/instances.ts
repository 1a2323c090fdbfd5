import * as z from 'zod/mini';
import { metricPeriods, powerActions } from '../../../preload/contract/instance.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import type {
  CreatedInstance,
  DeletedInstance,
  LiveInstance,
  ReactivatedInstance,
  UpgradedInstance,
} from '../models/instance-actions.ts';
import { amountOf } from '../read/amount.ts';
import type { Report } from '../read/drift.ts';
import { readInstance } from '../read/instance-record.ts';
import { readMetrics } from '../read/metrics.ts';
import { readOsGroups } from '../read/os-templates.ts';
import { bytesOrKib } from '../read/measures.ts';
import { Row } from '../read/row.ts';
import { readSecret } from '../read/secret.ts';
import { objectOf } from '../read/shapes.ts';
import { isRaw, opened, type Raw } from '../read/values.ts';
import { readVnc } from '../read/vnc.ts';
import { answer, bodyId, byId, done, pathId, polledList, requiredText } from './define.ts';

const mebibyte = 1024 * 1024;

const newInstance = z.object({
  body: z.object({
    name: requiredText,
    hostname: requiredText,
    project_id: bodyId,
    package_id: bodyId,
    category: requiredText,
    os_template_id: bodyId,
    os_name: requiredText,
    billing_cycle: requiredText,
    ssh_key_ids: z.optional(z.array(bodyId)),
  }),
});

const deletion = z.object({
  path: z.object({ id: pathId }),
  body: z.object({ mode: z.enum(['immediate', 'end_of_cycle']) }),
});

const powerInput = z.object({ path: z.object({ id: pathId, action: z.enum(powerActions) }) });

const metricsInput = z.object({
  path: z.object({ id: pathId }),
  query: z.object({ period: z.enum(metricPeriods) }),
});

const upgrade = z.object({
  path: z.object({ id: pathId }),
  body: z.object({ package_id: bodyId, reboot: z.boolean() }),
});

const reinstall = z.object({
  path: z.object({ id: pathId }),
  body: z.object({ os_template_id: bodyId, os_name: requiredText }),
});

/** Money was spent: an answer that cannot be read is no failure, the list is read again. */
function decodeCreated(body: unknown, report: Report): CreatedInstance {
  return { record: readInstance(objectOf(body, 'instance', 'server'), 'instance', report) };
}

/** The hypervisor's memory, in kibibytes where no unit says otherwise, as `memtotal` is in the reference. */
const memoryTotal = bytesOrKib('memtotal', 'memory_memtotal', 'memory_total', 'mem_total', 'total_memory');
const memoryFree = bytesOrKib('memfree', 'memory_memfree', 'memory_free', 'mem_free', 'free_memory');

/** No instance has more: such a number was bytes, not kibibytes. */
const memoryLimitBytes = 2 * 1024 ** 4;

function decodeLive(body: unknown, report: Report): LiveInstance | null {
  const outer = objectOf(body, 'instance', 'server');
  const record = readInstance(outer, 'instance', report);
  if (outer === null || record === null) return null;
  const row = new Row(outer, 'instance', report);
  const remote = opened(row.raw('vf_remote_state', 'remote_state'));
  const raw: Raw = isRaw(remote) ? remote : {};
  const live = row.child(raw, 'vf_remote_state');
  const kib = (name: string, bytes: number | null): number | null => {
    if (bytes === null || bytes <= memoryLimitBytes) return bytes === null ? null : bytes / 1024;
    live.report(name, 'expected an amount of memory');
    return null;
  };
  return {
    record,
    vfState: row.text('vf_state'),
    detail: {
      id: record.id,
      remoteState: isRaw(remote) ? live.text('state', 'status') : wordOf(remote),
      cpuPercent: live.number('cpu', 'cpu_percent', 'cpu_usage'),
      memoryTotalKb: kib('memtotal', memoryTotal.in(raw)),
      memoryFreeKb: kib('memfree', memoryFree.in(raw)),
    },
  };
}

/** The hypervisor's state as a word; what looks like data is none. */
function wordOf(remote: unknown): string | null {
  return typeof remote === 'string' && /^[\w .-]{1,60}$/.test(remote) ? remote : null;
}

/** An amount that an action names, by what it may be called; null where it names none. */
const amountIn =
  (...names: readonly string[]) =>
  (body: unknown, report: Report) => {
    // Beside the instance, or in it.
    const places = [objectOf(body), objectOf(body, 'instance', 'server')];
    for (const place of places) {
      const amount = amountOf(new Row(place ?? {}, '', report), ...names);
      if (amount !== null) return amount;
    }
    return null;
  };
const refund = amountIn('refund', 'refund_amount', 'refunded', 'amount');
const charge = amountIn('charged', 'charge', 'prorated_charge', 'prorated', 'amount');

/** Instances and all that is done to them. */
export const instanceEndpoints = {
  'instances.list': polledList(
    z.object({ query: z.optional(z.object({ project_id: z.optional(pathId) })) }),
    readInstance,
    // 10,000 instances in one page are 7.4 MB, more than any other answer may have. Twice that, and no more: what is
    // dropped at the limit stays in memory until the next collection, and the next poll brings as much again.
    { bodyBytes: 16 * mebibyte },
  ),
  'instances.create': answer(newInstance, decodeCreated),
  'instances.get': answer(byId, decodeLive),
  'instances.delete': answer(deletion, (body, report): DeletedInstance => ({
    refundCents: refund(body, report),
  })),
  'instances.power': answer(powerInput, done),
  'instances.metrics': answer(metricsInput, (body, report, { path, query }) =>
    // The id went out with this request: it is an instance's.
    readMetrics(body, report, path.id as InstanceId, query.period),
  ),
  'instances.upgrade': answer(upgrade, (body, report): UpgradedInstance => ({
    chargedCents: charge(body, report),
  })),
  'instances.reinstall': answer(reinstall, done),
  'instances.reinstallOptions': answer(byId, readOsGroups),
  'instances.resetPassword': answer(byId, (body) =>
    readSecret(body, ['password', 'new_password', 'root_password', 'generated_password']),
  ),
  'instances.cancelDeletion': answer(byId, done),
  'instances.reactivate': answer(byId, (body, report): ReactivatedInstance => ({
    chargedCents: charge(body, report),
  })),
  'instances.vnc': answer(byId, readVnc),
};
