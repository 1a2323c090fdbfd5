import type { Series } from '../../../preload/contract/instance.ts';
import { isRaw, numberOf, type Raw } from './row.ts';
import { timeMsOf } from './time.ts';

/** Names that one column can have, each with the factor that brings it to the wanted unit. */
export type ColumnNames = readonly (readonly [name: string, factor: number])[];

/** Columns over one time axis, which rises and has no time twice. */
export interface Columns<Name extends string> {
  readonly atMs: readonly number[];
  readonly columns: Readonly<Record<Name, Series>>;
}

/** A chart shows 24 hours at most; no answer needs more points than this. */
const pointLimit = 20_000;

/** Names of a point's time, then those of a list of times. */
const timeNames =
  't ts time timestamp at date created_at recorded_at sampled_at bucket times timestamps labels'.split(' ');
const wrapperNames = ['data', 'history', 'samples', 'points', 'series', 'items', 'values'] as const;

/** One point, its numbers in the order of the wanted columns. */
interface Point {
  readonly atMs: number;
  readonly values: readonly (number | null)[];
}

/**
 * Reads a time series in the shapes that such APIs use: a list of objects, a list of `[time, …]`, columns beside
 * a list of times, or a list of pairs for each column; each of them also one wrapper deep. Points without a
 * time are left out, of two at one time the later wins. Null where there is no series at all.
 */
export function readColumns<Name extends string>(
  body: unknown,
  wanted: Readonly<Record<Name, ColumnNames>>,
): Columns<Name> | null {
  const names = Object.keys(wanted) as Name[];
  const points = pointsOf(
    body,
    names.map((name) => wanted[name]),
    0,
  );
  if (points === null) return null;
  const byTime = new Map(points.slice(-pointLimit).map((point) => [point.atMs, point]));
  const sorted = [...byTime.values()].sort((a, b) => a.atMs - b.atMs);
  const columns = names.map((name, column) => [name, sorted.map((point) => point.values[column] ?? null)]);
  return {
    atMs: sorted.map((point) => point.atMs),
    // Each of the names is in it: they are what it was made of.
    columns: Object.fromEntries(columns) as Record<Name, Series>,
  };
}

function pointsOf(body: unknown, columns: readonly ColumnNames[], depth: number): readonly Point[] | null {
  if (Array.isArray(body)) return ofList(body, columns);
  if (!isRaw(body) || depth > 2) return null;
  const times = timeNames.map((name) => body[name]).find((value) => Array.isArray(value));
  if (Array.isArray(times)) return ofColumns(body, times, columns);
  const pairs = ofPairs(body, columns);
  if (pairs !== null) return pairs;
  for (const name of wrapperNames) {
    const inner = body[name] === undefined ? null : pointsOf(body[name], columns, depth + 1);
    if (inner !== null) return inner;
  }
  return null;
}

/** `[{ t, in, out }, …]` or `[[t, in, out], …]`. */
function ofList(rows: readonly unknown[], columns: readonly ColumnNames[]): readonly Point[] {
  return rows.flatMap((row) => {
    if (Array.isArray(row))
      return point(
        row[0],
        columns.map((_, index) => numberOf(row[index + 1])),
      );
    if (!isRaw(row)) return [];
    return point(
      firstTime(row),
      columns.map((names) => scaled(row, names)),
    );
  });
}

/** `{ timestamps: […], in: […], out: […] }`. */
function ofColumns(body: Raw, times: readonly unknown[], columns: readonly ColumnNames[]): readonly Point[] {
  const lists = columns.map((names) => listOf(body, names));
  return times.flatMap((time, index) =>
    point(
      time,
      lists.map((list) => list?.read(list.items[index]) ?? null),
    ),
  );
}

/** `{ in: [[t, 1], …], out: [{ t, value }, …] }`: each column with times of its own. */
function ofPairs(body: Raw, columns: readonly ColumnNames[]): readonly Point[] | null {
  const lists = columns.map((names) => listOf(body, names));
  if (lists.every((list) => list === null)) return null;
  const byTime = new Map<number, (number | null)[]>();
  lists.forEach((list, column) => {
    for (const item of list?.items ?? []) {
      const [time, value] = pairOf(item);
      const atMs = timeMsOf(time);
      if (atMs === null) continue;
      const values = byTime.get(atMs) ?? columns.map(() => null);
      values[column] = list?.read(value) ?? null;
      byTime.set(atMs, values);
    }
  });
  return [...byTime].map(([atMs, values]) => ({ atMs, values }));
}

function point(time: unknown, values: readonly (number | null)[]): readonly Point[] {
  const atMs = timeMsOf(time);
  return atMs === null ? [] : [{ atMs, values }];
}

function pairOf(item: unknown): readonly [time: unknown, value: unknown] {
  if (Array.isArray(item)) return [item[0], item[1]];
  return isRaw(item) ? [firstTime(item), item['value'] ?? item['v'] ?? item['y']] : [null, null];
}

function firstTime(row: Raw): unknown {
  return timeNames.map((name) => row[name]).find((value) => value !== undefined && value !== null);
}

/** The first field of `names` that has a number, in the wanted unit. */
export function scaled(row: Raw, names: ColumnNames): number | null {
  for (const [name, factor] of names) {
    const value = numberOf(row[name]);
    if (value !== null) return value * factor;
  }
  return null;
}

interface List {
  readonly items: readonly unknown[];
  readonly read: (raw: unknown) => number | null;
}

function listOf(body: Raw, names: ColumnNames): List | null {
  for (const [name, factor] of names) {
    const items = body[name];
    if (!Array.isArray(items)) continue;
    return {
      items,
      read: (raw) => {
        const value = numberOf(raw);
        return value === null ? null : value * factor;
      },
    };
  }
  return null;
}
