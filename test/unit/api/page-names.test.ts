import { describe, expect, it } from 'vitest';
import { pageFacts } from '../../../main/api/pages.ts';

const facts = (body: unknown, rows = 15, headers: Record<string, string> = {}) =>
  pageFacts(body, new Headers(headers), { rows, isFirst: true });
const nextOf = (body: unknown, rows = 15) => facts(body, rows).next;
const end = { kind: 'end' };
const lost = { kind: 'lost' };
const number = (page: number, parameter = 'page') => ({ kind: 'number', parameter, page });
const cursor = (parameter: string, value: string) => ({ kind: 'cursor', parameter, value });

describe('a link to the next page', () => {
  it.each(
    'next_page_url next_url nextLink next next_page next_page_link nextHref @odata.nextLink'.split(' '),
  )('can be called %s', (name) => {
    expect(nextOf({ [name]: 'https://evil.test/x?page=3' })).toEqual(number(3));
  });

  it('can be an object', () => {
    expect(nextOf({ next: { href: '/x?page=3' } })).toEqual(number(3));
    expect(nextOf({ next: { url: '/x?page=3' } })).toEqual(number(3));
    expect(nextOf({ next: {} })).toEqual(end);
  });

  it.each(['page', 'page[number]', 'pageNumber', 'page_number', 'p'])('can number it by %s', (name) => {
    expect(nextOf({ next: `/x?${encodeURIComponent(name)}=3` })).toEqual(number(3, name));
  });

  it.each([
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
    ...['continuation', 'continuationToken', 'continuation_token', '$skiptoken', 'marker', 'starting_after'],
    ...['offset', 'page[offset]', 'skip', '$skip', 'start'],
  ])('can lead there by %s', (name) => {
    expect(nextOf({ next: `/x?${encodeURIComponent(name)}=abc` })).toEqual(cursor(name, 'abc'));
  });

  it.each([
    ['?page=0', lost],
    ['?page=1.5', lost],
    ['?page=1000001', lost],
    ['?page=1000000', number(1_000_000)],
    ['?cursor=', lost],
    ['/x', lost],
    ['http://[', lost],
    [`?cursor=${'x'.repeat(2_001)}`, lost],
    [`?cursor=${'x'.repeat(2_000)}`, cursor('cursor', 'x'.repeat(2_000))],
    // No link at all, but what stands in one.
    ['abc', cursor('cursor', 'abc')],
    ['x'.repeat(2_001), lost],
    ['abc.def/', cursor('cursor', 'abc.def/')],
    ['3', number(3)],
    ['12', number(12)],
    ['2000000', cursor('cursor', '2000000')],
    [2_000_000, end],
    [3, number(3)],
    [0, end],
    ['', end],
    [false, end],
  ])('%j leads to %j', (next, expected) => expect(nextOf({ next })).toEqual(expected));

  it('can be a number alone', () => {
    expect(nextOf({ next_page_number: 3 })).toEqual(number(3));
    expect(nextOf({ next_page_number: 3, page: 2 })).toEqual(number(3));
    expect(nextOf({ next_page_number: 3, page: 3 })).toEqual(end);
    expect(nextOf({ next_page_number: 1 })).toEqual(end);
  });

  it('is nothing where it does not lead onwards', () => {
    expect(nextOf({ next_page: 2, page: 2, last_page: 2 })).toEqual(end);
    expect(nextOf({ next_page: 1 })).toEqual(end);
    expect(nextOf({ next_page: 3, page: 2 })).toEqual(number(3));
    // A whole link that does not lead onwards is one that goes round: it is followed, and found out.
    expect(nextOf({ next: { href: '?page=1' } })).toEqual(number(1));
  });

  it('can be one of a list, by its words', () => {
    const links = (label: string) => ({
      data: [],
      links: [
        { url: '?page=9', label: '9' },
        { url: '?page=2', label },
      ],
    });
    expect(['Next &raquo;', 'next', 'Next page'].map((label) => nextOf(links(label)))).toEqual([
      number(2),
      number(2),
      number(2),
    ]);
    expect(nextOf({ links: [{ rel: 'next', url: '?page=2' }] })).toEqual(number(2));
    expect(nextOf(links('Last'))).toEqual(end);
    expect(nextOf({ data: [], links: 'Next' })).toEqual(end);
    expect(nextOf({ data: [], links: [null, 'next', { label: 7, url: '?page=2' }] })).toEqual(end);
  });

  it.each([
    ['<http://x/?page=3>; rel="next"', number(3)],
    ['<http://x/?page=3>; rel=next', number(3)],
    ['<http://x/?page=9>; rel="last", <http://x/?page=3>; title="a"; REL="next"', number(3)],
    ['<http://x/?page=3>; rel="prev"', end],
    ['<http://x/?page=3>; rel="next-archive"', end],
    ['http://x/?page=3; rel="next"', end],
    [`${' '.repeat(10)}<http://x/?page=3>;${' '.repeat(8_100)}rel="next"`, end],
  ])('in a header: %s', (link, expected) => {
    expect(facts([], 15, { link }).next).toEqual(expected);
  });
});

describe('a cursor', () => {
  it.each([
    ['next_cursor', 'cursor'],
    ['next_page_token', 'page_token'],
    ['endCursor', 'cursor'],
    ['next_page_cursor', 'cursor'],
    ['continuation', 'continuation'],
    ['continuation_token', 'continuation_token'],
    ['next_continuation_token', 'continuation_token'],
    ['nextToken', 'next_token'],
    ['NextMarker', 'marker'],
    ['LastEvaluatedKey', 'cursor'],
  ])('%s goes out as %s', (name, parameter) => {
    expect(nextOf({ meta: { [name]: 'abc' } })).toEqual(cursor(parameter, 'abc'));
    expect(nextOf({ [name]: 'abc', has_more: false })).toEqual(end);
    expect(nextOf({ [name]: '' })).toEqual(end);
    expect(nextOf({ [name]: 'x'.repeat(2_001) })).toEqual(lost);
  });

  it('that is an object cannot be sent', () => {
    expect(nextOf({ LastEvaluatedKey: { id: 5 } })).toEqual(lost);
    expect(nextOf({ LastEvaluatedKey: {} })).toEqual(end);
  });

  it.each([
    ['next_offset', 'offset'],
    ['next_skip', 'skip'],
    ['next_start', 'start'],
  ])('%s counts rows, and goes out as %s', (name, parameter) => {
    expect(nextOf({ [name]: 15, total: 23 })).toEqual(cursor(parameter, '15'));
    expect(nextOf({ [name]: 15 })).toEqual(cursor(parameter, '15'));
    expect(nextOf({ [name]: 0 })).toEqual(end);
    expect(nextOf({ [name]: 23, meta: { total: 23, per_page: 23 } })).toEqual(end);
  });

  it.each(['offset', 'skip'])('is counted from an %s and its rows', (name) => {
    expect(nextOf({ [name]: 15, meta: { total: 31 } })).toEqual(cursor(name, '30'));
    expect(nextOf({ [name]: 15, meta: { total: 30 } })).toEqual(end);
    expect(nextOf({ [name]: 15, meta: { total: 31 } }, 0)).toEqual(end);
    expect(nextOf({ [name]: 0, meta: { total: 31, page: 1, per_page: 15 } })).toEqual(number(2));
  });
});

describe('more to come', () => {
  it.each(
    [
      ...[
        'has_more',
        'hasNext',
        'has_next_page',
        'hasMorePages',
        'is_more',
        'areMore',
        'there_are_more',
        'more',
      ],
      ...['has_additional_results', 'hasMoreItems', 'has_more_rows', 'has_more_records', 'has_more_data'],
      ...[
        'more_pages',
        'moreResults',
        'more_items',
        'more_available',
        'remaining',
        'remaining_pages',
        'remainingRows',
      ],
      ...[
        'truncated',
        'is_truncated',
        'results_truncated',
        'list_truncated',
        'partial',
        'is_partial',
        'incomplete',
      ],
      ...['incomplete_results', 'isIncomplete', 'partial_results'],
    ].filter((name) => name !== 'there_are_more'),
  )('is said by %s', (name) => {
    expect(nextOf({ [name]: true })).toEqual(number(2));
    expect(nextOf({ [name]: 'yes', page: 4 })).toEqual(number(5));
    expect(nextOf({ [name]: false })).toEqual(end);
    expect(nextOf({ [name]: 8 })).toEqual(number(2));
    expect(nextOf({ [name]: 'perhaps' })).toEqual(end);
  });

  it.each([
    ...[
      'last',
      'is_last',
      'isLastPage',
      'end',
      'end_of_list',
      'final',
      'finalPage',
      'complete',
      'is_complete',
    ],
    ...['completed', 'finished', 'done', 'exhausted', 'eof'],
  ])('is said by a no to %s', (name) => {
    expect(nextOf({ [name]: false })).toEqual(number(2));
    expect(nextOf({ [name]: true })).toEqual(end);
    expect(nextOf({ [name]: 'false' })).toEqual(end);
  });

  it('is followed where one says yes and another no', () => {
    expect(nextOf({ has_more: true, is_last: true })).toEqual(number(2));
    expect(nextOf({ has_more: false, is_last: false })).toEqual(number(2));
    expect(nextOf({ has_more: false, next: true })).toEqual(number(2));
    expect(nextOf({ next_page: true })).toEqual(number(2));
    expect(nextOf({ next: 'https://evil.test/x', has_more: true })).toEqual(number(2));
  });
});
