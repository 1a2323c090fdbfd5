import { parseBody, type ParsedBody } from './answer-body.ts';
import { typeName, type Report } from './read/drift.ts';
import { isRaw } from './read/row.ts';
import { rowsOf, type ReadRow } from './read/shapes.ts';
import { sameJson } from './same-json.ts';

/** The rows of a list answer. */
export interface ListValue<T> {
  readonly rows: readonly T[];
  /** Nothing differs from the answer before: `rows` is that very array. */
  readonly unchanged: boolean;
}

/** Reads the pages of one answer, in their order. */
export interface ListReading<T> {
  /** Parses the next page. */
  parse(bytes: Uint8Array): ParsedBody;
  /** Decodes the rows of all pages; null, and reported, where a page holds no list. */
  finish(report: Report): ListValue<T> | null;
}

/** Keeps the answer before, so that what did not change is neither parsed nor decoded again. */
export interface ListMemo<T> {
  begin(): ListReading<T>;
}

interface Page {
  readonly bytes: Uint8Array;
  readonly json: unknown;
}

interface Kept<T> {
  readonly pages: readonly Page[];
  /** Raw rows of all pages, and beside each its decoded value; null for one that could not be used. */
  readonly raws: readonly unknown[];
  readonly values: readonly (T | null)[];
  readonly rows: readonly T[];
}

/**
 * A memo for one list. Pages are compared byte by byte before they are parsed, rows by their JSON before they
 * are decoded: a row that did not change is the same object as before, so that changes can be found by
 * comparing references. A bad row is reported when it comes, not with each poll.
 */
export function createListMemo<T extends { readonly id: string }>(readRow: ReadRow<T>): ListMemo<T> {
  let kept: Kept<T> = { pages: [], raws: [], values: [], rows: [] };

  function begin(): ListReading<T> {
    const before = kept;
    const pages: Page[] = [];
    return {
      parse(bytes) {
        const old = before.pages[pages.length];
        if (old !== undefined && Buffer.compare(old.bytes, bytes) === 0) {
          pages.push(old);
          return { ok: true, json: old.json };
        }
        const parsed = parseBody(bytes);
        if (parsed.ok) pages.push({ bytes, json: parsed.json });
        return parsed;
      },
      finish(report) {
        if (
          pages.length === before.pages.length &&
          pages.every((page, index) => page === before.pages[index])
        ) {
          return { rows: before.rows, unchanged: true };
        }
        const next = decodePages(pages, before, readRow, report);
        if (next === null) return null;
        kept = next;
        return { rows: next.rows, unchanged: next.rows === before.rows };
      },
    };
  }

  return { begin };
}

function decodePages<T extends { readonly id: string }>(
  pages: readonly Page[],
  before: Kept<T>,
  readRow: ReadRow<T>,
  report: Report,
): Kept<T> | null {
  const lists: (readonly unknown[])[] = [];
  for (const { json } of pages) {
    const rows = rowsOf(json);
    if (rows === null) {
      report('', `expected a list, got ${typeName(json)}`);
      return null;
    }
    lists.push(rows);
  }
  const raws = lists.length === 1 ? (lists[0] ?? []) : lists.flat();
  const find = finder(before);
  const values = raws.map((raw, index) => {
    const old = find(raw, index);
    return old === undefined ? readRow(raw, `[${index}]`, report) : old;
  });
  const rows = unique(values, pages.length > 1);
  const isSame = rows.length === before.rows.length && rows.every((row, index) => row === before.rows[index]);
  // The first answer is a change also where it is empty.
  return { pages, raws, values, rows: isSame && before.pages.length > 0 ? before.rows : rows };
}

/** Finds the decoded value of a raw row that came before, at the same place or elsewhere in the list. */
function finder<T>(before: Kept<T>): (raw: unknown, index: number) => T | null | undefined {
  let places: Map<unknown, number> | null = null;
  return (raw, index) => {
    const id = isRaw(raw) ? raw['id'] : undefined;
    const beside = before.raws[index];
    let place: number | undefined = index;
    if (id !== (isRaw(beside) ? beside['id'] : undefined)) {
      places ??= new Map(before.raws.map((it, at) => [isRaw(it) ? it['id'] : undefined, at]));
      place = places.get(id);
    }
    if (place === undefined || place >= before.raws.length) return undefined;
    return sameJson(before.raws[place], raw) ? before.values[place] : undefined;
  };
}

/** Usable rows; across pages a row can come twice, when the list grew between two requests. */
function unique<T extends { readonly id: string }>(values: readonly (T | null)[], isPaged: boolean): T[] {
  const rows = values.filter((value) => value !== null);
  return isPaged ? [...new Map(rows.map((row) => [row.id, row])).values()] : rows;
}
