import { folded } from './read/fields.ts';
import { isRaw, numberOf, opened, textOf, type Raw } from './read/values.ts';
import type { AnswerHeaders } from './fetch.ts';

/** Objects of a body that paging can be described in. */
const holderNames = new Set(
  (
    'meta metadata pagination paginationinfo paging paginginfo paginator pager pageable pageinfo pagemeta page pages cursor cursors ' +
    'links data result response resultinfo resultset listinfo listmeta listmetadata responsemetadata info summary hits nav navigation'
  ).split(' '),
);
/** Holders that are about pages: their `total` is one of pages where they have no size of a page. */
const pageHolders = new Set(['page', 'pages']);
const sizeNames = ['perpage', 'pagesize', 'limit', 'itemsperpage', 'size'];
const pageNames = ['currentpage', 'pagenumber', 'page', 'number', 'current', 'lastpage', 'totalpages'];
/** What stands beside a total that is an amount. */
const moneyName =
  /^(?:currency|subtotal|tax|vat|discount|due|paid|spent|amount\w*|total(?:amount|cents|usd|dollars|spent|paid|due|incents))$/;
/** A field whose object says no more than that there is one. */
const keptObjects = /^(?:next|total)$|continuation|lastevaluatedkey/;
/** Headers that can describe paging: `X-Total-Count`, `X-Pagination-Page-Count`, `Total-Count`. */
const headerName =
  /^(?:x-)?(?:wp-|pagination-|paging-)?((?:total|next|page|per|current|last|has|count|continuation).*)$/;
const headerLimit = 4_000;

/**
 * The fields that describe paging, by their names in small letters and digits alone. Inner objects go before the body,
 * and the body before the headers.
 */
export class PageFields {
  readonly #values = new Map<string, unknown>();
  readonly #nested = new Set<string>();
  #links: unknown;

  constructor(body: unknown, headers: AnswerHeaders) {
    if (isRaw(body)) this.#read(body, 0, '');
    const pagination = opened(headers.get('x-pagination')?.slice(0, headerLimit));
    if (isRaw(pagination)) this.#read(pagination, 1, '');
    this.#readHeaders(headers);
  }

  /** The first of these that is neither absent nor null. */
  first(...names: readonly string[]): unknown {
    return (
      names.map((name) => this.#values.get(name)).find((value) => value !== undefined && value !== null) ??
      null
    );
  }

  /** The first of these that is a number of things: whole, and not below zero. */
  count(...names: readonly string[]): number | null {
    return names.map((name) => countOf(this.#values.get(name))).find((value) => value !== null) ?? null;
  }

  /** The names and values that `name` matches. */
  matching(name: RegExp): readonly (readonly [name: string, value: unknown])[] {
    return [...this.#values].filter(([each, value]) => value !== null && name.test(each));
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** True for a field of an object inside the body, or of a header. */
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

  #read(holder: Raw, depth: number, holderName: string): void {
    const fields = Object.entries(holder)
      .slice(0, 100)
      .map(([name, value]) => [folded(name), value] as const);
    for (const [name, value] of fields) {
      if (isRaw(value) && holderNames.has(name) && depth < 3) this.#read(value, depth + 1, name);
      else if (name === 'links') this.#links ??= value;
    }
    const hasAny = (names: readonly string[]): boolean => fields.some(([name]) => names.includes(name));
    const isOfPages = pageHolders.has(holderName) && !hasAny(sizeNames);
    const isMoney = fields.some(([name]) => moneyName.test(name)) && !hasAny([...sizeNames, ...pageNames]);
    for (const [name, value] of fields) {
      if (Array.isArray(value) || (isRaw(value) && !keptObjects.test(name))) continue;
      if (name === 'total' && isMoney) continue;
      const isPages = isOfPages && /^(?:total|count|last)$/.test(name) && typeof value !== 'boolean';
      this.#set(isPages ? 'totalpages' : name, value, depth > 0);
    }
  }

  #readHeaders(headers: AnswerHeaders): void {
    headers.forEach((value, header) => {
      const name = headerName.exec(header)?.[1];
      if (name !== undefined && value !== '' && value.length <= headerLimit) {
        this.#set(folded(name), value, true);
      }
    });
    // `items 0-14/23`; of an answer in parts of a file it is in bytes.
    const range = /^(?!bytes)[a-z-]*\s*(?:\d+-\d+|\*)\/(\d+)$/i.exec(headers.get('content-range') ?? '');
    if (range !== null) this.#set('totalcount', range[1], true);
  }

  #set(name: string, value: unknown, isNested: boolean): void {
    const before = this.#values.get(name);
    if (before !== undefined && before !== null) return;
    this.#values.set(name, value);
    if (isNested) this.#nested.add(name);
  }
}

/** A number of things; a text with a decimal point is an amount, also where its fraction is zero. */
function countOf(raw: unknown): number | null {
  const plain = isRaw(raw) ? (raw['value'] ?? raw['count']) : raw;
  if (typeof plain === 'string' && !/^\s*\d+\s*$/.test(plain)) return null;
  const value = numberOf(plain);
  return value !== null && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
