import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultBaseUrl, parseBaseUrl } from '../../../main/api/index.ts';
import { requestUrl } from '../../../main/api/request-url.ts';

describe('a base URL', () => {
  it.each([
    [defaultBaseUrl, 'https://api.evorxa.com/api'],
    [' https://api.evorxa.com/api/ ', 'https://api.evorxa.com/api'],
    ['https://API.Evorxa.com:443/api', 'https://api.evorxa.com/api'],
    ['https://example.com', 'https://example.com'],
    ['https://example.com/a/../b//', 'https://example.com/b'],
    ['http://localhost:8080/api', 'http://localhost:8080/api'],
    ['http://127.0.0.1:8080/api', 'http://127.0.0.1:8080/api'],
    ['http://127.1/api', 'http://127.0.0.1/api'],
    ['http://127.9.8.7', 'http://127.9.8.7'],
    ['http://127.10.111.222', 'http://127.10.111.222'],
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
    ['https://:pw@api.evorxa.com/api', /user name/],
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
