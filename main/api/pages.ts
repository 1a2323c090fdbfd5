import { PageFields } from './page-fields.ts';
import { booleanOf, isRaw, numberOf, opened } from './read/values.ts';
import { noHeaders, type AnswerHeaders } from './fetch.ts';

/** Where a list goes on after a page: always at the list's own address, by one parameter. */
export type NextPage =
  | { readonly kind: 'end' }
  /** A page by its number, so that any other page can be asked for as well. */
  | { readonly kind: 'number'; readonly parameter: string; readonly page: number }
  /** A cursor or an offset: what comes after it is known when it came. */
  | { readonly kind: 'cursor'; readonly parameter: string; readonly value: string }
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

/** What is known of a page besides its body and headers. */
export interface PagePlace {
  /** How many rows it has, readable or not. */
  readonly rows: number;
  /** It is the page that the list begins with. */
  readonly isFirst: boolean;
}

const pageParameters = ['page', 'page[number]', 'pageNumber', 'page_number', 'p'];
const cursorParameters = [
  ...[
    'cursor',
    'page[cursor]',
    'next_cursor',
    'nextCursor',
    'page_token',
    'pageToken',
    'after',
    'page[after]',
    'continuation',
    'continuationToken',
    'continuation_token',
    '$skiptoken',
    'marker',
  ],
  ...['starting_after', 'offset', 'page[offset]', 'skip', '$skip', 'start'],
];
const linkNames = [
  'nextpageurl',
  'nexturl',
  'nextlink',
  'next',
  'nextpage',
  'nextpagelink',
  'nexthref',
  'odatanextlink',
];
/** Cursors, and the parameter that takes each. */
const cursorNames: Readonly<Record<string, string>> = {
  nextcursor: 'cursor',
  nextpagetoken: 'page_token',
  endcursor: 'cursor',
  nextpagecursor: 'cursor',
  continuation: 'continuation',
  continuationtoken: 'continuation_token',
  nextcontinuationtoken: 'continuation_token',
  nexttoken: 'next_token',
  nextmarker: 'marker',
  lastevaluatedkey: 'cursor',
};
const offsetNames: Readonly<Record<string, string>> = {
  nextoffset: 'offset',
  nextskip: 'skip',
  nextstart: 'start',
};
/** `has_more`, `more`, `hasNextPage`, `moreAvailable`, `truncated`, `isPartial`, `incomplete_results`. */
const moreName =
  /^(?:(?:has|is|are|there)(?:more|next|additional)(?:pages?|results|items|rows|records|data)?|more(?:pages|results|items|rows|records|data|available)?|remaining(?:pages|items|rows)?|(?:is|results|list)?(?:truncated|partial|incomplete)(?:results)?)$/;
/** `isLast`, `last`, `is_last_page`, `complete`, `done`: a no to one of them is more to come. */
const endName =
  /^(?:is)?(?:last|lastpage|end|endoflist|final|finalpage|complete|completed|finished|done|exhausted|eof)$/;
/** `totalCount`, `total_items`, `recordsTotal`, `@odata.count`: rows of the whole list. */
const totalName =
  /^(?:(?:total|overall|totalnumberof|numberoftotal)(?:count|items?|elements|records?|results?|rows?|entries|hits|docs|documents|objects|matches|instances|servers|keys|tokens|transactions|conversations|apps)(?:count)?|(?:count|items|records|results|rows|entries)total|odatacount|countall|fullcount)$/;
/** Of the page in most forms, of the list in some. */
const countNames = [
  'count',
  'itemcount',
  'itemscount',
  'recordcount',
  'rowcount',
  'resultcount',
  'resultscount',
];
const maxCursorLength = 2_000;
const pageLimit = 1_000_000;

/**
 * Reads what a page's body (with or without its rows) and headers say of more pages: Laravel's three paginators at the
 * top, in `meta` or in `data`, Fractal's `pagination`, OData, camelCase, numbers, links, cursors and offsets, RFC 8288's
 * `Link` header and the `X-` headers of others. Of a link only its number or cursor is taken, never its address: a proxy
 * that ends TLS makes it wrong, and the token goes nowhere else. What says that there is more and not where is followed by
 * the number of the page: a list that does not take it is found out, and is cut.
 */
export function pageFacts(body: unknown, headers: AnswerHeaders, { rows, isFirst }: PagePlace): PageFacts {
  const fields = new PageFields(body, headers);
  const page = fields.count('currentpage', 'pagenumber', 'page', 'number', 'current');
  const perPage = fields.count('perpage', 'pagesize', 'limit', 'itemsperpage', 'size');
  const total = totalOf(fields, page ?? perPage, rows);
  const stated = fields.count(
    ...['lastpage', 'totalpages', 'pagecount', 'pages', 'numpages', 'lastpagenumber', 'pagestotal'],
  );
  // Without a size of its pages the first one tells it.
  const size = perPage ?? (isFirst && rows > 0 ? rows : null);
  const last = stated ?? (total !== null && size ? Math.ceil(total / size) : null);
  return {
    next: nextOf(fields, headers, { page: page ?? (isFirst ? 1 : null), last, total, rows }),
    page,
    last,
    total,
  };
}

/** Whether a list that is part of an answer goes on beyond the rows that came: nobody asks for its next page. */
export function isCutShort(body: unknown, rows: number): boolean {
  const { next, total } = pageFacts(opened(body), noHeaders, { rows, isFirst: true });
  return total === null ? next.kind !== 'end' : total > rows;
}

interface Known {
  /** Null where it is not known, and not the first one. */
  readonly page: number | null;
  readonly last: number | null;
  readonly total: number | null;
  readonly rows: number;
}

function nextOf(fields: PageFields, headers: AnswerHeaders, { page, last, total, rows }: Known): NextPage {
  const link = fields.first(...linkNames) ?? fields.nextOfLinks() ?? headerLink(headers);
  const byLink = link === null ? null : nextOfLink(link);
  const isBehind = byLink?.kind === 'number' && typeof link !== 'object' && Number(link) <= (page ?? 1);
  if (byLink !== null && byLink.kind !== 'lost' && !isBehind) return byLink;
  const hasMore = hasMoreOf(fields);
  const cursor = hasMore === false ? null : (cursorOf(fields) ?? offsetOf(fields, total, rows));
  if (cursor !== null) return cursor;
  const number = fields.count('nextpagenumber');
  if (number !== null && number > (page ?? 1)) {
    return { kind: 'number', parameter: 'page', page: number };
  }
  if ((last !== null && page !== null && page < last) || hasMore === true) {
    return { kind: 'number', parameter: 'page', page: (page ?? 1) + 1 };
  }
  return byLink?.kind === 'lost' ? byLink : { kind: 'end' };
}

/** Whether there is more, where a yes or a no says so. A yes goes before a no. */
function hasMoreOf(fields: PageFields): boolean | null {
  const said = [
    ...fields.matching(moreName).map(([, value]) => booleanOf(value) ?? typeof value === 'number'),
    ...['next', 'nextpage'].map((name) => (fields.first(name) === true ? true : null)),
    // Elsewhere the last page is a number or a link.
    ...fields.matching(endName).map(([, value]) => (typeof value === 'boolean' ? !value : null)),
  ].filter((each) => each !== null);
  return said.length === 0 ? null : said.includes(true);
}

function cursorOf(fields: PageFields): NextPage | null {
  for (const [name, parameter] of Object.entries(cursorNames)) {
    const value = fields.first(name);
    if (isRaw(value) && Object.keys(value).length > 0) return { kind: 'lost' };
    if (typeof value === 'string' && value !== '') {
      return value.length <= maxCursorLength ? { kind: 'cursor', parameter, value } : { kind: 'lost' };
    }
  }
  return null;
}

/** Where the rows behind these begin: as it is said, or counted from where these begin. */
function offsetOf(fields: PageFields, total: number | null, rows: number): NextPage | null {
  for (const [name, parameter] of Object.entries(offsetNames)) {
    const value = fields.count(name);
    if (value !== null && value > 0 && (total === null || value < total)) {
      return { kind: 'cursor', parameter, value: String(value) };
    }
  }
  if (total === null || rows === 0 || fields.first('currentpage', 'pagenumber', 'page') !== null) return null;
  for (const parameter of ['offset', 'skip']) {
    const value = fields.count(parameter);
    if (value === null) continue;
    const next = value + rows;
    return next < total ? { kind: 'cursor', parameter, value: String(next) } : { kind: 'end' };
  }
  return null;
}

/** Takes the number or the cursor out of a link. Null where there is no next page: the link is empty. */
function nextOfLink(link: unknown): NextPage | null {
  if (isRaw(link)) return nextOfLink(link['href'] ?? link['url'] ?? null);
  if (typeof link === 'number' && isPage(link)) return { kind: 'number', parameter: 'page', page: link };
  if (typeof link !== 'string' || link === '') return null;
  // No link, but what another list would have in it.
  if (/^\d+$/.test(link) && isPage(Number(link)))
    return { kind: 'number', parameter: 'page', page: Number(link) };
  if (!/[?:]|^[./]/.test(link))
    return link.length <= maxCursorLength
      ? { kind: 'cursor', parameter: 'cursor', value: link }
      : { kind: 'lost' };
  const base = 'https://list.invalid/';
  if (!URL.canParse(link, base)) return { kind: 'lost' };
  const { searchParams } = new URL(link, base);
  for (const parameter of pageParameters) {
    const page = numberOf(searchParams.get(parameter));
    if (page !== null && isPage(page)) return { kind: 'number', parameter, page };
  }
  for (const parameter of cursorParameters) {
    const value = searchParams.get(parameter) ?? '';
    if (value !== '' && value.length <= maxCursorLength) return { kind: 'cursor', parameter, value };
  }
  return { kind: 'lost' };
}

/** `<…?page=2>; rel="next"` */
function headerLink(headers: AnswerHeaders): string | null {
  const header = headers.get('link')?.slice(0, 8_000) ?? '';
  return /<([^<>]*)>[^<>,]*;\s*rel="?next"?(?![\w-])/i.exec(header)?.[1] ?? null;
}

/**
 * Rows of the whole list. In a body that says nothing else of pages a bare `total` that is smaller than the page is none
 * of rows, and a bare `count` that is no larger than the page is the page's own.
 */
function totalOf(fields: PageFields, paging: number | null, rows: number): number | null {
  const named = fields.count(...fields.matching(totalName).map(([name]) => name));
  if (named !== null) return named;
  const total = fields.count('total');
  if (total !== null) {
    const isSure = paging !== null || fields.isNested('total') || fields.has('nextpageurl');
    if (isSure || total >= rows) return total;
  }
  const count = fields.count(...countNames);
  const isOfList = fields.has('next') && fields.has('previous');
  return count !== null && (isOfList || count > rows) ? count : null;
}

function isPage(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= pageLimit;
}
