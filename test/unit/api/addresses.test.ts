import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultBaseUrl, parseBaseUrl } from '../../../main/api/index.ts';
import { nextPage } from '../../../main/api/pages.ts';
import { requestUrl } from '../../../main/api/request-url.ts';

describe('a base URL', () => {
  it.each([
    [defaultBaseUrl, defaultBaseUrl],
    [' https://api.evorxa.com/api/ ', 'https://api.evorxa.com/api'],
    ['https://API.Evorxa.com:443/api', 'https://api.evorxa.com/api'],
    ['https://example.com', 'https://example.com'],
    ['https://example.com/a/../b//', 'https://example.com/b'],
    ['http://localhost:8080/api', 'http://localhost:8080/api'],
    ['http://127.0.0.1:8080/api', 'http://127.0.0.1:8080/api'],
    ['http://127.1/api', 'http://127.0.0.1/api'],
    ['http://127.9.8.7', 'http://127.9.8.7'],
    ['http://[::1]:8080/api', 'http://[::1]:8080/api'],
  ])('%s is taken as %s', (text, url) => {
    expect(parseBaseUrl(text)).toEqual({ ok: true, value: url });
  });

  it.each([
    ['', /not an address/],
    ['api.evorxa.com/api', /not an address/],
    ['http://api.evorxa.com/api', /https/],
    ['http://127.0.0.1.example.com', /https/],
    ['http://localhost.example.com', /https/],
    ['http://128.0.0.1', /https/],
    ['http://[::2]', /https/],
    ['ftp://api.evorxa.com', /https/],
    ['javascript:alert(1)', /https/],
    ['file:///etc/passwd', /https/],
    ['https://jane@api.evorxa.com/api', /user name/],
    ['https://jane:pw@api.evorxa.com/api', /user name/],
    ['https://api.evorxa.com/api?x=1', /\?/],
    ['https://api.evorxa.com/api#x', /#/],
  ])('%s is refused', (text, reason) => {
    const result = parseBaseUrl(text);
    expect(result).toMatchObject({ ok: false, error: { kind: 'bad-request' } });
    expect(!result.ok && result.error.message).toMatch(reason);
  });
});

describe('the address of a request', () => {
  it('never leaves its place, whatever an id is', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('..', '.', '../..', '%2e%2e', '\ud800', '')),
        (id) => {
          const url = requestUrl(
            defaultBaseUrl,
            '/instances/{id}/power/{action}',
            { id, action: 'boot' },
            {},
          );
          if (url === null) {
            expect(id).toMatch(/^\.{0,2}$/);
            return;
          }
          expect(url.origin).toBe('https://api.evorxa.com');
          expect(url.pathname).toMatch(/^\/api\/instances\/[^/]+\/power\/boot$/);
          expect(url.search + url.hash).toBe('');
        },
      ),
    );
  });
});

describe('the next page', () => {
  const current = new URL('https://api.test/api/instances?limit=50');

  it.each([
    [{ next_page_url: 'https://api.test/api/instances?page=2' }, '?limit=50&page=2'],
    [{ next_page_url: '/api/instances?page=2&limit=10' }, '?limit=10&page=2'],
    [{ data: [], links: { next: '?cursor=abc' }, meta: {} }, '?limit=50&cursor=abc'],
    [{ data: [], meta: { current_page: 2, last_page: 3 } }, '?limit=50&page=3'],
    [{ data: [], current_page: '1', last_page: '2' }, '?limit=50&page=2'],
  ])('of %j is %s', (body, search) => {
    const next = nextPage(body, current);
    expect(next.kind === 'page' && next.url.href).toBe(`https://api.test/api/instances${search}`);
  });

  it.each([
    [[]],
    [{ data: [] }],
    [{ data: [], links: [{ url: null }], next_page_url: null, current_page: 3, last_page: 3 }],
    [{ meta: { current_page: 1e300, last_page: Infinity } }],
    [{ meta: { current_page: 'x', last_page: 'y' } }],
  ])('of %j does not exist', (body) => {
    expect(nextPage(body, current)).toEqual({ kind: 'none' });
  });

  it.each([
    'https://evil.test/api/instances?page=2',
    'http://api.test/api/instances?page=2',
    'https://api.test:444/api/instances?page=2',
    'https://api.test/api/me?page=2',
    '../me',
    '//evil.test/api/instances',
    'https://',
  ])('at %s is not followed', (link) => {
    expect(nextPage({ next_page_url: link }, current)).toEqual({ kind: 'refused' });
  });
});
