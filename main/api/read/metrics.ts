import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { MetricPeriod, Metrics, Series } from '../../../preload/contract/instance.ts';
import { typeName, type Report } from './drift.ts';
import { bitRates } from './rates.ts';
import { isRaw, type Raw } from './row.ts';
import { objectOf } from './shapes.ts';
import { readColumns, scaled, type ColumnNames } from './series.ts';

const kib = 1024;
const mib = kib * 1024;
const gib = mib * 1024;

/** The reference mixes kB and bytes in one answer; other units are taken by their suffix. */
const bytes = (...names: readonly string[]): ColumnNames =>
  names.flatMap((name): ColumnNames => [
    [`${name}_bytes`, 1],
    [`${name}_kb`, kib],
    [`${name}_mb`, mib],
    [`${name}_gb`, gib],
  ]);

const bits = (...names: readonly string[]): ColumnNames =>
  names.flatMap((name): ColumnNames => [
    [`${name}_bps`, 1],
    [`${name}_kbps`, 1e3],
    [`${name}_mbps`, 1e6],
  ]);

const cpu: ColumnNames = [
  ['cpu_percent', 1],
  ['cpu_usage', 1],
  ['cpu', 1],
];
const memoryUsed = bytes('memory_used', 'mem_used');
const memoryTotal = bytes('memory_total', 'mem_total');
const diskUsed = bytes('disk_used', 'storage_used');
const diskTotal = bytes('disk_total', 'storage_total');

const history = {
  cpu,
  memoryUsed,
  diskUsed,
  rxRate: bits('network_rx', 'rx', 'net_rx'),
  txRate: bits('network_tx', 'tx', 'net_tx'),
  rxCounter: bytes('network_rx', 'rx', 'net_rx'),
  txCounter: bytes('network_tx', 'tx', 'net_tx'),
};

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
  const live = isRaw(outer?.['current']) ? outer['current'] : null;
  const past = readColumns(outer?.['history'] ?? body, history);
  if (past === null && live === null) {
    report('history', `expected a list, got ${typeName(outer?.['history'])}`);
    return null;
  }
  const atMs = past?.atMs ?? [];
  const columns = past?.columns;
  const current: Raw = live ?? {};
  return {
    instanceId,
    period,
    atMs,
    cpuPercent: columns?.cpu ?? [],
    memoryUsedBytes: columns?.memoryUsed ?? [],
    diskUsedBytes: columns?.diskUsed ?? [],
    rxBitsPerSecond: rates(atMs, columns?.rxRate, columns?.rxCounter),
    txBitsPerSecond: rates(atMs, columns?.txRate, columns?.txCounter),
    memoryTotalBytes: scaled(current, memoryTotal),
    diskTotalBytes: scaled(current, diskTotal),
    current: {
      cpuPercent: scaled(current, cpu),
      memoryUsedBytes: scaled(current, memoryUsed),
      diskUsedBytes: scaled(current, diskUsed),
    },
  };
}

/** Rates as they came, where any came; else those of the counters. */
function rates(atMs: readonly number[], rate: Series = [], counter: Series = []): Series {
  return rate.some((value) => value !== null) ? rate : bitRates(atMs, counter);
}
