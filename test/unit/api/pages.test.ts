import { describe, expect, it } from 'vitest';
import { pageFacts } from '../../../main/api/pages.ts';

const nextOf = (body: unknown, headers: Record<string, string> = {}, rows = 15) =>
  pageFacts(body, new Headers(headers), { rows, isFirst: true }).next;
const second = { kind: 'number', parameter: 'page', page: 2 };

describe('the next page', () => {
  it.each<[string, unknown]>([
    ['a link', { data: [], next_page_url: 'https://api.test/api/instances?page=2' }],
    ['a link without TLS', { data: [], next_page_url: 'http://api.test/api/instances?page=2' }],
    ['a link to another host', { data: [], next_page_url: 'https://evil.test/?page=2' }],
    ['a link to another path', { links: { next: '/other?token=x&page=2' } }],
    ['a query alone', { links: { next: '?page=2' } }],
    ['an object with a link', { _links: { next: { href: '/api/instances?page=2' } } }],
    [
      'a list of links',
      {
        links: [
          { url: '?page=1', label: '1' },
          { url: '?page=2', label: 'Next &raquo;' },
        ],
      },
    ],
    ['numbers in meta', { meta: { current_page: 1, last_page: 2 } }],
    ['numbers as texts', { meta: { current_page: '1', last_page: '2' } }],
    ['numbers in the body', { current_page: 1, last_page: 2 }],
    ['numbers in data', { data: { data: [], current_page: 1, last_page: 2 } }],
    ['camelCase', { meta: { currentPage: 1, lastPage: 2 } }],
    ['camelCase link', { nextPageUrl: 'http://x/?page=2' }],
    ['a pagination object', { meta: { pagination: { current_page: 1, total_pages: 2 } } }],
    ['a total and a size', { meta: { total: 23, per_page: 15, current_page: 1 } }],
    ['more to come', { data: [], page: 1, has_more: true }],
    ['a number', { next_page: 2 }],
    ['a total that is larger than the page', { instances: [], total: 23 }],
    ['a count that is larger than the page', { count: 23 }],
    ['a link under the name of a number', { next_page: 'https://api.test/api/instances?page=2' }],
    ['Cloudflare’s result_info', { result_info: { page: 1, per_page: 15, count: 15, total_count: 23 } }],
    ['metadata', { metadata: { page: 1, page_count: 2 } }],
    ['a summary', { summary: { total: 23, running: 20 } }],
    ['pages', { pages: { current: 1, total: 2 } }],
    ['pages with a size', { pages: { page: 1, per_page: 15, total: 23 } }],
    ['the last of pages', { pages: { current: 1, last: 2 } }],
    ['Spring’s page', { number: 1, size: 15, totalElements: 23, last: false }],
    ['DataTables', { draw: 1, recordsTotal: 23, recordsFiltered: 23 }],
    ['OData’s count', { '@odata.count': 23, value: [] }],
    ['no last page', { isLast: false }],
    ['not being complete', { meta: { is_complete: false } }],
    ['more', { more: true }],
    ['a number of more', { more: 8 }],
    ['having been truncated', { truncated: true }],
    ['incomplete results', { incomplete_results: 'true' }],
    ['a total of objects', { hits: { total: { value: 23, relation: 'eq' } } }],
    ['a next page that is only said to be', { next: true }],
    [
      'a link that says nothing beside numbers',
      { links: { next: 'https://evil.test/' }, meta: { current_page: 1, last_page: 2 } },
    ],
  ])('is read from %s', (_, body) => expect(nextOf(body)).toEqual(second));

  it('is read from a Link header', () => {
    expect(
      nextOf([], { link: '<https://evil.test/x?page=1>; rel="prev", <http://x/?page=2>; rel="next"' }),
    ).toEqual(second);
  });

  it.each<[Record<string, string>]>([
    [{ 'X-Next-Page': '2', 'X-Page': '1' }],
    [{ 'X-Total-Pages': '2' }],
    [{ 'Content-Range': 'items 0-14/23' }],
    [{ 'X-Pagination-Total-Count': '23' }],
    [{ 'X-Pagination-Page-Count': '2', 'X-Pagination-Current-Page': '1' }],
    [{ 'X-WP-Total': '23', 'X-WP-TotalPages': '2' }],
    [{ 'X-Total-Count': '23' }],
    [{ 'Total-Count': '23' }],
    [{ 'X-Has-More': 'true' }],
    [{ 'X-Pagination': '{"TotalCount":23,"PageSize":15,"CurrentPage":1}' }],
  ])('is read from the headers %j', (headers) => expect(nextOf([], headers)).toEqual(second));

  it.each<[unknown, unknown]>([
    [{ next_offset: 15 }, { kind: 'cursor', parameter: 'offset', value: '15' }],
    [
      { offset: 0, limit: 15, total: 23 },
      { kind: 'cursor', parameter: 'offset', value: '15' },
    ],
    [{ meta: { skip: 15, take: 15, totalCount: 40 } }, { kind: 'cursor', parameter: 'skip', value: '30' }],
    [
      { '@odata.nextLink': 'https://api.test/instances?$skip=15' },
      { kind: 'cursor', parameter: '$skip', value: '15' },
    ],
    [{ continuation: 'abc' }, { kind: 'cursor', parameter: 'continuation', value: 'abc' }],
    [{ continuation: { id: 15 } }, { kind: 'lost' }],
    [
      { NextMarker: 'abc', IsTruncated: true },
      { kind: 'cursor', parameter: 'marker', value: 'abc' },
    ],
    [{ meta: { next_cursor: 'abc' } }, { kind: 'cursor', parameter: 'cursor', value: 'abc' }],
    [
      { links: { next: 'https://evil.test/?cursor=abc%3D' } },
      { kind: 'cursor', parameter: 'cursor', value: 'abc=' },
    ],
    [
      { next: 'http://x/?limit=15&offset=15', previous: null },
      { kind: 'cursor', parameter: 'offset', value: '15' },
    ],
    [{ nextPageToken: 'abc' }, { kind: 'cursor', parameter: 'page_token', value: 'abc' }],
    [{ links: { next: '?page%5Bnumber%5D=2' } }, { kind: 'number', parameter: 'page[number]', page: 2 }],
  ])('of %j is %j', (body, next) => expect(nextOf(body)).toEqual(next));

  it.each<[unknown]>([
    [[]],
    [{ data: [] }],
    [{ data: [], links: [{ url: null, label: 'Next' }], next_page_url: null, current_page: 3, last_page: 3 }],
    [{ meta: { current_page: 1e300, last_page: Infinity } }],
    [{ meta: { current_page: 'x', last_page: 'y' } }],
    [{ instances: [], total: 15 }],
    [{ count: 15 }],
    [{ count: 7 }],
    [{ pages: { current: 2, total: 2 } }],
    [{ isLast: true, more: false, truncated: false, next_page: null }],
    [{ next_offset: null, offset: 15, limit: 15, total: 30 }],
    [{ page: 2, next_page: 1 }],
    [{ transactions: [], total: '5230.00' }],
    [{ transactions: [], total: 52.3 }],
    [{ transactions: [], total_cents: 5_230 }],
    [{ invoices: [], total: 5_230, currency: 'USD' }],
    [{ data: [], summary: { total: 5_230, total_spent: 4_000 } }],
  ])('of %j does not exist', (body) => expect(nextOf(body)).toEqual({ kind: 'end' }));

  it('is not guessed from a size behind a cursor', () => {
    const body = { data: [], next_cursor: null, per_page: 15, total: 23 };
    expect(pageFacts(body, new Headers(), { rows: 8, isFirst: false }).next).toEqual({ kind: 'end' });
  });

  it('that cannot be found is not taken for the end', () => {
    expect(nextOf({ data: [], next_page_url: 'https://evil.test/instances' })).toEqual({ kind: 'lost' });
  });
});

describe('the number of rows', () => {
  it.each<[unknown, number | null]>([
    [{ meta: { total: 23 } }, 23],
    [{ total: 23, per_page: 15 }, 23],
    [{ totalCount: '23' }, 23],
    [{ count: 23, next: null, previous: null, results: [] }, 23],
    [{ data: [], total: 523 }, 523],
    [{ count: 23 }, 23],
    // The page's own, and a total of something else.
    [{ count: 15 }, null],
    [{ data: [], total: 3 }, null],
    [{ data: [], total: '523.00' }, null],
    [{ data: [], total: 523.5 }, null],
    [{ data: [], total: 523, currency: 'USD' }, null],
    [{ data: [], summary: { total: 523, total_spent: 400 }, total: 23 }, 23],
    [{ recordsTotal: 23, recordsFiltered: 15 }, 23],
    [{ pages: { current: 1, total: 2 } }, null],
  ])('in %j is %j', (body, total) =>
    expect(pageFacts(body, new Headers(), { rows: 15, isFirst: true }).total).toBe(total),
  );

  it('is not guessed from a later page, which may be a short one', () => {
    const later = pageFacts({ total: 23 }, new Headers(), { rows: 8, isFirst: false });
    expect(later).toEqual({ next: { kind: 'end' }, page: null, last: null, total: 23 });
  });
});
