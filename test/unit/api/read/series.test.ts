import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstanceId } from '../../../../preload/contract/brands.ts';
import { readMetrics } from '../../../../main/api/read/metrics.ts';
import { bitRate } from '../../../../main/api/read/measures.ts';
import { readRanking } from '../../../../main/api/read/ranking.ts';
import { bitRates } from '../../../../main/api/read/rates.ts';
import { readColumns } from '../../../../main/api/read/series.ts';

const wanted = { in: bitRate(true, 'in'), out: bitRate(true, 'out') };
const startMs = Date.UTC(2026, 4, 14);
const second = startMs / 1000;

describe('a time series', () => {
  const expected = { atMs: [startMs, startMs + 60_000], columns: { in: [1, 2], out: [3, null] } };

  it.each([
    [
      'a list of objects',
      [
        { t: second, in: 1, out: 3 },
        { t: second + 60, in: '2', out: null },
      ],
    ],
    [
      'units in names',
      [
        { ts: second, in_bps: 1, out_kbps: 0.003 },
        { ts: second + 60, in_bps: 2 },
      ],
    ],
    [
      'a wrapper',
      {
        data: [
          { timestamp: startMs, in: 1, out: 3 },
          { timestamp: startMs + 60_000, in: 2 },
        ],
      },
    ],
    [
      'two wrappers',
      {
        data: {
          samples: [
            [second, 1, 3],
            [second + 60, 2, null],
          ],
        },
      },
    ],
    ['columns', { timestamps: [second, second + 60], in: [1, 2], out: [3] }],
    [
      'pairs',
      {
        in: [
          [second, 1],
          [second + 60, 2],
        ],
        out: [{ t: second, value: 3 }],
      },
    ],
    [
      'no order',
      [
        { t: second + 60, in: 2 },
        { t: second, in: 1, out: 3 },
      ],
    ],
    [
      'a time twice',
      [
        { t: second, in: 9 },
        { t: second, in: 1, out: 3 },
        { t: second + 60, in: 2 },
      ],
    ],
    [
      'a point without a time',
      [{ in: 9 }, 'x', null, { t: second, in: 1, out: 3 }, { t: second + 60, in: 2 }],
    ],
  ])('in the shape of %s', (_, body) => {
    expect(readColumns(body, wanted)).toMatchObject(expected);
  });

  it('is read by the names of its head, whatever their order', () => {
    const body = {
      columns: [{ name: 'time' }, { name: 'out_bps' }, { name: 'in_bps' }],
      rows: [[second, 3, 1]],
    };
    expect(readColumns(body, wanted)).toMatchObject({ columns: { in: [1], out: [3] } });
  });

  it.each([[null], ['x'], [{}], [{ data: 'x' }]])('is not in %j', (body) => {
    expect(readColumns(body, wanted)).toBeNull();
  });

  it('always has rising times and columns as long', () => {
    const point = fc.record({
      t: fc.integer({ min: 0, max: 20 }).map((it) => second + it),
      in: fc.option(fc.integer()),
    });
    fc.assert(
      fc.property(fc.array(point), (points) => {
        const series = readColumns(points, wanted);
        const atMs = series?.atMs ?? [];
        expect(atMs.every((ms, index) => index === 0 || ms > (atMs[index - 1] ?? 0))).toBe(true);
        expect(series?.columns.in).toHaveLength(atMs.length);
        expect(series?.columns.out).toHaveLength(atMs.length);
      }),
    );
  });
});

describe('rates of a counter', () => {
  it.each([
    ['rises', [0, 1_000, 3_000], [null, 8_000, 16_000]],
    ['stands', [5, 5, 5], [null, 0, 0]],
    ['is reset', [5_000, 100, 1_100], [null, null, 8_000]],
    ['has a gap', [0, null, 1_000], [null, null, null]],
  ])('that %s', (_, counter, rates) => {
    expect(bitRates([0, 1_000, 2_000], counter)).toEqual(rates);
  });

  it('by irregular times', () => {
    expect(bitRates([0, 500, 10_500], [0, 1_000, 2_000])).toEqual([null, 16_000, 800]);
  });
});

describe('metrics', () => {
  const id = '01H9' as InstanceId;
  const current = {
    cpu_percent: 12.4,
    memory_used_kb: 2_621_440,
    memory_total_kb: 4_194_304,
    disk_used_bytes: 12_884_901_888,
    disk_total_gb: 60,
  };
  const read = (body: unknown) => readMetrics(body, () => undefined, id, '1h');

  it('of the reference are brought to bytes and rates', () => {
    const history = [
      { t: second, cpu_percent: 10, memory_used_kb: 1, network_rx_bytes: 0, network_tx_bytes: 0 },
      {
        t: second + 60,
        cpu_percent: null,
        memory_used_kb: null,
        network_rx_bytes: 7_500,
        network_tx_bytes: 60,
      },
    ];
    expect(read({ current, history })).toEqual({
      instanceId: id,
      period: '1h',
      atMs: [startMs, startMs + 60_000],
      cpuPercent: [10, null],
      memoryUsedBytes: [1024, null],
      diskUsedBytes: [null, null],
      rxBitsPerSecond: [null, 1_000],
      txBitsPerSecond: [null, 8],
      memoryTotalBytes: 4_294_967_296,
      diskTotalBytes: 64_424_509_440,
      current: { cpuPercent: 12.4, memoryUsedBytes: 2_684_354_560, diskUsedBytes: 12_884_901_888 },
    });
  });

  it('with rates of their own keep them', () => {
    const history = [
      { t: second, rx_kbps: 2, network_rx_bytes: 5 },
      { t: second + 60, rx_kbps: null },
    ];
    expect(read({ current, history })?.rxBitsPerSecond).toEqual([2_000, null]);
  });

  it('without a history, or with an empty one, still have what is now', () => {
    expect(read({ current })).toMatchObject({ atMs: [], current: { cpuPercent: 12.4 } });
    expect(read({ data: { current, history: [] } })).toMatchObject({
      atMs: [],
      current: { cpuPercent: 12.4 },
    });
  });

  it.each([
    ['columns', { columns: ['time', 'cpu', 'rx_bps', 'memory_kb'], rows: [[second, 12, 300, 400]] }],
    ['fields', { fields: ['t', 'rx_kbps', 'memory_kb', 'cpu'], data: [[second, 0.3, 400, 12]] }],
    [
      'a first row',
      [
        ['timestamp', 'memory_kb', 'cpu_percent', 'rx_bps'],
        [second, 400, 12, 300],
      ],
    ],
    ['a map of points', { 0: { t: second, cpu: 12, rx_bps: 300, memory_kb: 400 } }],
  ])('are read by their names under %s', (_, history) => {
    expect(read({ current, history })).toMatchObject({
      cpuPercent: [12],
      rxBitsPerSecond: [300],
      memoryUsedBytes: [400 * 1024],
    });
  });

  it('without a head have no history: the order of columns is nowhere said', () => {
    const said: string[] = [];
    const history = [[second, 12, 300, 400]];
    const metrics = readMetrics({ current, history }, (path) => said.push(path), id, '1h');
    expect(metrics).toMatchObject({ atMs: [], cpuPercent: [] });
    expect(said).toEqual(['history']);
  });

  it('without both are none', () => {
    expect(read({ message: 'Hello' })).toBeNull();
  });
});

describe('a ranking', () => {
  const names = { label: ['ip', 'country'], detail: ['asn'] };
  const read = (body: unknown) => readRanking(body, () => undefined, names);

  it('names the unit that it shows', () => {
    const rows = [
      { ip: '198.51.100.7', packets: 5, bytes: '900', asn: 64500 },
      { ip: '198.51.100.8', bytes: 3 },
    ];
    expect(read({ data: rows })).toEqual({
      unit: 'bytes',
      rows: [
        { label: '198.51.100.7', detail: '64500', value: 900 },
        { label: '198.51.100.8', detail: null, value: 3 },
      ],
    });
    expect(read([{ country: 'DE', share: 0.4 }])).toMatchObject({ unit: '%', rows: [{ value: 40 }] });
  });

  it('never shows the name of a field as its unit', () => {
    expect(read([{ ip: '198.51.100.7', foo_score: 5 }])).toMatchObject({
      unit: 'value',
      rows: [{ value: 5 }],
    });
    expect(read([{ ip: '198.51.100.7', gigabytes: 3 }])).toMatchObject({
      unit: 'bytes',
      rows: [{ value: 3e9 }],
    });
    // A time, a place or a code ranks nothing.
    expect(read([{ ip: '198.51.100.7', first_seen: 1_718_362_200 }])).toBeNull();
    expect(read([{ ip: '198.51.100.7', status_code: 403 }])).toBeNull();
  });

  it('can be an object of names and numbers', () => {
    expect(read({ DE: 0.4, US: '0.3' })).toEqual({
      unit: 'value',
      rows: [
        { label: 'DE', detail: null, value: 0.4 },
        { label: 'US', detail: null, value: 0.3 },
      ],
    });
  });

  it('leaves a bad row out, and can be empty', () => {
    expect(read([{ ip: 'a', hits: 1 }, { hits: 2 }, { ip: 'b' }, null])?.rows).toHaveLength(1);
    expect(read([])).toEqual({ unit: 'value', rows: [] });
    expect(read('x')).toBeNull();
  });
});

describe('a unit beside the numbers', () => {
  const at = (value: number) => [{ t: second, in: value, out: value }];
  const bits = (body: unknown) => readColumns(body, wanted)?.columns.in ?? null;

  it.each([
    [{ unit: 'mbps', points: at(1.5) }],
    [{ units: 'Mbit/s', data: at(1.5) }],
    [{ data: { unit: 'kbps', samples: at(1_500) } }],
    [{ meta: { unit: 'bytes_per_second' }, data: at(187_500) }],
    [[{ name: 'in', unit: 'Mbps', data: [[second, 1.5]] }]],
    [{ unit: 's', points: at(1_500_000) }],
    [{ unit: 'gbps', points: [{ t: second, in_mbps: 1.5, out_mbps: 1 }] }],
  ])('is taken from %j', (body) => expect(bits(body)).toEqual([1_500_000]));

  it('of something else leaves the numbers unread', () => {
    expect(bits({ unit: 'bytes', points: at(1) })).toBeNull();
    expect(bits([{ name: 'in', unit: 'packets', data: [[second, 1]] }])).toBeNull();
  });

  it('of each series is its own', () => {
    const series = [
      { name: 'cpu', unit: 'percent', points: [{ t: second, v: 5 }] },
      { name: 'memory', unit: 'MB', points: [{ t: second, v: 512 }] },
    ];
    expect(readMetrics({ series }, () => undefined, '01H9' as InstanceId, '1h')).toMatchObject({
      cpuPercent: [5],
      memoryUsedBytes: [512 * 1024 ** 2],
    });
  });

  it('is never below zero, and a load is no part of a hundred', () => {
    const read = (point: object) =>
      readMetrics(
        { history: [{ t: second, memory_used_mb: 1, ...point }] },
        () => undefined,
        '01H9' as InstanceId,
        '1h',
      )?.cpuPercent;
    expect(read({ cpu_percent: -1 })).toEqual([null]);
    expect(read({ cpu_load: 1.5 })).toEqual([null]);
    expect(read({ cpu_percent: 0 })).toEqual([0]);
  });
});
