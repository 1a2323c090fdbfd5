import { describe, expect, it } from 'vitest';
import { readMetrics } from '../../../../main/api/read/metrics.ts';
import { readRanking } from '../../../../main/api/read/ranking.ts';
import type { InstanceId } from '../../../../preload/contract/brands.ts';

const id = '01H9' as InstanceId;
const startMs = Date.UTC(2026, 4, 14);
const second = startMs / 1_000;
const kib = 1_024;

function read(body: unknown) {
  const said: string[] = [];
  const metrics = readMetrics(body, (path, message) => said.push(`${path}: ${message}`), id, '24h');
  return { metrics, said };
}
const current = (fields: object) => read({ current: fields }).metrics;

describe('what is measured now', () => {
  it.each(['current', 'live', 'now', 'latest', 'snapshot'])('lies in %s', (name) => {
    expect(read({ [name]: { cpu: 5 } }).metrics?.current.cpuPercent).toBe(5);
    expect(read({ metrics: { [name]: '{"cpu":5}' } }).metrics?.current.cpuPercent).toBe(5);
  });

  it('can be the answer itself', () => {
    expect(read({ cpu: 5, memory_total_kb: 4 }).metrics).toMatchObject({
      ...{ instanceId: id, period: '24h', atMs: [], memoryTotalBytes: 4 * kib },
      current: { cpuPercent: 5, memoryUsedBytes: null },
    });
    expect(read({ processor_usage: 5 }).metrics?.current.cpuPercent).toBe(5);
  });

  it.each<readonly [object]>([
    ...['memory', 'mem', 'ram'].flatMap((name) => [
      [{ [`${name}_used_kb`]: 2 }] as const,
      [{ [`${name}_usage_kb`]: 2 }] as const,
      [{ [`${name}_in_use_kb`]: 2 }] as const,
      [{ [`${name}_kb`]: 2 }] as const,
      [{ [`used_${name}_kb`]: 2 }] as const,
      [{ [`${name}_percent`]: 50, [`${name}_total_kb`]: 4 }] as const,
      [{ [`${name}_used_pct`]: 50, [`${name}_max_kb`]: 4 }] as const,
      [{ [`${name}_usage_percentage`]: 50, [`${name}_limit_kb`]: 4 }] as const,
      [{ [`${name}_percent`]: 50, [`${name}_size_kb`]: 4 }] as const,
      [{ [`${name}_percent`]: 50, [`${name}_capacity_kb`]: 4 }] as const,
      [{ [`${name}_percent`]: 50, [`total_${name}_kb`]: 4 }] as const,
    ]),
    [{ memtotal: 4, memfree: 2 }],
    [{ memory: { memtotal: 4, memfree: 2 } }],
  ])('of memory: %j', (fields) => expect(current(fields)?.current.memoryUsedBytes).toBe(2 * kib));

  it.each([
    [{ disk_used_kb: 2 }],
    [{ storage_used_kb: 2 }],
    [{ disk_percent: 50, disk_total_kb: 4 }],
    [{ storage_usage_pct: 50, storage_size_kb: 4 }],
  ])('of a disk: %j', (fields) => expect(current(fields)?.current.diskUsedBytes).toBe(2 * kib));

  it('of which a part of nothing known is not known', () => {
    expect(current({ memory_percent: 50, disk_percent: 50 })?.current).toEqual({
      ...{ cpuPercent: null, memoryUsedBytes: null, diskUsedBytes: null },
    });
    expect(current({ memfree: 2 })?.current.memoryUsedBytes).toBeNull();
    expect(current({ memory_total_kb: 4 })?.current.memoryUsedBytes).toBeNull();
  });

  it('tells of what cannot be read', () => {
    expect(
      read({
        current: { cpu: 'x', memory_total_kb: 'y', memory_used_kb: 'z', disk_total_gb: [] },
      }).said.sort(),
    ).toEqual([
      'current.cpu: expected a number',
      'current.disk_total_gb: expected a number',
      'current.memory_total_kb: expected a number',
      'current.memory_used_kb: expected a number',
    ]);
  });
});

describe('what was measured before', () => {
  const at = (fields: object, later: object = {}) => [
    { t: second, ...fields },
    { t: second + 60, ...later },
  ];

  it.each(['history', 'points', 'samples', 'series', 'timeline'])('lies in %s', (name) => {
    expect(read({ [name]: at({ cpu: 5 }) }).metrics).toMatchObject({
      atMs: [startMs, startMs + 60_000],
      cpuPercent: [5, null],
    });
  });

  it('can be the answer itself', () => {
    expect(read(at({ cpu: 5 })).metrics?.cpuPercent).toEqual([5, null]);
    expect(read({ data: at({ cpu: 5 }) })).toMatchObject({ metrics: { cpuPercent: [5, null] }, said: [] });
  });

  it('of memory and disk can be parts of what there is in all', () => {
    const history = at({ memory_percent: 25, disk_percent: 50 }, { memory_percent: null });
    expect(read({ current: { memory_total_kb: 4, disk_total_kb: 8 }, history }).metrics).toMatchObject({
      memoryUsedBytes: [kib, null],
      diskUsedBytes: [4 * kib, null],
    });
    expect(read({ current: { cpu: 1 }, history }).metrics).toMatchObject({ memoryUsedBytes: [null, null] });
    const sized = at({ memory_percent: 25, memory_used_kb: 3 }, { memory_percent: 25 });
    expect(read({ current: { memory_total_kb: 4 }, history: sized }).metrics?.memoryUsedBytes).toEqual([
      3 * kib,
      null,
    ]);
  });

  it.each(['network_rx', 'rx', 'net_rx', 'network_in', 'net_in', 'inbound', 'received', 'in'])(
    'came in by %s',
    (name) => {
      expect(
        read({ history: at({ [`${name}_bps`]: 8 }, { [`${name}_kbps`]: 8 }) }).metrics?.rxBitsPerSecond,
      ).toEqual([8, 8_000]);
      expect(
        read({ history: at({ [`${name}_bytes`]: 0 }, { [`${name}_bytes`]: 60 }) }).metrics?.rxBitsPerSecond,
      ).toEqual([null, 8]);
    },
  );

  it.each(['network_tx', 'tx', 'net_tx', 'network_out', 'net_out', 'outbound', 'sent', 'out'])(
    'went out by %s',
    (name) => {
      expect(read({ history: at({ [`${name}_bps`]: 8 }) }).metrics?.txBitsPerSecond).toEqual([8, null]);
      expect(
        read({ history: at({ [`${name}_bytes`]: 0 }, { [`${name}_bytes`]: 60 }) }).metrics?.txBitsPerSecond,
      ).toEqual([null, 8]);
    },
  );

  it('is missed where it is no series, and nothing is now either', () => {
    expect(read({ history: 'x' })).toEqual({
      metrics: null,
      said: ['history: expected a series, got string'],
    });
    expect(read('x')).toEqual({ metrics: null, said: ['history: expected a series, got string'] });
    expect(read({ current: { cpu: 1 }, history: 'x' })).toMatchObject({
      metrics: { atMs: [], cpuPercent: [], rxBitsPerSecond: [], current: { cpuPercent: 1 } },
      said: ['history: expected a series, got string'],
    });
  });
});

describe('a ranking', () => {
  const rank = (body: unknown) => {
    const said: string[] = [];
    const names = { label: ['ip'], detail: ['asn'] };
    return { ranking: readRanking(body, (path, message) => said.push(`${path}: ${message}`), names), said };
  };

  it.each<readonly [string, string]>([
    ...['bytes', 'byte_count', 'total_bytes', 'bytes_in', 'octets', 'inbound_bytes'].map(
      (name) => [name, 'bytes'] as const,
    ),
    ['traffic', 'traffic'],
    ['bps', 'bit/s'],
    ['mbps', 'Mbit/s'],
    ...['packets', 'pkts', 'packet_count'].map((name) => [name, 'packets'] as const),
    ['pps', 'packets/s'],
    ...['hits', 'hit_count', 'total_hits'].map((name) => [name, 'hits'] as const),
    ['requests', 'requests'],
    ['connections', 'connections'],
    ['flows', 'flows'],
    ['sessions', 'sessions'],
    ...['percent', 'percentage', 'pct'].map((name) => [name, '%'] as const),
    ['count', 'count'],
    ['total', 'total'],
    ['value', 'value'],
    ['score', 'value'],
  ])('by %s is in %s', (name, unit) => {
    expect(rank([{ ip: 'a', asn: 'b', [name]: '7' }])).toEqual({
      ranking: { unit, rows: [{ label: 'a', detail: 'b', value: 7 }] },
      said: [],
    });
  });

  it.each([
    ['kb', 1e3],
    ['traffic_mb', 1e6],
    ['gb_in', 1e9],
    ['tb', 1e12],
    ['kilobytes', 1e3],
    ['megabytes', 1e6],
    ['terabytes', 1e12],
    ['kib', 1_024],
    ['mib', 1_024 ** 2],
    ['data_gib', 1_024 ** 3],
  ])('by %s is in bytes, %d each', (name, factor) => {
    expect(rank([{ ip: 'a', [name]: 2 }]).ranking).toEqual({
      unit: 'bytes',
      rows: [{ label: 'a', detail: null, value: 2 * factor }],
    });
  });

  it('is by the most telling of its numbers, also one in an object', () => {
    expect(rank([{ ip: 'a', count: 1, bytes: 2 }]).ranking).toMatchObject({
      unit: 'bytes',
      rows: [{ value: 2 }],
    });
    expect(rank([{ ip: 'a', traffic: { bytes: 3 } }]).ranking).toMatchObject({
      unit: 'bytes',
      rows: [{ value: 3 }],
    });
    expect(rank([{ ip: 'a' }, { ip: 'b', hits: 3 }])).toMatchObject({
      ranking: { rows: [{ label: 'b', value: 3 }] },
      said: ['[0].hits: expected a number'],
    });
  });

  it.each([
    'first_seen',
    'last_hit_at',
    'rank',
    'position',
    'id',
    'port_number',
    'status_code',
    'latitude',
    'lng',
    'updated',
    'ip_version',
    'prefix',
  ])('is by no %s', (name) => {
    expect(rank([{ ip: 'a', [name]: 7 }])).toEqual({ ranking: null, said: ['[0].value: expected a number'] });
  });

  it('is by no number of several that say nothing', () => {
    expect(rank([{ ip: 'a', alpha: 1, beta: 2 }]).ranking).toBeNull();
  });

  it.each(['ip', 'label', 'name', 'id'])('names its rows by %s', (name) => {
    expect(rank([{ [name]: 'a', hits: 1 }]).ranking?.rows).toEqual([{ label: 'a', detail: null, value: 1 }]);
  });

  it('says the same once', () => {
    expect(rank([{ ip: 'a', asn: 'a', hits: 1 }]).ranking?.rows).toEqual([
      { label: 'a', detail: null, value: 1 },
    ]);
    expect(rank([{ hits: 1 }, { ip: 'b', hits: 1 }])).toMatchObject({
      ranking: { rows: [{ label: 'b' }] },
      said: ['[0].ip: expected a name'],
    });
  });

  it('is none where there is no list', () => {
    expect(rank('x')).toEqual({ ranking: null, said: [': expected a list, got string'] });
    expect(rank({ data: { DE: 1 } }).ranking?.rows).toEqual([{ label: 'DE', detail: null, value: 1 }]);
    expect(rank({ status: 'error', code: 5 }).ranking).toBeNull();
  });
});
