import { describe, expect, it } from 'vitest';
import { bitRate } from '../../../../main/api/read/measures.ts';
import { saysFailure } from '../../../../main/api/read/said-failure.ts';
import { inSaidUnit } from '../../../../main/api/read/said-unit.ts';
import { readColumns } from '../../../../main/api/read/series.ts';

const two = { in: bitRate(true, 'in'), out: bitRate(true, 'out') };
const one = { pps: bitRate(true, 'pps', 'value') };
const startMs = Date.UTC(2026, 4, 14);
const t = startMs / 1_000;

const read = (body: unknown) => readColumns(body, two);
/** Times since the start in seconds, and the two columns. */
function table(body: unknown) {
  const series = read(body);
  return series === null
    ? null
    : [series.atMs.map((ms) => (ms - startMs) / 1_000), series.columns.in, series.columns.out];
}

describe('the time of a point', () => {
  it.each(
    't ts time timestamp at date datetime created_at recorded_at sampled_at measured_at bucket times timestamps labels x CreatedAt'.split(
      ' ',
    ),
  )('can be called %s', (name) => {
    const points = [
      { [name]: t, in: 1, out: 2 },
      { [name]: null, ts: t + 60, in: 3 },
    ];
    expect(table(points)).toEqual([
      [0, 60],
      [1, 3],
      [2, null],
    ]);
  });

  it.each('t ts time timestamp at date datetime bucket times timestamps labels x'.split(' '))(
    'can be a list of its own called %s',
    (name) =>
      expect(table({ [name]: [t, t + 60], in: [1, 3], out: [2] })).toEqual([
        [0, 60],
        [1, 3],
        [2, null],
      ]),
  );
});

describe('a series', () => {
  const points = [{ t, in: 1, out: 2 }];
  const expected = [[0], [1], [2]];

  it.each('data history samples points series items values metrics rows'.split(' '))(
    'can lie in %s',
    (name) => {
      expect(table({ [name]: points })).toEqual(expected);
      expect(table({ data: { [name]: JSON.stringify(points) } })).toEqual(expected);
      expect(table({ t: [t], [name]: { in: [1], out: [2] } })).toEqual(expected);
    },
  );

  it('has its wrapper, and its head, under any spelling', () => {
    expect(table({ t: [t], Data: { in: [1], out: [2] } })).toEqual(expected);
    expect(table({ Columns: ['time', 'out', 'in'], Rows: [[t, 2, 1]] })).toEqual(expected);
  });

  it.each('columns fields headers header head keys names labels schema'.split(' '))(
    'can have its head in %s',
    (name) => {
      for (const rows of ['data', 'rows', 'values', 'points'])
        expect(table({ [name]: ['time', 'out', 'in'], [rows]: [[t, 2, 1]] })).toEqual(expected);
      for (const title of ['name', 'label', 'metric', 'key', 'id', 'field'])
        expect(
          table({ [name]: [{ [title]: 'Time' }, { [title]: 'in' }, { [title]: 'out' }], rows: [[t, 1, 2]] }),
        ).toEqual(expected);
    },
  );

  it.each([
    [
      [
        ['time', 'in', 'out'],
        [t, 1, 2],
      ],
    ],
    [
      JSON.stringify([
        ['time', 'in', 'out'],
        [t, 1, 2],
      ]),
    ],
    [{ [new Date(startMs).toISOString()]: { in: 1, out: 2 } }],
    [{ [t]: { in: 1, out: 2 } }],
    [{ [t]: [1, 2] }],
    [{ 5: { t, in: 1, out: 2 } }],
    [{ in: [[t, 1]], out: [[t, 2]] }],
    [{ in: [{ t, value: 1 }], out: [{ t, v: 2 }] }],
    [{ in: [{ t, y: '1' }], out: [{ t, value: 2 }] }],
    [{ in: [{ T: t, Value: 1 }], out: [{ t, V: 2 }] }],
    [
      [
        { name: 'in', data: [[t, 1]] },
        { name: 'out', values: [[t, 2]] },
      ],
    ],
    [
      [
        { label: 'in', points: [[t, 1]] },
        { metric: 'out', samples: [[t, 2]] },
      ],
    ],
    [
      [
        { key: 'in', datapoints: [[t, 1]] },
        { id: 'out', data: [[t, 2]] },
      ],
    ],
    [
      {
        labels: [t],
        datasets: [
          { label: 'in', data: [1] },
          { label: 'out', data: [2] },
        ],
      },
    ],
    [
      {
        times: [t],
        series: [
          { name: 'in', values: [1] },
          { name: 'out', values: [2] },
        ],
      },
    ],
    [
      {
        times: [t],
        columns: [
          { name: 'in', values: [1] },
          { name: 'out', values: [2] },
        ],
      },
    ],
    [{ times: [t], traffic: 5, in: [1], out: [2] }],
    [[[t, 1, 2]]],
    [[JSON.stringify({ t, in: 1, out: 2 })]],
  ])('is read from %j', (body) => expect(table(body)).toEqual(expected));

  it('of one column can be a map of numbers', () => {
    const series = readColumns({ [t]: 5, [t + 60]: '6', [t + 120]: null }, one);
    expect([series?.columns.pps, series?.named.has('pps')]).toEqual([[5, 6, null], true]);
    expect(readColumns([[t, 5]], one)?.columns.pps).toEqual([5]);
  });

  it.each([
    [5],
    [{}],
    [{ a: { b: 1 } }],
    [{ status: 'error', data: points }],
    // Points came, of which none has a time, or none a column that is known.
    [[{ in: 1 }]],
    [[{ t, x: 1 }]],
    [[{ t: 'never', in: 1 }]],
    [{ data: { data: { data: { data: { data: points } } } } }],
    [{ 5: 1, 6: 2 }],
    [{ '12345678': 5 }],
  ])('is none in %j', (body) => expect(read(body)).toBeNull());

  it('is empty where none came', () => {
    for (const body of [[], { data: [] }, { t: [], in: [] }, { columns: ['time', 'in'], rows: [] }])
      expect(table(body)).toEqual([[], [], []]);
  });

  it('says which columns it has, whatever is in them', () => {
    const named = (body: unknown) => [...(read(body)?.named ?? [])];
    expect(named([{ t, in: 'x' }])).toEqual(['in']);
    expect(
      named([
        { t, in: null },
        { t: t + 60, out: 1 },
      ]),
    ).toEqual(['in', 'out']);
    expect(named({ t: [t], out: [1] })).toEqual(['out']);
    expect(named({ in: [[t, 1]] })).toEqual(['in']);
    expect(named([[t, 1]])).toEqual(['in', 'out']);
  });

  it('in pairs has each time once, with what each column has then', () => {
    expect(
      table({
        in: [[t, 1], [t + 60, 3], ['x', 9], 7],
        out: [
          [t + 60, 4],
          [t + 120, 5],
        ],
      }),
    ).toEqual([
      [0, 60, 120],
      [1, 3, null],
      [null, 4, 5],
    ]);
  });

  it('has no more points than are looked at, the newest', () => {
    const many = Array.from({ length: 20_010 }, (_, index) => ({ t: t + index, in: index }));
    const series = read(many);
    expect([series?.atMs.length, series?.columns.in[0]]).toEqual([20_000, 10]);
  });

  it('is not read by a head that names no time', () => {
    expect(table({ columns: ['in', 'out'], rows: [[1, 2]] })).toBeNull();
    expect(table({ columns: ['time', 5], rows: [[t, 2]] })).toEqual([[0], [2], [null]]);
  });
});

describe('a unit beside numbers', () => {
  const columns = [bitRate(true, 'in')] as const;
  const value = (body: Record<string, unknown>) => inSaidUnit(body, columns)[0]?.in({ in: 2 });

  it.each(['unit', 'units', 'value_unit', 'y_unit', 'measure', 'meta_unit', 'meta_units'])(
    'can be called %s',
    (name) => {
      expect(value({ [name]: 'kbps' })).toBe(2_000);
    },
  );

  it('of the time is none of the numbers', () => {
    for (const unit of 's ms sec second seconds millis milliseconds min minute minutes hour hours utc unix'.split(
      ' ',
    ))
      expect([unit, value({ unit: ` ${unit} ` })]).toEqual([unit, 2]);
    for (const unit of ['', ' ', null, 5]) expect(value({ unit })).toBe(2);
    for (const unit of ['bytes', 'xs', 'sx']) expect(value({ unit })).toBeNull();
  });
});

describe('an answer that says that it failed', () => {
  it.each([
    ...['success', 'succeeded', 'successful', 'is_success', 'isSuccessful', 'ok', 'is_ok'].map((name) => ({
      [name]: false,
    })),
    ...'error errors error_message error_code error_msg is_error has_error has_errors failed failure exception fault'
      .split(' ')
      .map((name) => ({ [name]: 'Timed out' })),
    ...['status', 'result', 'outcome', 'code', 'status_code', 'http_code', 'httpStatus'].flatMap((name) => [
      { [name]: 'error' },
      { [name]: 400 },
      { [name]: '599' },
    ]),
    ...'error errors fail failed failure exception fault denied rejected unauthorized unauthorised forbidden unavailable timeout ko nok'
      .split(' ')
      .map((status) => ({ status })),
    ...['not ok', 'not_ok', 'not-ok', 'notok', ' Error '].map((status) => ({ status })),
    ...'meta metadata response response_status result status header envelope data'
      .split(' ')
      .map((name) => ({ [name]: { success: false } })),
    { data: { meta: { success: false } } },
    { error: 5 },
    { error: ['x'] },
    { error: { a: 1 } },
    { error: 'true' },
    { error: '[{"a":1}]' },
  ])('by %j', (body) => expect(saysFailure(body)).toBe(true));

  it.each([
    null,
    [],
    'error',
    {},
    { success: true },
    { success: 'maybe' },
    ...[
      '',
      ' ',
      'none',
      'null',
      'nil',
      'no error',
      'no_errors',
      'ok',
      'success',
      false,
      0,
      'no',
      null,
      [],
      {},
    ].map((error) => ({ error })),
    { status: 399 },
    { status: 600 },
    { status: 'errored out' },
    { status: 'no error' },
    { id: 1, success: false },
    { uuid: 1, status: 'error' },
    { ID: 1, status: 'error' },
    { Uuid: 1, status: 'error' },
    { server: { success: false } },
    { data: { data: { data: { success: false } } } },
    { data: [{ success: false }] },
    { ...Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`f${index}`, 1])), success: false },
  ])('not by %j', (body) => expect(saysFailure(body)).toBe(false));
});
