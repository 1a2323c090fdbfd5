import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { MetricPeriod, Metrics, Series } from '../../../preload/contract/instance.ts';
import { typeName, type Report } from './drift.ts';
import { fieldOf } from './fields.ts';
import { bitRate, bytes, bytesOrKib, percent, percentInName, type Quantity } from './measures.ts';
import { bitRates } from './rates.ts';
import { readColumns } from './series.ts';
import { objectOf } from './shapes.ts';
import { isRaw, opened, type Raw } from './values.ts';

const memoryNames = ['memory', 'mem', 'ram'] as const;
const diskNames = ['disk', 'storage'] as const;
const rxNames = ['network_rx', 'rx', 'net_rx', 'network_in', 'net_in', 'inbound', 'received', 'in'] as const;
const txNames = ['network_tx', 'tx', 'net_tx', 'network_out', 'net_out', 'outbound', 'sent', 'out'] as const;

/** `memory_used`, `used_memory`, `memory_usage`, and `memory` alone. */
const used = (names: readonly string[]): readonly string[] =>
  ['_used', '_usage', '_in_use', '']
    .flatMap((end) => names.map((name) => name + end))
    .concat(names.map((name) => `used_${name}`));
const total = (names: readonly string[]): readonly string[] =>
  ['_total', '_max', '_limit', '_size', '_capacity']
    .flatMap((end) => names.map((name) => name + end))
    .concat(names.map((name) => `total_${name}`));

const cpu = percent('cpu', 'processor');
const memoryUsed = bytes(...used(memoryNames));
const memoryTotal = bytes(...total(memoryNames));
/** The hypervisor's own words, in kibibytes: `vf_remote_state.memory` has them in the reference. */
const hypervisorTotal = bytesOrKib('memtotal', 'memory_memtotal');
const hypervisorFree = bytesOrKib('memfree', 'memory_memfree');
const memoryPercent = percentInName(...used(memoryNames));
const diskUsed = bytes(...used(diskNames));
const diskTotal = bytes(...total(diskNames));
const diskPercent = percentInName(...used(diskNames));

const history = {
  cpu,
  memoryUsed,
  memoryPercent,
  diskUsed,
  diskPercent,
  rxRate: bitRate(false, ...rxNames),
  txRate: bitRate(false, ...txNames),
  rxCounter: bytes(...rxNames),
  txCounter: bytes(...txNames),
};

const currentNames = ['current', 'live', 'now', 'latest', 'snapshot'] as const;
const historyNames = ['history', 'points', 'samples', 'series', 'timeline'] as const;

/**
 * Decodes metrics to the contract's columns. The fields of `history` are not in the reference: those of `current`
 * are looked for. Null where there is neither.
 */
export function readMetrics(
  body: unknown,
  report: Report,
  instanceId: InstanceId,
  period: MetricPeriod,
): Metrics | null {
  const outer = objectOf(body, 'metrics');
  const named = opened(outer === null ? null : fieldOf(outer, ...currentNames));
  const live = isRaw(named) ? named : outer !== null && cpu.isIn(outer) ? outer : null;
  const points = outer === null ? body : (fieldOf(outer, ...historyNames) ?? body);
  const past = readColumns(points, history);
  if (past === null && (live === null || points !== body)) {
    report('history', `expected a series, got ${typeName(opened(points))}`);
    if (live === null) return null;
  }
  const atMs = past?.atMs ?? [];
  const columns = past?.columns;
  const current: Raw = live ?? {};
  const missed = (name: string): void => report(`current.${name}`, 'expected a number');
  const value = (quantity: Quantity): number | null => quantity.in(current, missed);
  const memoryTotalBytes = value(memoryTotal) ?? value(hypervisorTotal);
  const diskTotalBytes = value(diskTotal);
  const freeBytes = value(hypervisorFree);
  const known = (bytesUsed: number | null, share: number | null, of: number | null): number | null =>
    bytesUsed ?? (share === null || of === null ? null : (of * share) / 100);
  return {
    instanceId,
    period,
    atMs,
    cpuPercent: columns?.cpu ?? [],
    memoryUsedBytes: usedOf(columns?.memoryUsed, columns?.memoryPercent, memoryTotalBytes),
    diskUsedBytes: usedOf(columns?.diskUsed, columns?.diskPercent, diskTotalBytes),
    rxBitsPerSecond: rates(atMs, columns?.rxRate, columns?.rxCounter),
    txBitsPerSecond: rates(atMs, columns?.txRate, columns?.txCounter),
    memoryTotalBytes,
    diskTotalBytes,
    current: {
      cpuPercent: value(cpu),
      memoryUsedBytes:
        known(value(memoryUsed), value(memoryPercent), memoryTotalBytes) ??
        (freeBytes === null || memoryTotalBytes === null ? null : memoryTotalBytes - freeBytes),
      diskUsedBytes: known(value(diskUsed), value(diskPercent), diskTotalBytes),
    },
  };
}

/** Sizes as they came, where any came; else the parts of the total. */
function usedOf(sizes: Series = [], shares: Series = [], of: number | null): Series {
  if (of === null || hasValue(sizes) || !hasValue(shares)) return sizes;
  return shares.map((share) => (share === null ? null : (of * share) / 100));
}

/** Rates as they came, where any came; else those of the counters. */
function rates(atMs: readonly number[], rate: Series = [], counter: Series = []): Series {
  return hasValue(rate) ? rate : bitRates(atMs, counter);
}

const hasValue = (series: Series): boolean => series.some((value) => value !== null);
