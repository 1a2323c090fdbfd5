import type { Turn } from '../tasks/index.ts';
import { parseBody } from './answer-body.ts';
import { byId } from './by-id.ts';
import type { Identified } from './endpoints/define.ts';
import { parseInPieces } from './parse-in-pieces.ts';
import { typeName, type Report } from './read/drift.ts';
import { isRaw } from './read/row.ts';
import { rowsOf, type ReadRow } from './read/shapes.ts';
import { endOfObject, envelopeOf, nextRow, RowLayout, samePart } from './row-layout.ts';
import { sameJson } from './same-json.ts';

/** A page of a list, decoded. */
export interface ListPage<T> {
  readonly bytes: Buffer;
  /** What says whether there are more pages: the body, with or without its rows. */
  readonly envelope: unknown;
  /** The decoded rows in their order; null for one that could not be used. */
  readonly values: readonly (T | null)[];
  /** What of its rows could not be read, by the row's place. */
  readonly faults: Faults;
  /** Null where rows cannot be told apart by their bytes. */
  readonly layout: RowLayout | null;
}

/** What was reported of rows, by their places: a path inside the row, and a message. */
export type Faults = ReadonlyMap<number, readonly Fault[]>;
type Fault = readonly [path: string, message: string];

export type PageResult<T> =
  | { readonly ok: true; readonly page: ListPage<T> }
  /** No JSON. */
  | { readonly ok: false; readonly kind: 'unreadable'; readonly message: string }
  /** JSON without a list. */
  | { readonly ok: false; readonly kind: 'drift'; readonly message: string };

/** How rows are decoded, and which value a row had before. */
export interface RowDecoder<T> {
  readonly readRow: ReadRow<T>;
  /**
   * The value of the answer before for this one: the same object where nothing differs. `expected` is what was at
   * its place.
   */
  readonly settle: (value: T, expected: T | null | undefined) => T;
}

/** More rows than this in a row that all differ: the page is parsed as a whole, which is then cheaper. */
const differingLimit = 64;

/**
 * Reads a page, with the page of the answer before at hand: rows whose bytes are the same are neither parsed nor
 * decoded. What is left of the cost is that of comparing bytes. Others have their turn in between.
 */
export async function readPage<T extends Identified>(
  bytes: Buffer,
  before: ListPage<T> | undefined,
  decoder: RowDecoder<T>,
  turn: Turn,
): Promise<PageResult<T>> {
  if (before !== undefined) {
    if (before.bytes.equals(bytes)) return { ok: true, page: before };
    const page = await readChanges(bytes, before, decoder, turn);
    if (page !== null) return { ok: true, page };
  }
  return readWhole(bytes, before, decoder, turn);
}

async function readWhole<T extends Identified>(
  bytes: Buffer,
  before: ListPage<T> | undefined,
  decoder: RowDecoder<T>,
  turn: Turn,
): Promise<PageResult<T>> {
  const parsed = await parseInPieces(bytes, turn);
  if (!parsed.ok) return { ok: false, kind: 'unreadable', message: parsed.message };
  const rows = rowsOf(parsed.json);
  if (rows === null) {
    return { ok: false, kind: 'drift', message: `expected a list, got ${typeName(parsed.json)}` };
  }
  const { decode, faults } = rowReader(decoder);
  const values: (T | null)[] = [];
  for (const [index, raw] of rows.entries()) {
    values.push(decode(raw, index, before?.values[index]));
    if (turn.isOverAtStep()) await turn.giveWay();
  }
  const envelope = withoutRows(parsed.json, rows);
  return { ok: true, page: { bytes, envelope, values, faults, layout: RowLayout.of(bytes) } };
}

/** The envelope is kept from poll to poll: the raw rows in it need not be. */
function withoutRows(json: unknown, rows: readonly unknown[]): unknown {
  if (!isRaw(json)) return [];
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, value === rows ? [] : value]));
}

/** Reads row by row, and keeps what is reported of each. */
function rowReader<T>({ readRow, settle }: RowDecoder<T>) {
  const faults = new Map<number, readonly Fault[]>();
  let at = 0;
  const report: Report = (path, message) => faults.set(at, [...(faults.get(at) ?? []), [path, message]]);
  const decode = (raw: unknown, index: number, expected: T | null | undefined): T | null => {
    at = index;
    const value = readRow(raw, '', report);
    return value === null ? null : settle(value, expected);
  };
  return { decode, faults };
}

/** Walks along the rows of the page before; null where the two have too little in common. */
async function readChanges<T extends Identified>(
  bytes: Buffer,
  before: ListPage<T>,
  decoder: RowDecoder<T>,
  turn: Turn,
): Promise<ListPage<T> | null> {
  const old = before.layout;
  if (old === null || !samePart(bytes, 0, before.bytes, 0, old.rowsFrom)) return null;
  const places = placesOf(before.values);
  const { decode, faults } = rowReader(decoder);
  const starts: number[] = [];
  const ends: number[] = [];
  const values: (T | null)[] = [];
  let place = 0;
  let differing = 0;
  for (let at = old.rowsFrom; at >= 0; at = nextRow(bytes, ends.at(-1) ?? at)) {
    const [from, to] = old.row(place) ?? [0, 0];
    let end = at + to - from;
    if (to > 0 && samePart(bytes, at, before.bytes, from, to)) {
      const known = before.faults.get(place);
      if (known !== undefined) faults.set(values.length, known);
      values.push(before.values[place] ?? null);
      place += 1;
      differing = 0;
    } else {
      differing += 1;
      end = endOfObject(bytes, at);
      if (end < 0 || differing > differingLimit) return null;
      const raw = parseBody(bytes.subarray(at, end));
      if (!raw.ok) return null;
      const value = decode(raw.json, values.length, before.values[place]);
      values.push(value);
      if (value !== null && before.values[place]?.id !== value.id) place = places().get(value.id) ?? place;
      if (before.values[place]?.id === value?.id) place += 1;
    }
    starts.push(at);
    ends.push(end);
    if (turn.isOverAtStep()) await turn.giveWay();
  }
  const lastEnd = ends.at(-1) ?? 0;
  const envelope = envelopeOf(bytes, old.rowsFrom, lastEnd);
  if (envelope === undefined || !old.isWhole(before.values.length)) return null;
  return { bytes, envelope, values, faults, layout: new RowLayout(bytes, old.rowsFrom, starts, ends) };
}

/** Finds rows that moved, by their ids; made when the first one did. */
function placesOf(values: readonly (Identified | null)[]): () => ReadonlyMap<string, number> {
  let places: Map<string, number> | undefined;
  return () => (places ??= new Map(values.map((value, place) => [value?.id ?? '', place])));
}

/** Makes `settle` of the values before: an equal value gives way to the one that is known already. */
export function settler<T extends Identified>(before: readonly T[]): RowDecoder<T>['settle'] {
  const find = byId(before);
  return (value, expected) => {
    const old = expected?.id === value.id ? expected : find(value.id);
    return old !== undefined && sameJson(old, value) ? old : value;
  };
}
