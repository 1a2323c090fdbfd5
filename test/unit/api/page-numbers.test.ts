import { describe, expect, it } from 'vitest';
import { isCutShort, pageFacts } from '../../../main/api/pages.ts';

const facts = (body: unknown, rows = 15, headers: Record<string, string> = {}) =>
  pageFacts(body, new Headers(headers), { rows, isFirst: true });
const nextOf = (body: unknown, rows = 15) => facts(body, rows).next;
const end = { kind: 'end' };
const number = (page: number, parameter = 'page') => ({ kind: 'number', parameter, page });

describe('the numbers of a page', () => {
  it.each(['current_page', 'pageNumber', 'page', 'number', 'current'])('its own is in %s', (name) => {
    expect(facts({ meta: { [name]: 2, last_page: 3 } })).toMatchObject({ page: 2, last: 3, next: number(3) });
  });

  it.each(['last_page', 'total_pages', 'pageCount', 'pages', 'num_pages', 'last_page_number', 'pages_total'])(
    'the last one’s is in %s',
    (name) => {
      expect(facts({ page: 1, [name]: 3 })).toMatchObject({ last: 3, next: number(2) });
      expect(facts({ page: 3, [name]: 3 }).next).toEqual(end);
    },
  );

  it.each(['per_page', 'pageSize', 'limit', 'items_per_page', 'size'])(
    '%s and a total tell the last',
    (name) => {
      expect(facts({ [name]: 10, total: 21 }).last).toBe(3);
      expect(facts({ [name]: 10, total: 20 }).last).toBe(2);
      expect(facts({ [name]: 0, total: 20 }).last).toBeNull();
    },
  );

  it('are told by the rows of the first page, where nothing else does', () => {
    expect(facts({ meta: { total: 31 } }).last).toBe(3);
    expect(facts({ meta: { total: 31 } }, 0).last).toBeNull();
    const later = pageFacts({ meta: { total: 31 } }, new Headers(), { rows: 15, isFirst: false });
    expect(later).toEqual({ next: end, page: null, last: null, total: 31 });
  });

  it.each([
    ...[
      'total_count',
      'totalItems',
      'total_elements',
      'total_records',
      'totalResults',
      'total_rows',
      'total_entries',
    ],
    ...[
      'total_hits',
      'overall_count',
      'total_number_of_items',
      'number_of_total_results',
      'total_docs',
      'total_documents',
    ],
    ...['total_objects', 'total_matches', 'total_instances', 'total_servers', 'total_keys', 'total_tokens'],
    ...[
      'total_transactions',
      'total_conversations',
      'total_apps',
      'total_items_count',
      'count_total',
      'items_total',
    ],
    ...[
      'recordsTotal',
      'results_total',
      'rows_total',
      'entries_total',
      '@odata.count',
      'count_all',
      'full_count',
    ],
  ])('the rows of all pages are in %s', (name) => {
    expect(facts({ [name]: 3 }).total).toBe(3);
    expect(facts({ [name]: '23' }).total).toBe(23);
    expect(facts({ [name]: { value: 23 } }).total).toBeNull();
  });

  it.each([
    'count',
    'item_count',
    'items_count',
    'record_count',
    'row_count',
    'result_count',
    'results_count',
  ])('%s is the page’s own unless it is larger', (name) => {
    expect([facts({ [name]: 16 }).total, facts({ [name]: 15 }).total]).toEqual([16, null]);
    expect(facts({ [name]: 15, next: null, previous: null }).total).toBe(15);
    expect(facts({ [name]: 15, next: null }).total).toBeNull();
    expect(facts({ [name]: 15, previous: null }).total).toBeNull();
  });

  it('a bare total counts where it is about pages, or no smaller than the page', () => {
    expect(facts({ total: 15 }).total).toBe(15);
    expect(facts({ total: 3 }).total).toBeNull();
    expect(facts({ total: 3, page: 1 }).total).toBe(3);
    expect(facts({ total: 3, per_page: 15 }).total).toBe(3);
    expect(facts({ total: 3, next_page_url: null }).total).toBe(3);
    expect(facts({ meta: { total: 3 } }).total).toBe(3);
    expect(facts({ total: -1 }).total).toBeNull();
    expect(facts({ total: 2 ** 53 }).total).toBeNull();
  });

  it.each([
    'currency',
    'subtotal',
    'tax',
    'vat',
    'discount',
    'due',
    'paid',
    'spent',
    'amount',
    'amount_due',
    'total_cents',
    'total_usd',
  ])('a total beside %s is money', (name) => {
    expect(facts({ total: 523, [name]: 1 }).total).toBeNull();
    expect(facts({ total: 523, [name]: 1, per_page: 15 }).total).toBe(523);
    expect(facts({ total: 523, [name]: 1, last_page: 35 }).total).toBe(523);
  });
});

describe('what describes the pages', () => {
  it.each([
    ...[
      'meta',
      'metadata',
      'pagination',
      'pagination_info',
      'paging',
      'paging_info',
      'paginator',
      'pager',
      'pageable',
    ],
    ...[
      'page_info',
      'page_meta',
      'cursor',
      'cursors',
      'links',
      'data',
      'result',
      'response',
      'result_info',
      'result_set',
    ],
    ...[
      'list_info',
      'list_meta',
      'list_metadata',
      'response_metadata',
      'info',
      'summary',
      'hits',
      'nav',
      'navigation',
    ],
  ])('can lie in %s', (name) => {
    expect(nextOf({ items: [], [name]: { current_page: 1, last_page: 2 } })).toEqual(number(2));
    expect(nextOf({ [name]: { pagination: { current_page: 1, last_page: 2 } } })).toEqual(number(2));
  });

  it.each(['page', 'pages'])('can lie in %s, where a total is one of pages', (name) => {
    expect(facts({ [name]: { number: 1, total: 2 } })).toMatchObject({ last: 2, total: null });
    expect(facts({ [name]: { number: 1, count: 2 } })).toMatchObject({ last: 2, total: null });
    expect(facts({ [name]: { number: 1, total: 23, size: 15 } })).toMatchObject({ last: 2, total: 23 });
    expect(facts({ [name]: { last: false, number: 1 } }).next).toEqual(number(2));
  });

  it('is no further than three objects inside, and in nothing else', () => {
    const found = { last_page: 2 };
    expect(nextOf({ data: { meta: { pagination: found } } })).toEqual(number(2));
    expect(nextOf({ data: { result: { meta: { pagination: found } } } })).toEqual(end);
    expect(nextOf({ server: found })).toEqual(end);
    expect(nextOf({ data: [found] })).toEqual(end);
  });

  it('goes by what is inside before what is around it, and by the body before a header', () => {
    expect(facts({ page: 9, meta: { page: 2, last_page: 3 } }).page).toBe(2);
    expect(facts({ meta: { page: null, last_page: 3 }, page: 2 }).page).toBe(2);
    expect(facts({ meta: { total: 3 } }, 3, { 'x-total-count': '9' }).total).toBe(9);
    expect(facts({ meta: { total_count: 3 } }, 3, { 'x-total-count': '9' }).total).toBe(3);
  });

  it.each([
    [{ 'content-range': 'instances 0-14/23' }, 23],
    [{ 'content-range': '*/23' }, 23],
    [{ 'content-range': '0-14/23' }, 23],
    [{ 'content-range': 'bytes 0-14/23' }, null],
    [{ 'content-range': 'items 0-14/*' }, null],
    [{ 'x-total-count': '' }, null],
    [{ 'x-total-count': `${'0'.repeat(4_000)}23` }, null],
    [{ 'x-subtotal-count': '23' }, null],
    [{ 'x-pagination': '{"total_count":23}' }, 23],
    [{ 'x-pagination': '23' }, null],
  ] as [Record<string, string>, number | null][])('can be a header: %j counts %j', (headers, total) => {
    expect(facts([], 15, headers).total).toBe(total);
  });
});

it('a list inside an answer is cut where more is said to be', () => {
  expect(isCutShort({ data: [], total: 4 }, 0)).toBe(true);
  expect(isCutShort({ data: [], meta: { total: 2 } }, 2)).toBe(false);
  expect(isCutShort({ has_more: true }, 2)).toBe(true);
  expect(isCutShort({ data: [] }, 2)).toBe(false);
  expect(isCutShort('{"meta":{"total":3}}', 2)).toBe(true);
  expect(isCutShort([], 2)).toBe(false);
});
