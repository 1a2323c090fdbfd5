import { rowsOf } from './read/shapes.ts';

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openArray = 0x5b;
const openObject = 0x7b;
const closeObject = 0x7d;

/**
 * Where the rows of a list lie in the bytes of its JSON, which `JSON.parse` has accepted. Rows are looked for only
 * as far as they are asked for: a byte-wise walk costs a good part of a parse.
 */
export class RowLayout {
  /** Where the first row begins: what is before it is the beginning of the envelope. */
  readonly rowsFrom: number;
  readonly #bytes: Buffer;
  readonly #starts: number[];
  readonly #ends: number[];
  #nextAt: number;

  constructor(bytes: Buffer, rowsFrom: number, starts: number[] = [], ends: number[] = []) {
    this.rowsFrom = rowsFrom;
    this.#bytes = bytes;
    this.#starts = starts;
    this.#ends = ends;
    this.#nextAt = starts.length === 0 ? rowsFrom : -1;
  }

  /** The layout of a list of objects; null where there is no such list, or an empty one. */
  static of(bytes: Buffer): RowLayout | null {
    const arrayAt = firstArrayOfObjects(bytes);
    return arrayAt < 0 ? null : new RowLayout(bytes, skipSpace(bytes, arrayAt + 1));
  }

  /** First byte of a row, and one behind its last; null behind the last row. */
  row(place: number): readonly [from: number, to: number] | null {
    while (place >= this.#starts.length && this.#nextAt >= 0) {
      const end = endOfObject(this.#bytes, this.#nextAt);
      if (end < 0) return null;
      this.#starts.push(this.#nextAt);
      this.#ends.push(end);
      this.#nextAt = nextRow(this.#bytes, end);
    }
    const from = this.#starts[place];
    const to = this.#ends[place];
    return from === undefined || to === undefined ? null : [from, to];
  }

  /** True where these are all rows of the list: `count` objects, and without them the list is empty. */
  isWhole(count: number): boolean {
    const last = this.row(count - 1);
    return (
      last !== null &&
      this.row(count) === null &&
      envelopeOf(this.#bytes, this.rowsFrom, last[1]) !== undefined
    );
  }
}

/**
 * The body without its rows, parsed: what is around a list says whether there are more pages. Undefined where the
 * rows are not those of the list, or do not end there.
 */
export function envelopeOf(bytes: Buffer, rowsFrom: number, rowsTo: number): unknown {
  try {
    const json: unknown = JSON.parse(bytes.toString('utf8', 0, rowsFrom) + bytes.toString('utf8', rowsTo));
    return rowsOf(json)?.length === 0 ? json : undefined;
  } catch {
    return undefined;
  }
}

/** One behind the object that begins at `at`; -1 where none does, or it does not end. */
export function endOfObject(bytes: Buffer, at: number): number {
  if (bytes[at] !== openObject) return -1;
  let depth = 0;
  for (let index = at; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === quote) index = endOfString(bytes, index);
    else if (byte === openObject) depth += 1;
    else if (byte === closeObject) {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return -1;
}

/** True where `bytes` go on at `at` as `other` does from `from` to `to`. */
export function samePart(bytes: Buffer, at: number, other: Buffer, from: number, to: number): boolean {
  const end = at + to - from;
  return end <= bytes.length && bytes.compare(other, from, to, at, end) === 0;
}

/** Where the row after one that ends at `end` begins; -1 at the end of the list. */
export function nextRow(bytes: Buffer, end: number): number {
  const at = skipSpace(bytes, end);
  return bytes[at] === comma ? skipSpace(bytes, at + 1) : -1;
}

function firstArrayOfObjects(bytes: Buffer): number {
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === quote) index = endOfString(bytes, index);
    else if (byte === openArray && bytes[skipSpace(bytes, index + 1)] === openObject) return index;
  }
  return -1;
}

/** The closing quote of the string that begins at `at`. */
function endOfString(bytes: Buffer, at: number): number {
  let index = at + 1;
  while (index < bytes.length && bytes[index] !== quote) index += bytes[index] === backslash ? 2 : 1;
  return index;
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1;
  return at;
}
