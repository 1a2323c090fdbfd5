import { Turn } from '../tasks/index.ts';
import type { Identified } from './endpoints/define.ts';
import { readPage, settler, type ListPage, type PageResult } from './list-page.ts';
import type { Report } from './read/drift.ts';
import type { ReadRow } from './read/shapes.ts';

/** The rows of a list answer. */
export interface ListValue<T> {
  readonly rows: readonly T[];
  /** Nothing differs from the answer before: `rows` is that very array. */
  readonly unchanged: boolean;
  readonly received: number;
}

/** How many rows came. One that came twice counts once as received, and one that could not be used counts. */
export interface ListCount {
  readonly received: number;
  readonly repeated: number;
}

/** Reads the pages of one answer, which may come in any order. */
export interface ListReading<T> {
  /** Decodes the page at a place (0 is the first), in pieces. One that was there before gives way to it. */
  read(place: number, bytes: Uint8Array): Promise<PageResult<T>>;
  /** The pages so far, by their places; not all need to be there. */
  readonly pages: readonly (ListPage<T> | undefined)[];
  /** Drops the pages from a place on. */
  cutAt(place: number): void;
  /** Takes one page out again. */
  drop(place: number): void;
  /** Rows of the pages so far, repeated ones too. */
  size(): number;
  /** Rows of the pages so far, and how many of them came more than once. */
  count(): ListCount;
  /** The usable rows of the pages so far. */
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
 * What could not be read of a row is reported with each answer that has it. `newTurn` divides the work.
 */
export function createListMemo<T extends Identified>(
  readRow: ReadRow<T>,
  newTurn = (): Turn => new Turn(),
): ListMemo<T> {
  let kept: { readonly pages: Pages<T>; readonly rows: readonly T[] } & ListCount = {
    pages: [],
    rows: [],
    received: 0,
    repeated: 0,
  };

  function begin(): ListReading<T> {
    const before = kept;
    const pages: (ListPage<T> | undefined)[] = [];
    const decoder = { readRow, settle: settler(before.rows) };
    return {
      pages,
      async read(place, bytes) {
        const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const result = await readPage(view, before.pages[place], decoder, newTurn());
        if (result.ok) pages[place] = result.page;
        return result;
      },
      cutAt(place) {
        pages.length = Math.min(pages.length, place);
      },
      drop(place) {
        pages[place] = undefined;
      },
      size: () => pages.reduce((sum, page) => sum + (page?.values.length ?? 0), 0),
      count: () => (isSame(pages, before.pages) ? before : rowsIn(pages)),
      soFar: () => rowsIn(pages).rows,
      finish(report) {
        reportFaults(pages, report);
        // An unchanged answer costs no walk along its rows.
        if (pages.length > 0 && isSame(pages, before.pages)) {
          return { rows: before.rows, unchanged: true, received: before.received };
        }
        const { rows, received, repeated } = rowsIn(pages);
        // The first answer is a change, also where it is empty.
        const unchanged = before.pages.length > 0 && isSame(rows, before.rows);
        kept = { pages: [...pages], rows: unchanged ? before.rows : rows, received, repeated };
        return { rows: kept.rows, unchanged, received };
      },
    };
  }

  return { begin };
}

type Pages<T> = readonly (ListPage<T> | undefined)[];

/** Usable rows of all pages; across pages a row can come twice, when the list grew between two requests. */
function rowsIn<T extends Identified>(pages: Pages<T>): { readonly rows: readonly T[] } & ListCount {
  const [first] = pages;
  if (first !== undefined && pages.length === 1 && isComplete(first.values)) {
    return { rows: first.values, received: first.values.length, repeated: 0 };
  }
  const all = pages.flatMap((page) => page?.values ?? []);
  const usable = all.filter((value) => value !== null);
  const rows = pages.length > 1 ? [...new Map(usable.map((row) => [row.id, row])).values()] : usable;
  const repeated = usable.length - rows.length;
  return { rows, received: all.length - repeated, repeated };
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
  // Not `every`, which leaves out pages that are missing.
  for (let index = 0; index < one.length; index += 1) if (one[index] !== other[index]) return false;
  return one.length === other.length;
}
