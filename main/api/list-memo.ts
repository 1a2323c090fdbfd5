import type { Identified } from './endpoints/define.ts';
import { readPage, settler, type ListPage, type PageResult } from './list-page.ts';
import type { Report } from './read/drift.ts';
import type { ReadRow } from './read/shapes.ts';

/** The rows of a list answer. */
export interface ListValue<T> {
  readonly rows: readonly T[];
  /** Nothing differs from the answer before: `rows` is that very array. */
  readonly unchanged: boolean;
  /** Rows that came, those that could not be used among them; one that came twice counts once. */
  readonly received: number;
}

/** Reads the pages of one answer, which may come in any order. */
export interface ListReading<T> {
  /** Decodes the page at a place (0 is the first). One that was there before gives way. */
  read(place: number, bytes: Uint8Array): PageResult<T>;
  /** The pages so far, by their places; not all need to be there. */
  readonly pages: readonly (ListPage<T> | undefined)[];
  /** Drops the pages from a place on. */
  cutAt(place: number): void;
  /** The rows of the pages so far. */
  soFar(): readonly T[];
  /** The rows of all pages, and what of them could not be read. Keeps them for the next answer. */
  finish(report: Report): ListValue<T>;
}

/** Keeps the answer before, so that what did not change is neither parsed nor decoded again. */
export interface ListMemo<T> {
  begin(): ListReading<T>;
}

/**
 * A memo for one list. Pages are compared byte by byte before they are parsed, and so are their rows; a row that
 * reads the same as before is the same object as before, so that changes can be found by comparing references.
 * What could not be read of a row is reported with each answer that has it.
 */
export function createListMemo<T extends Identified>(readRow: ReadRow<T>): ListMemo<T> {
  type Pages = readonly (ListPage<T> | undefined)[];
  let kept: { readonly pages: Pages; readonly rows: readonly T[]; readonly received: number } = {
    pages: [],
    rows: [],
    received: 0,
  };

  function begin(): ListReading<T> {
    const before = kept;
    const pages: (ListPage<T> | undefined)[] = [];
    const decoder = { readRow, settle: settler(before.rows) };
    return {
      pages,
      read(place, bytes) {
        const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const result = readPage(view, before.pages[place], decoder);
        if (result.ok) pages[place] = result.page;
        return result;
      },
      cutAt(place) {
        pages.length = Math.min(pages.length, place);
      },
      soFar: () => rowsIn(pages).rows,
      finish(report) {
        reportFaults(pages, report);
        // An unchanged answer costs no walk along its rows.
        if (pages.length > 0 && isSame(pages, before.pages)) {
          return { rows: before.rows, unchanged: true, received: before.received };
        }
        const { rows, received } = rowsIn(pages);
        // The first answer is a change, also where it is empty.
        const unchanged = before.pages.length > 0 && isSame(rows, before.rows);
        kept = { pages, rows: unchanged ? before.rows : rows, received };
        return { rows: kept.rows, unchanged, received };
      },
    };
  }

  return { begin };
}

type Pages<T> = readonly (ListPage<T> | undefined)[];

/** Usable rows of all pages; across pages a row can come twice, when the list grew between two requests. */
function rowsIn<T extends Identified>(
  pages: Pages<T>,
): { readonly rows: readonly T[]; readonly received: number } {
  const [first] = pages;
  if (first !== undefined && pages.length === 1 && isComplete(first.values)) {
    return { rows: first.values, received: first.values.length };
  }
  const all = pages.flatMap((page) => page?.values ?? []);
  const usable = all.filter((value) => value !== null);
  const rows = pages.length > 1 ? [...new Map(usable.map((row) => [row.id, row])).values()] : usable;
  return { rows, received: rows.length + all.length - usable.length };
}

/** What is reported begins with the row's place in the whole list. */
function reportFaults<T>(pages: Pages<T>, report: Report): void {
  let from = 0;
  for (const page of pages) {
    for (const [index, faults] of page?.faults ?? []) {
      for (const [path, message] of faults) report(`[${from + index}]${path}`, message);
    }
    from += page?.values.length ?? 0;
  }
}

function isComplete<T>(values: readonly (T | null)[]): values is readonly T[] {
  return !values.includes(null);
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
