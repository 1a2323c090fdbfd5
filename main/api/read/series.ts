import type { Series } from '../../../preload/contract/instance.ts';
import { fieldOf, find, shapeOf, type Shape } from './fields.ts';
import type { Quantity, QuantityList } from './measures.ts';
import { saysFailure } from './said-failure.ts';
import { inSaidUnit } from './said-unit.ts';
import { timeMsOf } from './time.ts';
import { isList, isRaw, numberOf, opened, type Raw } from './values.ts';

/** Columns over one time axis, which rises and has no time twice. */
export interface Columns<Name extends string> {
  readonly atMs: readonly number[];
  readonly columns: Readonly<Record<Name, Series>>;
  /** The columns of which the answer has a field, whatever is in it. */
  readonly named: ReadonlySet<Name>;
}

/** A chart shows 24 hours at most; no answer needs more points than this. */
const pointLimit = 20_000;

/** Names of a point's time, then those of a list of times. */
const timeNames =
  't ts time timestamp at date datetime created_at recorded_at sampled_at measured_at bucket times timestamps labels x'.split(
    ' ',
  );
const wrapperNames = [
  'data',
  'history',
  'samples',
  'points',
  'series',
  'items',
  'values',
  'metrics',
  'rows',
] as const;
/** What a list of series calls each of them, and its values. */
const titleNames = ['name', 'label', 'metric', 'key', 'id', 'field'] as const;
const valueListNames = ['data', 'values', 'points', 'samples', 'datapoints'] as const;

/** One point, its numbers in the order of the wanted columns. */
interface Point {
  readonly atMs: number;
  readonly values: readonly (number | null)[];
}

interface Points {
  readonly points: readonly Point[];
  /** How many came, readable or not. */
  readonly count: number;
  readonly named: readonly boolean[];
}

/**
 * Reads a time series in the shapes that such APIs use: a list of objects, a list of `[time, …]`, a map by time, columns
 * beside a list of times, a list of pairs for each column, or a list of named series; each also in wrappers or as JSON in a
 * string. Points without a time are left out, of two at one time the later wins. Null where there is no series at all,
 * and where points came and none had a time or a known column: that is no empty series.
 */
export function readColumns<Name extends string>(
  body: unknown,
  wanted: Readonly<Record<Name, Quantity>>,
): Columns<Name> | null {
  if (saysFailure(opened(body))) return null;
  const names = Object.keys(wanted) as Name[];
  const read = pointsOf(
    body,
    names.map((name) => wanted[name]),
    0,
  );
  if (read === null) return null;
  if (read.count > 0 && (read.points.length === 0 || !read.named.includes(true))) return null;
  const byTime = new Map(read.points.slice(-pointLimit).map((point) => [point.atMs, point]));
  const sorted = [...byTime.values()].sort((a, b) => a.atMs - b.atMs);
  const columns = names.map((name, column) => [name, sorted.map((point) => point.values[column] ?? null)]);
  return {
    atMs: sorted.map((point) => point.atMs),
    // Each of the names is in it: they are what it was made of.
    columns: Object.fromEntries(columns) as Record<Name, Series>,
    named: new Set(names.filter((_, column) => read.named[column] === true)),
  };
}

function pointsOf(raw: unknown, outer: readonly Quantity[], depth: number): Points | null {
  const body = opened(raw);
  const columns = isRaw(body) ? inSaidUnit(body, outer) : outer;
  if (isList(body))
    return ofSeries(body, columns) ?? ofList(underHead(body[0], body.slice(1)) ?? body, columns);
  if (!isRaw(body) || depth > 3) return null;
  const headed = headedRows(body);
  if (headed !== null) return ofList(headed, columns);
  const times = timeListOf(body);
  if (times !== null) return ofColumns(withDatasets(body), times, columns);
  const own = ofPairs(body, columns) ?? ofMap(body, columns);
  if (own !== null) return own;
  for (const name of wrapperNames) {
    const found = find(body, [name]);
    const inner = found === null ? null : pointsOf(found.value, columns, depth + 1);
    if (inner !== null) return inner;
  }
  return null;
}

/** What a head of columns is called, beside its rows. */
const headNames = [
  'columns',
  'fields',
  'headers',
  'header',
  'head',
  'keys',
  'names',
  'labels',
  'schema',
] as const;

/** `{ columns: ['time', 'in'], rows: [[t, 1], …] }`: its rows by the names of the head. */
function headedRows(body: Raw): readonly Raw[] | null {
  for (const name of headNames) {
    for (const rowsName of wrapperNames) {
      const rows = opened(fieldOf(body, rowsName));
      const headed = isList(rows) ? underHead(fieldOf(body, name), rows) : null;
      if (headed !== null) return headed;
    }
  }
  return null;
}

/** Rows as objects; null where this is no head, which names a time, or a row is no list. */
function underHead(head: unknown, rows: readonly unknown[]): readonly Raw[] | null {
  const titles = opened(head);
  if (!isList(titles)) return null;
  const names = titles.map((title) => (isRaw(title) ? find(title, titleNames)?.value : title));
  const isTime = (name: unknown): boolean =>
    typeof name === 'string' && timeNames.includes(name.toLowerCase());
  if (!names.every((name) => typeof name === 'string') || !names.some(isTime)) return null;
  const lists = rows.map(opened).filter(isList);
  if (lists.length !== rows.length) return null;
  return lists.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
}

/** `[{ t, in, out }, …]`, or `[[t, in, out], …]` of two columns at most: the order of more is nowhere said. */
function ofList(rows: readonly unknown[], columns: readonly Quantity[]): Points {
  const named = columns.map(() => false);
  const points = rows.flatMap((each) => {
    const row = opened(each);
    if (isList(row)) {
      if (columns.length > 2) return [];
      named.fill(true);
      return point(
        row[0],
        columns.map((_, index) => numberOf(row[index + 1])),
      );
    }
    if (!isRaw(row)) return [];
    const time = timeIn(row);
    return point(
      time,
      columns.map((column, index) => {
        named[index] ||= column.isIn(row);
        return column.in(row);
      }),
    );
  });
  return { points, count: rows.length, named };
}

/** `{ "2026-05-14T09:00:00Z": { in, out }, … }`, and numbers for a single column. */
function ofMap(body: Raw, columns: readonly Quantity[]): Points | null {
  const entries = Object.entries(body);
  if (entries.length > 0 && entries.every(([key, value]) => /^\d{1,8}$/.test(key) && isRaw(opened(value)))) {
    return ofList(Object.values(body), columns);
  }
  if (entries.length === 0 || !entries.every(([key]) => isTimeKey(key))) return null;
  const rows = entries.map(([key, value]) => {
    const inner = opened(value);
    return isRaw(inner) ? { ...inner, t: key } : [key, ...(isList(inner) ? inner : [inner])];
  });
  return ofList(rows, columns);
}

/** A list with gaps has numbers for keys too: a time is a longer one. */
const isTimeKey = (key: string): boolean => key.length >= 9 && timeMsOf(key) !== null;

/** `{ timestamps: […], in: […], out: […] }`. */
function ofColumns(body: Raw, times: readonly unknown[], columns: readonly Quantity[]): Points {
  const inner = wrapperNames.flatMap((name) => {
    const value = opened(fieldOf(body, name));
    return isRaw(value) ? [value] : [];
  });
  const lists = columns.map((column) => {
    const found = [body, ...inner].map((place) => column.listIn(place)).find((list) => list !== null);
    return found ?? null;
  });
  const points = times.flatMap((time, index) =>
    point(
      time,
      lists.map((list) => list?.read(list.items[index]) ?? null),
    ),
  );
  return { points, count: times.length, named: lists.map((list) => list !== null) };
}

/** `{ in: [[t, 1], …], out: [{ t, value }, …] }`: each column with times of its own. */
function ofPairs(body: Raw, columns: readonly Quantity[]): Points | null {
  return ofLists(
    columns.map((column) => column.listIn(body)),
    columns,
  );
}

function ofLists(lists: readonly (QuantityList | null)[], columns: readonly Quantity[]): Points | null {
  if (lists.every((list) => list === null)) return null;
  const byTime = new Map<number, (number | null)[]>();
  let count = 0;
  lists.forEach((list, column) => {
    for (const item of list?.items ?? []) {
      count += 1;
      const [time, value] = pairOf(item);
      const atMs = timeMsOf(time);
      if (atMs === null) continue;
      const values = byTime.get(atMs) ?? columns.map(() => null);
      values[column] = list?.read(value) ?? null;
      byTime.set(atMs, values);
    }
  });
  const points = [...byTime].map(([atMs, values]) => ({ atMs, values }));
  return { points, count, named: lists.map((list) => list !== null) };
}

/** `[{ name: 'in', data: [[t, 1], …] }, …]`: a list of named series. */
function ofSeries(rows: readonly unknown[], columns: readonly Quantity[]): Points | null {
  const series = rows.map(opened).filter(isRaw);
  if (series.length !== rows.length || namedSeries(rows) === null) return null;
  const lists = columns.map((column) => {
    for (const each of series) {
      const [inUnit = column] = inSaidUnit(each, [column]);
      const list = inUnit.listIn(namedSeries([each]) ?? {});
      if (list !== null) return list;
    }
    return null;
  });
  return ofLists(lists, columns);
}

/** `{ labels: […], datasets: [{ label: 'in', data: […] }] }`, as charts take it. */
function withDatasets(body: Raw): Raw {
  const datasets = opened(find(body, ['datasets', 'series', 'columns'])?.value);
  const named = isList(datasets) ? namedSeries(datasets) : null;
  return named === null ? body : { ...body, ...named };
}

function namedSeries(rows: readonly unknown[]): Raw | null {
  const entries = rows.map((row) => {
    if (!isRaw(row)) return null;
    const title = find(row, titleNames)?.value;
    const list = opened(find(row, valueListNames)?.value);
    return typeof title === 'string' && isList(list) ? ([title, list] as const) : null;
  });
  const known = entries.filter((entry) => entry !== null);
  return known.length > 0 && known.length === entries.length ? Object.fromEntries(known) : null;
}

function point(time: unknown, values: readonly (number | null)[]): readonly Point[] {
  const atMs = timeMsOf(time);
  return atMs === null ? [] : [{ atMs, values }];
}

function pairOf(item: unknown): readonly [time: unknown, value: unknown] {
  if (isList(item)) return [item[0], item[1]];
  return isRaw(item) ? [timeIn(item), fieldOf(item, 'value', 'v', 'y')] : [null, null];
}

function timeListOf(body: Raw): readonly unknown[] | null {
  for (const name of timeNames) {
    const list = opened(find(body, [name])?.value);
    if (isList(list)) return list;
  }
  return null;
}

/** The fields of a point's time, by shape: all points of a series have one shape. */
const timeKeys = new WeakMap<Shape, readonly string[]>();

function timeIn(row: Raw): unknown {
  const shape = shapeOf(row);
  let keys = timeKeys.get(shape);
  if (keys === undefined) {
    keys = timeNames.flatMap((name) => shape.byFold.get(name.replace('_', '')) ?? []);
    timeKeys.set(shape, keys);
  }
  for (const key of keys) if (row[key] !== undefined && row[key] !== null) return row[key];
  return undefined;
}
