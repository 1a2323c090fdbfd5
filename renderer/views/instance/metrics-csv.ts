import type { Metrics } from '../../../preload/contract/instance.ts';
import { csvOf } from '../../export/csv.ts';

/** The points of a period as CSV: times in UTC (ISO 8601), units in the header, what was not measured empty. */
export function metricsCsv(metrics: Metrics): string {
  const columns = [
    ['cpu_percent', metrics.cpuPercent],
    ['memory_used_bytes', metrics.memoryUsedBytes],
    ['disk_used_bytes', metrics.diskUsedBytes],
    ['rx_bits_per_second', metrics.rxBitsPerSecond],
    ['tx_bits_per_second', metrics.txBitsPerSecond],
  ] as const;
  return csvOf(
    ['time', ...columns.map(([name]) => name)],
    metrics.atMs.map((atMs, index) => [
      new Date(atMs).toISOString(),
      ...columns.map(([, series]) => series[index] ?? null),
    ]),
  );
}
