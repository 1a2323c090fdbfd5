import type { WallClock } from '../clock/index.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Identified } from './endpoints/define.ts';
import type { RawAnswer } from './exchange.ts';
import type { ListReading } from './list-memo.ts';
import type { PageResult } from './list-page.ts';
import { pageFacts, type PageFacts } from './pages.ts';
import { wait } from './wait.ts';

export interface PageReaderOptions<T> {
  /** The list's own address: each page is asked for there. */
  readonly url: URL;
  readonly reading: ListReading<T>;
  readonly send: (url: URL) => Promise<Result<RawAnswer, ApiError>>;
  /** Makes an error of a page that could not be read. */
  readonly unreadable: (read: Extract<PageResult<T>, { ok: false }>, status: number) => ApiError;
  /** Whether this list takes `per_page`; what was found is kept by `learn`. */
  readonly isWide: boolean | undefined;
  readonly learn: (isWide: boolean) => void;
  readonly clock: WallClock;
  readonly signal: AbortSignal;
}

/** A page that came. */
export interface Page {
  readonly answer: RawAnswer;
  readonly facts: PageFacts;
  readonly rows: number;
}

/** What is asked for after the first page: fewer requests for the same rows. */
export const wideRows = 100;
/** Pages that are under way at once. */
export const pagesAtOnce = 6;
/** More failed pages than these, and the rest is not asked for. */
const failureLimit = 3;
/** Waits of one reading for a rate limit, all together. */
const patienceMs = 120_000;
const bytesLimit = 96 * 1024 * 1024;

/**
 * Asks for single pages of a list, with many rows each where the API takes that, and keeps how it went: what was
 * missed, what the API counted, and whether to go on.
 */
export class PageReader<T extends Identified> {
  readonly #options: PageReaderOptions<T>;
  #isWide: boolean;
  #bytes = 0;
  #waitedMs = 0;
  #failures = 0;
  #isCut = false;
  #isOver = false;
  #fatal: ApiError | null = null;
  #total: number | null = null;
  readonly #totals = new Set<number>();

  constructor(options: PageReaderOptions<T>) {
    this.#options = options;
    this.#isWide = options.isWide === true;
  }

  /** Something of the list was not read. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Nothing more is to be asked for. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** An error that says something of the account, not of a page; null where there was none. */
  get fatal(): ApiError | null {
    return this.#fatal;
  }

  get hasFailures(): boolean {
    return this.#failures > 0;
  }

  /** Rows of the whole list, as the API counted them last; null where it does not say. */
  get total(): number | null {
    return this.#total;
  }

  /** The API counted differently from page to page: the list changed meanwhile. */
  get hasChangedTotal(): boolean {
    return this.#totals.size > 1;
  }

  /** Notes that something is left out. */
  cut(): void {
    this.#isCut = true;
  }

  /** Asks for nothing more: the rest is left out. */
  stop(): void {
    this.#isCut = true;
    this.#isOver = true;
  }

  /** The first page; with many rows where the list is known to take that. */
  async first(): Promise<Result<Page, ApiError>> {
    const plain = this.#options.url;
    if (!this.#isWide) return this.#read(0, plain);
    const wide = await this.#read(0, sized(plain));
    if (wide.ok || isFatal(wide.error) || wide.error.kind === 'rate-limited') return wide;
    this.#narrow();
    return this.#read(0, plain);
  }

  /** Asks for the first page once more with more rows; gives the page to go on from. */
  async widened(first: Page): Promise<Page> {
    this.#isWide = true;
    const wide = await this.#read(0, sized(this.#options.url));
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

  /**
   * The page that a parameter names, to stand at `place` (0 is the first); null where it is missing. Waits where the
   * API asks for fewer requests: a list that is cut for that would be cut for ever.
   */
  async page(place: number, parameter: string, value: string): Promise<Page | null> {
    const target = new URL(this.#options.url);
    target.searchParams.set(parameter, value);
    return this.#kept(await this.#patient(place, target));
  }

  /** As `page`, along numbers: with as many rows as the pages before it. */
  async numbered(place: number, parameter: string, number: number): Promise<Page | null> {
    const { url } = this.#options;
    const target = this.#isWide ? sized(url) : new URL(url);
    target.searchParams.set(parameter, String(number));
    return this.#kept(await this.#patient(place, target));
  }

  #kept(page: Result<Page, ApiError>): Page | null {
    if (page.ok) return page.value;
    this.#isCut = true;
    this.#failures += 1;
    if (isFatal(page.error)) this.#fatal = page.error;
    if (this.#fatal !== null || this.#failures >= failureLimit) this.#isOver = true;
    return null;
  }

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
    const { send, reading, unreadable, signal } = this.#options;
    const answer = await send(url);
    if (!answer.ok) return answer;
    const { bytes, headers, status } = answer.value;
    this.#bytes += bytes.byteLength;
    if (this.#bytes > bytesLimit) this.stop();
    const read = await reading.read(place, bytes);
    if (signal.aborted) return fail({ kind: 'aborted' });
    if (!read.ok) return fail(unreadable(read, status));
    const rows = read.page.values.length;
    const facts = pageFacts(read.page.envelope, headers, { rows, isFirst: place === 0 });
    if (facts.total !== null) {
      this.#total = facts.total;
      this.#totals.add(facts.total);
    }
    return ok({ answer: answer.value, facts, rows });
  }

  #narrow(): void {
    this.#isWide = false;
    this.#options.learn(false);
  }
}

function sized(url: URL): URL {
  const target = new URL(url);
  target.searchParams.set('per_page', String(wideRows));
  return target;
}

/** Says something of the account, not of the page. */
function isFatal({ kind }: ApiError): boolean {
  return kind === 'unauthorized' || kind === 'aborted';
}
