import pLimit from 'p-limit';
import type { ApiError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Identified } from './endpoints/define.ts';
import type { ListPage } from './list-page.ts';
import { PageReader, pagesAtOnce, wideRows, type Page, type PageReaderOptions } from './page-reader.ts';
import type { NextPage } from './pages.ts';
import type { AnswerHeaders } from './fetch.ts';

/** How much of a list is read at most. */
export interface ListLimits {
  readonly pages: number;
  readonly rows: number;
}

export interface PagedListOptions<T> extends PageReaderOptions<T> {
  readonly limits: ListLimits;
  /** A page came and others are on their way. After the first one they are asked for once this has resolved. */
  readonly onPage: (total: number | null) => Promise<void>;
}

/** How reading a list ended. */
export interface PagedList {
  readonly headers: AnswerHeaders;
  /** The list goes on beyond what was read. */
  readonly isCut: boolean;
  /** Rows of the whole list, as the API counts them. */
  readonly total: number | null;
}

/**
 * Reads a list page by page: the first alone, so that its rows can be shown, then with more rows a page where the API
 * takes that, several at once where pages have numbers, one after the other along cursors. A page that fails is
 * missing and the others are kept. A list that changed while it was read is read once more.
 */
export async function readPagedList<T extends Identified>(
  options: PagedListOptions<T>,
): Promise<Result<PagedList, ApiError>> {
  const first = await new PagedReading(options).run();
  if (!first.ok || !first.value.isChanged) return first;
  return new PagedReading(options).run();
}

/** Decides which pages are asked for, and in what order. */
class PagedReading<T extends Identified> {
  readonly #options: PagedListOptions<T>;
  readonly #reader: PageReader<T>;

  constructor(options: PagedListOptions<T>) {
    this.#options = options;
    const isWide = options.limits.pages > 1 ? options.isWide : false;
    this.#reader = new PageReader({ ...options, isWide });
  }

  async run(): Promise<Result<PagedList & { readonly isChanged: boolean }, ApiError>> {
    const { reading } = this.#options;
    const reader = this.#reader;
    reading.cutAt(0);
    const first = await reader.first();
    if (!first.ok) return first;
    const { next } = first.value.facts;
    if (next.kind === 'number') await this.#numbered(first.value, next);
    else if (next.kind === 'cursor') await this.#byCursor(next);
    else if (next.kind === 'lost') reader.cut();
    if (reader.fatal !== null) return fail(reader.fatal);
    const { total } = reader;
    const { received, repeated } = reading.count();
    const isShort = total !== null && received < total;
    const isCut = reader.isCut || isShort;
    return ok({
      headers: first.value.answer.headers,
      isCut,
      total: isCut ? (isShort ? total : null) : received,
      isChanged:
        !reader.isOver && !reader.hasFailures && (reader.hasChangedTotal || (isShort && repeated > 0)),
    });
  }

  async #numbered(first: Page, { parameter, page: second }: NextPage & { kind: 'number' }): Promise<void> {
    const { limits, isWide } = this.#options;
    const reader = this.#reader;
    // Some count their pages from 0.
    const base = second - 1;
    if (base > 1 || limits.pages < 2 || first.rows >= limits.rows) {
      reader.cut();
      return;
    }
    await this.#options.onPage(reader.total);
    let start = first;
    const { last } = first.facts;
    if (isWide === undefined && first.rows < wideRows && (last === null || last > 2)) {
      start = await reader.widened(first);
      if (start.facts.next.kind !== 'number' || reader.fatal !== null) return;
    }
    const byRows = Math.ceil(limits.rows / Math.max(1, start.rows));
    const cap = Math.min(limits.pages, byRows);
    const readPage = (number: number): Promise<Page | null> =>
      this.#page(number, number - 1 + base, parameter, start);
    let end = start.facts.last;
    let from = 2;
    while (end !== null && from <= Math.min(end, cap) && !reader.isOver) {
      const pages = await readPages(from, Math.min(end, cap), readPage);
      from = Math.min(end, cap) + 1;
      // The list may have grown meanwhile: its last page is another then.
      end = pages.reduce((max, page) => Math.max(max, page?.facts.last ?? 0), end);
      const lastNext = pages.at(-1)?.facts.next;
      if (from > end && lastNext?.kind === 'number' && lastNext.page === from - 1 + base) end = from;
    }
    if (end === null) from = await this.#onwards(2, cap, readPage);
    if (from > cap && !reader.isOver && (end === null || end > cap)) reader.cut();
  }

  /** Pages without a known end: more at once the longer it goes on. Gives the first number that was not read. */
  async #onwards(
    from: number,
    cap: number,
    readPage: (number: number) => Promise<Page | null>,
  ): Promise<number> {
    for (let at = from, size = 1; at <= cap; size = Math.min(pagesAtOnce, size * 2)) {
      const until = Math.min(cap, at + size - 1);
      const pages = await readPages(at, until, readPage);
      const ended = pages.findIndex((page) => page === null || page.facts.next.kind !== 'number');
      if (ended >= 0) {
        // What was asked for beyond the end is nothing of the list.
        if (pages[ended] !== null) this.#options.reading.cutAt(at + ended);
        return cap;
      }
      if (this.#reader.isOver) return cap;
      at = until + 1;
    }
    return cap + 1;
  }

  /** Along cursors or offsets: each page says where the next one is. */
  async #byCursor(start: NextPage & { kind: 'cursor' }): Promise<void> {
    const { limits, reading } = this.#options;
    const reader = this.#reader;
    const seen = new Set<string>();
    let next: NextPage = start;
    for (let place = 1; next.kind !== 'end'; place += 1) {
      const rows = reading.size();
      const isLoop = next.kind === 'cursor' && seen.has(next.value);
      if (next.kind !== 'cursor' || isLoop || place >= limits.pages || rows >= limits.rows) {
        reader.cut();
        return;
      }
      seen.add(next.value);
      await this.#options.onPage(reader.total);
      const page = await reader.page(place, next.parameter, next.value);
      if (page === null) return;
      next = page.facts.next;
    }
  }

  /** One page, `number` counted from 1 and `named` as the API counts; null where it is missing. */
  async #page(number: number, named: number, parameter: string, first: Page): Promise<Page | null> {
    const { reading } = this.#options;
    const reader = this.#reader;
    if (reader.isOver) return null;
    const page = await reader.numbered(number - 1, parameter, named);
    if (page === null) return null;
    const { facts, rows } = page;
    const isAnother = facts.page !== null && facts.page !== named;
    if (
      isAnother ||
      (rows > 0 && first.rows === rows && sameIds(reading.pages[0], reading.pages[number - 1]))
    ) {
      // The number has no effect: asking on would give the same rows for ever.
      reading.drop(number - 1);
      reader.stop();
      return null;
    }
    void this.#options.onPage(reader.total);
    return page;
  }
}

/** Reads pages by their numbers, the last one too, a few at once. */
function readPages<R>(from: number, to: number, read: (number: number) => Promise<R>): Promise<readonly R[]> {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return pLimit(pagesAtOnce).map(numbers, read);
}

function sameIds<T extends Identified>(
  one: ListPage<T> | undefined,
  other: ListPage<T> | undefined,
): boolean {
  return other?.values.every((value, index) => value?.id === one?.values[index]?.id) ?? false;
}
