import { booleanOf, isRaw, numberOf, textOf, type Raw } from './read/values.ts';

/** Where a list goes on after a page: always at the list's own address, by one parameter. */
export type NextPage =
  | { readonly kind: 'end' }
  /** A page by its number, so that any other page can be asked for as well. */
  | { readonly kind: 'number'; readonly parameter: string; readonly page: number }
  /** A cursor or an offset: what comes after it is known when it came. */
  | { readonly kind: 'mark'; readonly parameter: string; readonly value: string }
  /** There is more, and nothing says where. */
  | { readonly kind: 'lost' };

/** What a page says of the list that it is a part of; null where it does not. */
export interface PageFacts {
  readonly next: NextPage;
  /** Its own number, from 1. */
  readonly page: number | null;
  readonly last: number | null;
  /** Rows of the whole list. */
  readonly total: number | null;
}

const pageParameters = ['page', 'page[number]', 'pageNumber', 'page_number', 'p'];
const markParameters = [
  ...[
    'cursor',
    'page[cursor]',
    'next_cursor',
    'nextCursor',
    'page_token',
    'pageToken',
    'after',
    'page[after]',
  ],
  ...['starting_after', 'offset', 'page[offset]', 'skip', 'start'],
];
/** Objects of a body that paging can be described in. */
const holderNames = [
  'meta',
  'pagination',
  'paging',
  'paginator',
  'pageinfo',
  'page',
  'cursor',
  'links',
  'data',
];
const markLimit = 2_000;
const pageLimit = 1_000_000;

/**
 * Reads what a page's body (with or without its rows) and headers say of more pages: Laravel's three paginators at the
 * top, in `meta` or in `data`, Fractal's `pagination`, camelCase, numbers, links and cursors, and RFC 8288's `Link`
 * header. Of a link only its number or mark is taken, never its address: a proxy that ends TLS makes it wrong, and
 * the token goes nowhere else.
 */
export function pageFacts(body: unknown, headers: Headers): PageFacts {
  const fields = new Fields(body);
  const page = fields.count('currentpage', 'pagenumber', 'page', 'number');
  const perPage = fields.count('perpage', 'pagesize', 'limit', 'itemsperpage', 'size');
  const total = totalOf(fields, headers, page ?? perPage);
  const stated = fields.count('lastpage', 'totalpages', 'pagecount', 'pages', 'numpages', 'lastpagenumber');
  const last = stated ?? (total !== null && perPage ? Math.ceil(total / perPage) : null);
  return { next: nextOf(fields, headers, page ?? 1, last), page, last, total };
}

function nextOf(fields: Fields, headers: Headers, page: number, last: number | null): NextPage {
  const link =
    fields.first('nextpageurl', 'nexturl', 'nextlink', 'next') ?? fields.nextOfLinks() ?? headerLink(headers);
  const byLink = link === null ? null : nextOfLink(link);
  if (byLink !== null && byLink.kind !== 'lost') return byLink;
  const cursor = fields.first('nextcursor', 'nextpagetoken', 'endcursor');
  const hasMore = booleanOf(fields.first('hasmore', 'hasmorepages', 'hasnextpage', 'hasnext', 'morepages'));
  if (typeof cursor === 'string' && cursor !== '' && cursor.length <= markLimit && hasMore !== false) {
    const parameter = fields.first('nextpagetoken') === cursor ? 'page_token' : 'cursor';
    return { kind: 'mark', parameter, value: cursor };
  }
  const number = fields.count('nextpage', 'nextpagenumber');
  if (number !== null && number > page) return { kind: 'number', parameter: 'page', page: number };
  if ((last !== null && page < last) || hasMore === true) {
    return { kind: 'number', parameter: 'page', page: page + 1 };
  }
  return byLink ?? { kind: 'end' };
}

/** Takes the number or the mark out of a link. Null where there is no next page: the link is empty. */
function nextOfLink(link: unknown): NextPage | null {
  if (isRaw(link)) return nextOfLink(link['href'] ?? link['url'] ?? null);
  if (typeof link === 'number' && isPage(link)) return { kind: 'number', parameter: 'page', page: link };
  if (typeof link !== 'string' || link === '') return null;
  // No link, but what another list would have in it.
  if (/^\d+$/.test(link) && isPage(Number(link)))
    return { kind: 'number', parameter: 'page', page: Number(link) };
  if (!/[?:]|^[./]/.test(link))
    return link.length <= markLimit ? { kind: 'mark', parameter: 'cursor', value: link } : { kind: 'lost' };
  const base = 'https://list.invalid/';
  if (!URL.canParse(link, base)) return { kind: 'lost' };
  const { searchParams } = new URL(link, base);
  for (const parameter of pageParameters) {
    const page = numberOf(searchParams.get(parameter));
    if (page !== null && isPage(page)) return { kind: 'number', parameter, page };
  }
  for (const parameter of markParameters) {
    const value = searchParams.get(parameter) ?? '';
    if (value !== '' && value.length <= markLimit) return { kind: 'mark', parameter, value };
  }
  return { kind: 'lost' };
}

/** `<…?page=2>; rel="next"` */
function headerLink(headers: Headers): string | null {
  const header = headers.get('link')?.slice(0, 8_000) ?? '';
  return /<([^<>]*)>[^<>,]*;\s*rel="?next"?/i.exec(header)?.[1] ?? null;
}

/**
 * Rows of the whole list. A bare `total` in a body that says nothing else of pages may be a sum, and a bare `count` is
 * the page's own in most forms.
 */
function totalOf(fields: Fields, headers: Headers, paging: number | null): number | null {
  const named = fields.count(
    'totalcount',
    'totalitems',
    'totalelements',
    'totalrecords',
    'totalresults',
    'totalrows',
  );
  if (named !== null) return named;
  const total = fields.count('total');
  if (total !== null && (paging !== null || fields.isNested('total') || fields.has('nextpageurl')))
    return total;
  if (fields.has('next') && fields.has('previous')) return fields.count('count');
  return countOf(headers.get('x-total-count') ?? headers.get('x-total'));
}

/** The fields that describe paging, by their names in small letters without `_`. Inner objects go before the body. */
class Fields {
  readonly #values = new Map<string, unknown>();
  readonly #nested = new Set<string>();
  #links: unknown;

  constructor(body: unknown) {
    if (isRaw(body)) this.#read(body, 0);
  }

  first(...names: readonly string[]): unknown {
    return (
      names.map((name) => this.#values.get(name)).find((value) => value !== undefined && value !== null) ??
      null
    );
  }

  count(...names: readonly string[]): number | null {
    return names.map((name) => countOf(this.#values.get(name))).find((value) => value !== null) ?? null;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  isNested(name: string): boolean {
    return this.#nested.has(name);
  }

  /** Laravel's list of links to pages: the one that is called next. */
  nextOfLinks(): unknown {
    if (!Array.isArray(this.#links)) return null;
    const links: readonly unknown[] = this.#links;
    const isNext = (link: unknown): boolean =>
      isRaw(link) && (link['rel'] === 'next' || /\bnext\b/i.test(textOf(link['label']) ?? ''));
    return links.find(isNext) ?? null;
  }

  #read(holder: Raw, depth: number): void {
    for (const [name, value] of Object.entries(holder).slice(0, 100)) {
      const folded = name.toLowerCase().replace(/[_-]/g, '');
      if (isRaw(value) && holderNames.includes(folded) && depth < 3) this.#read(value, depth + 1);
      else if (folded === 'links') this.#links ??= value;
    }
    for (const [name, value] of Object.entries(holder).slice(0, 100)) {
      const folded = name.toLowerCase().replace(/[_-]/g, '');
      if (this.#values.get(folded) !== undefined && this.#values.get(folded) !== null) continue;
      if (Array.isArray(value) || (isRaw(value) && folded !== 'next')) continue;
      this.#values.set(folded, value);
      if (depth > 0) this.#nested.add(folded);
    }
  }
}

function countOf(raw: unknown): number | null {
  const value = numberOf(raw);
  return value !== null && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function isPage(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= pageLimit;
}
