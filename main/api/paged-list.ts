import type { WallClock } from '../clock/index.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Identified } from './endpoints/define.ts';
import type { RawAnswer } from './exchange.ts';
import type { ListReading } from './list-memo.ts';
import type { ListPage, PageResult } from './list-page.ts';
import { pageFacts, type NextPage, type PageFacts } from './pages.ts';
import { wait } from './wait.ts';

/** How much of a list is read at most. */
export interface ListLimits {
  readonly pages: number;
  readonly rows: number;
}

export interface PagedListOptions<T> {
  /** The list's own address: each page is asked for there. */
  readonly url: URL;
  readonly reading: ListReading<T>;
  readonly limits: ListLimits;
  readonly send: (url: URL) => Promise<Result<RawAnswer, ApiError>>;
  /** Makes an error of a page that could not be read. */
  readonly unreadable: (read: Extract<PageResult<T>, { ok: false }>, status: number) => ApiError;
  /** Whether this list takes `per_page`; what was found is kept by `learn`. */
  readonly isWide: boolean | undefined;
  readonly learn: (isWide: boolean) => void;
  /** A page came and others are on their way. */
  readonly onPage: (total: number | null) => void;
  readonly clock: WallClock;
  readonly signal: AbortSignal;
}

/** How reading a list ended. */
export interface PagedList {
  readonly headers: Headers;
  /** The list goes on beyond what was read. */
  readonly isCut: boolean;
  /** Rows of the whole list, as the API counts them. */
  readonly total: number | null;
}

interface Page {
  readonly answer: RawAnswer;
  readonly facts: PageFacts;
  readonly rows: number;
}

/** What is asked for after the first page: fewer requests for the same rows. */
const wideRows = 100;
const pagesAtOnce = 6;
/** More failed pages than these, and the rest is not asked for. */
const failureLimit = 3;
/** Waits of one reading for a rate limit, all together. */
const patienceMs = 120_000;
const bytesLimit = 96 * 1024 * 1024;

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

class PagedReading<T extends Identified> {
  readonly #options: PagedListOptions<T>;
  #isWide: boolean;
  #bytes = 0;
  #waitedMs = 0;
  #failures = 0;
  /** Something of the list was not read. */
  #isCut = false;
  /** Nothing more is asked for. */
  #isOver = false;
  #fatal: ApiError | null = null;
  #total: number | null = null;
  #totals = new Set<number>();

  constructor(options: PagedListOptions<T>) {
    this.#options = options;
    this.#isWide = options.isWide === true && options.limits.pages > 1;
  }

  async run(): Promise<Result<PagedList & { readonly isChanged: boolean }, ApiError>> {
    const { reading } = this.#options;
    reading.cutAt(0);
    const first = await this.#first();
    if (!first.ok) return first;
    const { next } = first.value.facts;
    if (next.kind === 'number') await this.#numbered(first.value, next);
    else if (next.kind === 'mark') await this.#marked(next);
    else if (next.kind === 'lost') this.#isCut = true;
    if (this.#fatal !== null) return fail(this.#fatal);
    const { received, repeated } = reading.count();
    const isShort = this.#total !== null && received < this.#total;
    return ok({
      headers: first.value.answer.headers,
      isCut: this.#isCut || isShort,
      total: this.#isCut || isShort ? (isShort ? this.#total : null) : received,
      isChanged:
        !this.#isOver && this.#failures === 0 && (this.#totals.size > 1 || (isShort && repeated > 0)),
    });
  }

  /** The first page; with many rows where the list is known to take that. */
  async #first(): Promise<Result<Page, ApiError>> {
    const plain = this.#options.url;
    if (!this.#isWide) return this.#read(0, plain);
    const wide = await this.#read(0, this.#sized(plain));
    if (wide.ok || isFatal(wide.error) || wide.error.kind === 'rate-limited') return wide;
    this.#narrow();
    return this.#read(0, plain);
  }

  async #numbered(first: Page, { parameter, page: second }: NextPage & { kind: 'number' }): Promise<void> {
    const { limits, isWide } = this.#options;
    // Some count their pages from 0.
    const base = second - 1;
    if (base > 1 || limits.pages < 2 || first.rows >= limits.rows) {
      this.#isCut = true;
      return;
    }
    this.#options.onPage(this.#total);
    let start = first;
    const { last } = first.facts;
    if (isWide === undefined && first.rows < wideRows && (last === null || last > 2)) {
      start = await this.#widened(first);
      if (start.facts.next.kind !== 'number' || this.#fatal !== null) return;
    }
    const byRows = Math.ceil(limits.rows / Math.max(1, start.rows));
    const cap = Math.min(limits.pages, byRows);
    const readPage = (number: number): Promise<Page | null> =>
      this.#page(number, number - 1 + base, parameter, start);
    let end = start.facts.last;
    let from = 2;
    while (end !== null && from <= Math.min(end, cap) && !this.#isOver) {
      const pages = await this.#pool(from, Math.min(end, cap), readPage);
      from = Math.min(end, cap) + 1;
      // The list may have grown meanwhile: its last page is another then.
      end = pages.reduce((max, page) => Math.max(max, page?.facts.last ?? 0), end);
      const lastNext = pages.at(-1)?.facts.next;
      if (from > end && lastNext?.kind === 'number' && lastNext.page === from - 1 + base) end = from;
    }
    if (end === null) from = await this.#onwards(2, cap, readPage);
    if (from > cap && !this.#isOver && (end === null || end > cap)) this.#isCut = true;
  }

  /** Asks for the first page once more with more rows; gives the page to go on from. */
  async #widened(first: Page): Promise<Page> {
    this.#isWide = true;
    const wide = await this.#read(0, this.#sized(this.#options.url));
    if (wide.ok) {
      if (wide.value.rows > first.rows) this.#options.learn(true);
      else this.#narrow();
      return wide.value;
    }
    if (isFatal(wide.error)) this.#fatal = wide.error;
    if (wide.error.kind === 'rate-limited') this.#isWide = false;
    else this.#narrow();
    return first;
  }

  /** Pages without a known end: more at once the longer it goes on. Gives the first number that was not read. */
  async #onwards(
    from: number,
    cap: number,
    readPage: (number: number) => Promise<Page | null>,
  ): Promise<number> {
    for (let at = from, size = 1; at <= cap; size = Math.min(pagesAtOnce, size * 2)) {
      const until = Math.min(cap, at + size - 1);
      const pages = await this.#pool(at, until, readPage);
      const ended = pages.findIndex((page) => page === null || page.facts.next.kind !== 'number');
      if (ended >= 0) {
        // What was asked for beyond the end is nothing of the list.
        if (pages[ended] !== null) this.#options.reading.cutAt(at + ended);
        return cap;
      }
      if (this.#isOver) return cap;
      at = until + 1;
    }
    return cap + 1;
  }

  /** Along cursors or offsets: each page says where the next one is. */
  async #marked(start: NextPage & { kind: 'mark' }): Promise<void> {
    const { limits, url, reading } = this.#options;
    const seen = new Set<string>();
    let next: NextPage = start;
    for (let place = 1; next.kind !== 'end'; place += 1) {
      const rows = reading.size();
      const isLoop = next.kind === 'mark' && seen.has(next.value);
      if (next.kind !== 'mark' || isLoop || place >= limits.pages || rows >= limits.rows) {
        this.#isCut = true;
        return;
      }
      seen.add(next.value);
      this.#options.onPage(this.#total);
      const target = new URL(url);
      target.searchParams.set(next.parameter, next.value);
      const page = await this.#patient(place, target);
      if (!page.ok) {
        this.#missed(page.error);
        return;
      }
      next = page.value.facts.next;
    }
  }

  /** One page, `number` counted from 1 and `named` as the API counts; null where it is missing. */
  async #page(number: number, named: number, parameter: string, first: Page): Promise<Page | null> {
    const { url, reading } = this.#options;
    if (this.#isOver) return null;
    const target = this.#isWide ? this.#sized(url) : new URL(url);
    target.searchParams.set(parameter, String(named));
    const page = await this.#patient(number - 1, target);
    if (!page.ok) {
      this.#missed(page.error);
      return null;
    }
    const { facts, rows } = page.value;
    const isAnother = facts.page !== null && facts.page !== named;
    if (
      isAnother ||
      (rows > 0 && first.rows === rows && sameIds(reading.pages[0], reading.pages[number - 1]))
    ) {
      // The number has no effect: asking on would give the same rows for ever.
      reading.drop(number - 1);
      this.#isCut = true;
      this.#isOver = true;
      return null;
    }
    this.#options.onPage(this.#total);
    return page.value;
  }

  #missed(error: ApiError): void {
    this.#isCut = true;
    this.#failures += 1;
    if (isFatal(error)) this.#fatal = error;
    if (this.#fatal !== null || this.#failures >= failureLimit) this.#isOver = true;
  }

  /** Waits where the API asks for fewer requests: a list that is cut for that would be cut for ever. */
  async #patient(place: number, url: URL): Promise<Result<Page, ApiError>> {
    const { clock, signal } = this.#options;
    for (;;) {
      const page = await this.#read(place, url);
      if (page.ok || page.error.kind !== 'rate-limited' || this.#isOver) return page;
      const untilMs = Math.max(1_000, page.error.retryAtMs - clock.now());
      if (this.#waitedMs + untilMs > patienceMs) return page;
      const before = clock.now();
      if (!(await wait(clock, untilMs, signal))) return fail({ kind: 'aborted' });
      this.#waitedMs += Math.max(0, clock.now() - before) / pagesAtOnce;
    }
  }

  async #read(place: number, url: URL): Promise<Result<Page, ApiError>> {
    const { send, reading, unreadable } = this.#options;
    const answer = await send(url);
    if (!answer.ok) return answer;
    const { bytes, headers, status } = answer.value;
    this.#bytes += bytes.byteLength;
    if (this.#bytes > bytesLimit) this.#isCut = this.#isOver = true;
    const read = reading.read(place, bytes);
    if (!read.ok) return fail(unreadable(read, status));
    const rows = read.page.values.length;
    const facts = pageFacts(read.page.envelope, headers, { rows, isFirst: place === 0 });
    if (facts.total !== null) {
      this.#total = facts.total;
      this.#totals.add(facts.total);
    }
    return ok({ answer: answer.value, facts, rows });
  }

  async #pool<R>(from: number, to: number, run: (number: number) => Promise<R>): Promise<readonly R[]> {
    const results: R[] = [];
    let next = from;
    const work = async (): Promise<void> => {
      while (next <= to) {
        const number = next;
        next += 1;
        results[number - from] = await run(number);
      }
    };
    await Promise.all(Array.from({ length: Math.min(pagesAtOnce, to - from + 1) }, work));
    return results;
  }

  #sized(url: URL): URL {
    const sized = new URL(url);
    sized.searchParams.set('per_page', String(wideRows));
    return sized;
  }

  #narrow(): void {
    this.#isWide = false;
    this.#options.learn(false);
  }
}

/** Says something of the account, not of the page. */
function isFatal({ kind }: ApiError): boolean {
  return kind === 'unauthorized' || kind === 'aborted';
}

function sameIds<T extends Identified>(
  one: ListPage<T> | undefined,
  other: ListPage<T> | undefined,
): boolean {
  return other?.values.every((value, index) => value?.id === one?.values[index]?.id) ?? false;
}
