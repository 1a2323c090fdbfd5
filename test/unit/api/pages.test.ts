import { describe, expect, it } from 'vitest';
import { pageFacts } from '../../../main/api/pages.ts';

const nextOf = (body: unknown, headers: Record<string, string> = {}) =>
  pageFacts(body, new Headers(headers)).next;
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

  it.each<[unknown, unknown]>([
    [{ meta: { next_cursor: 'abc' } }, { kind: 'mark', parameter: 'cursor', value: 'abc' }],
    [
      { links: { next: 'https://evil.test/?cursor=abc%3D' } },
      { kind: 'mark', parameter: 'cursor', value: 'abc=' },
    ],
    [
      { next: 'http://x/?limit=15&offset=15', previous: null },
      { kind: 'mark', parameter: 'offset', value: '15' },
    ],
    [{ nextPageToken: 'abc' }, { kind: 'mark', parameter: 'page_token', value: 'abc' }],
    [{ links: { next: '?page%5Bnumber%5D=2' } }, { kind: 'number', parameter: 'page[number]', page: 2 }],
  ])('of %j is %j', (body, next) => expect(nextOf(body)).toEqual(next));

  it.each<[unknown]>([
    [[]],
    [{ data: [] }],
    [{ data: [], links: [{ url: null, label: 'Next' }], next_page_url: null, current_page: 3, last_page: 3 }],
    [{ meta: { current_page: 1e300, last_page: Infinity } }],
    [{ meta: { current_page: 'x', last_page: 'y' } }],
    [{ data: [], total: 523_000 }],
  ])('of %j does not exist', (body) => expect(nextOf(body)).toEqual({ kind: 'end' }));

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
    [{ data: [], total: 523 }, null],
  ])('in %j is %j', (body, total) => expect(pageFacts(body, new Headers()).total).toBe(total));
});
