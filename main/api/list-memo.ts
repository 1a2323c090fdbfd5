import type { Identified } from './endpoints/define.ts';
import { readPage, settler, type ListPage, type PageResult } from './list-page.ts';
import type { Report } from './read/drift.ts';
import type { ReadRow } from './read/shapes.ts';

/** The rows of a list answer. */
export interface ListValue<T> {
  readonly rows: readonly T[];
  /** Nothing differs from the answer before: `rows` is that very array. */
  readonly unchanged: boolean;
}

/** Reads the pages of one answer, in their order. */
export interface ListReading<T> {
  /** Decodes the next page. */
  add(bytes: Uint8Array): PageResult<T>;
  /** The rows of all pages. Keeps them for the next answer. */
  finish(): ListValue<T>;
}

/** Keeps the answer before, so that what did not change is neither parsed nor decoded again. */
export interface ListMemo<T> {
  begin(report: Report): ListReading<T>;
}

/**
 * A memo for one list. Pages are compared byte by byte before they are parsed, and so are their rows; a row that
 * reads the same as before is the same object as before, so that changes can be found by comparing references.
 * A bad row is reported when it comes or changes, not with each poll.
 */
export function createListMemo<T extends Identified>(readRow: ReadRow<T>): ListMemo<T> {
  let kept: { readonly pages: readonly ListPage<T>[]; readonly rows: readonly T[] } = { pages: [], rows: [] };

  function begin(report: Report): ListReading<T> {
    const before = kept;
    const pages: ListPage<T>[] = [];
    const decoder = { readRow, report, settle: settler(before.rows) };
    return {
      add(bytes) {
        const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const result = readPage(view, before.pages[pages.length], decoder);
        if (result.ok) pages.push(result.page);
        return result;
      },
      finish() {
        // An unchanged answer costs no walk along its rows.
        if (pages.length > 0 && isSame(pages, before.pages)) return { rows: before.rows, unchanged: true };
        const rows = rowsIn(pages);
        // The first answer is a change, also where it is empty.
        const unchanged = before.pages.length > 0 && isSame(rows, before.rows);
        kept = { pages, rows: unchanged ? before.rows : rows };
        return { rows: kept.rows, unchanged };
      },
    };
  }

  return { begin };
}

/** Usable rows of all pages; across pages a row can come twice, when the list grew between two requests. */
function rowsIn<T extends Identified>(pages: readonly ListPage<T>[]): readonly T[] {
  const [first] = pages;
  if (first !== undefined && pages.length === 1 && isComplete(first.values)) return first.values;
  const rows = pages.flatMap((page) => page.values.filter((value) => value !== null));
  return pages.length > 1 ? [...new Map(rows.map((row) => [row.id, row])).values()] : rows;
}

function isComplete<T>(values: readonly (T | null)[]): values is readonly T[] {
  return !values.includes(null);
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
