import { describe, expect, it } from 'vitest';
import { hostnameKind, readHostname } from '../../../main/hostnames/read-hostname.ts';
import { ok } from '../../../preload/contract/result.ts';

describe('a typed hostname', () => {
  it.each([
    ['shop.example.com', 'shop.example.com', 'shop.example.com', 'subdomain'],
    [' Shop.Example.COM. ', 'shop.example.com', 'shop.example.com', 'subdomain'],
    ['example.com', 'example.com', 'example.com', 'apex'],
    ['example.co.uk', 'example.co.uk', 'example.co.uk', 'apex'],
    ['www.example.co.uk', 'www.example.co.uk', 'www.example.co.uk', 'subdomain'],
    ['*.example.com', '*.example.com', '*.example.com', 'wildcard'],
    ['*.Bücher.example.', '*.xn--bcher-kva.example', '*.bücher.example', 'wildcard'],
    ['bücher.example', 'xn--bcher-kva.example', 'bücher.example', 'apex'],
    ['XN--BCHER-KVA.example', 'xn--bcher-kva.example', 'bücher.example', 'apex'],
    ['faß.de', 'xn--fa-hia.de', 'faß.de', 'apex'],
    ['例え。テスト', 'xn--r8jz45g.xn--zckzah', '例え.テスト', 'apex'],
    ['shop.example.com\u3002', 'shop.example.com', 'shop.example.com', 'subdomain'],
  ] as const)('%j is %s', (text, ascii, unicode, kind) => {
    expect(readHostname(text)).toEqual(ok({ ascii, unicode, kind }));
    expect(hostnameKind(ascii)).toBe(kind);
  });

  it.each([
    ['', 'Enter a hostname'],
    ['https://shop.example.com/', 'without https://'],
    ['shop.example.com/path', 'without https://'],
    ['me@example.com', 'without https://'],
    ['shop.example.com:443', 'without a port'],
    ['203.0.113.5', 'This is an IP address'],
    ['[2001:db8::1]', 'This is an IP address'],
    ['203。0。113。5', 'This is an IP address'],
    ['localhost', 'with its domain'],
    ['co.uk', 'is a public suffix'],
    ['shop.*.example.com', 'A wildcard stands in front'],
    ['**.example.com', 'A wildcard stands in front'],
    ['*', 'A wildcard stands in front'],
    ['shop..example.com', 'nothing between two dots'],
    ['.example.com', 'nothing between two dots'],
    ['shop.example.com..', 'nothing between two dots'],
    ['my_shop.example.com', 'no underscores'],
    ['-shop.example.com', 'begin or end with a hyphen'],
    ['my shop.example.com', 'no spaces'],
    ['shop.example.123', 'a number'],
    [`${'a'.repeat(64)}.example.com`, 'at most 253 characters'],
    [`${'a.'.repeat(130)}com`, 'at most 253 characters'],
    [`*.${'a.'.repeat(125)}com`, 'at most 253 characters'],
    ['sh\u202eop.example.com', 'not a hostname'],
    ['shop!.example.com', 'not a hostname'],
  ])('%j is refused: %s', (text, why) => {
    expect(readHostname(text)).toMatchObject({
      ok: false,
      error: { kind: 'refused', message: expect.stringContaining(why) as string },
    });
  });
});
