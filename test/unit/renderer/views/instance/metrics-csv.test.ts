import { expect, test } from 'vitest';
import type { InstanceId } from '../../../../../preload/contract/brands.ts';
import { metricPeriods } from '../../../../../preload/contract/instance.ts';
import { fileNameOf } from '../../../../../renderer/export/file-name.ts';
import { periodTerms } from '../../../../../renderer/views/instance/metric-cards.ts';
import { metricsCsv } from '../../../../../renderer/views/instance/metrics-csv.ts';

test('metrics are written with times in UTC and units in the header; what was not measured is empty', () => {
  const csv = metricsCsv({
    instanceId: 'one' as InstanceId,
    period: '5m',
    atMs: [Date.UTC(2026, 4, 14, 12), Date.UTC(2026, 4, 14, 12, 0, 5)],
    cpuPercent: [12.5, null],
    memoryUsedBytes: [1024, null],
    diskUsedBytes: [2048, 2048],
    rxBitsPerSecond: [null, 8000],
    txBitsPerSecond: [],
    memoryTotalBytes: null,
    diskTotalBytes: null,
    current: { cpuPercent: null, memoryUsedBytes: null, diskUsedBytes: null },
  });
  expect(csv.split('\r\n')).toEqual([
    'time,cpu_percent,memory_used_bytes,disk_used_bytes,rx_bits_per_second,tx_bits_per_second',
    '"2026-05-14T12:00:00.000Z",12.5,1024,2048,,',
    '"2026-05-14T12:00:05.000Z",,,2048,8000,',
    '',
  ]);
});

test('all six periods can be shown', () => {
  expect(metricPeriods).toEqual(['5m', '30m', '1h', '6h', '12h', '24h']);
  expect(Object.keys(periodTerms)).toEqual(metricPeriods);
});

test.each([
  ['api-prod-1', 'api-prod-1 metrics 1h.csv'],
  ['../../etc', 'etc metrics 1h.csv'],
  ['web <b>7</b>', 'web -b-7-b- metrics 1h.csv'],
  ['***', 'instance metrics 1h.csv'],
])('a file is named after its instance, safely: %s', (name, fileName) => {
  expect(fileNameOf(name, 'metrics 1h', 'csv')).toBe(fileName);
});
