import fc from 'fast-check';
import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  canonicalAddress,
  canonicalHostName,
  canonicalNetwork,
  isReachable,
} from '../../../../preload/contract/address.ts';
import { isAddress } from '../../../../preload/contract/host.ts';

describe('an address', () => {
  it.each([
    ['203.0.113.42', '203.0.113.42'],
    [' 203.0.113.42/32 ', '203.0.113.42'],
    ['203.0.113.9/24', '203.0.113.9'],
    ['203.0.113.9/33', null],
    ['::ffff:203.0.113.42', '203.0.113.42'],
    ['::ffff:cb00:712a', '203.0.113.42'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['2001:db8::1/128', '2001:db8::1'],
    ['2001:db8::/64', '2001:db8::'],
    ['2001:db8::/129', null],
    ['203.0.113', null],
    ['203.0.113.256', null],
    ['203.0.113.', null],
    ['010.0.0.1', null],
    ['::ffff:010.0.0.1', null],
    ['0x7f.0.0.1', null],
    ['2130706433', null],
    ['fe80::1%eth0', null],
    ['1::2::3', null],
    ['203.0.113.9\n  ForwardAgent yes', null],
    ['{{ 7*7 }}', null],
    ['-oProxyCommand=x', null],
    ['203.0.113.9,203.0.113.10', null],
    ['203.0.113.9:22', null],
    ['x/203.0.113.9/24', null],
    ['1[::1]', null],
    ['[::1]1', null],
    ['[::1', null],
    ['Pending', null],
    ['', null],
    ['1'.repeat(10_000), null],
  ])('%j is %j', (text, address) => {
    expect(canonicalAddress(text)).toBe(address);
  });

  it('is an address to Node too, whatever came, and reads as itself', () => {
    const odd = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.string(),
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef:./% \n-[]')) }),
      fc.tuple(fc.ipV4(), fc.nat(200)).map(([address, bits]) => `${address}/${bits}`),
    );
    fc.assert(
      fc.property(odd, (text) => {
        const address = canonicalAddress(text);
        if (address === null) return;
        expect(isIP(address)).toBeGreaterThan(0);
        expect(canonicalAddress(address)).toBe(address);
      }),
    );
  });

  it('has a form wherever `isAddress` takes it for one', () => {
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.string({ unit: fc.constantFrom('0', '1', '25', 'ffff', ':', '::', '.'), maxLength: 12 }),
      fc.ipV4().map((tail) => `::ffff:${tail}`),
    );
    fc.assert(
      fc.property(text, (candidate) => {
        expect(canonicalAddress(candidate) !== null).toBe(isAddress(candidate));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is found in each that there is', () => {
    fc.assert(fc.property(fc.ipV4(), (text) => canonicalAddress(text) === text));
    fc.assert(fc.property(fc.ipV6(), (text) => canonicalAddress(text) !== null));
  });
});

describe('an address that others on the internet may reach', () => {
  it.each([
    ['8.8.8.8', true],
    ['203.0.113.42', true],
    ['172.15.255.255', true],
    ['172.32.0.1', true],
    ['100.128.0.1', true],
    ['2001:4860:4860::8888', true],
    ['10.0.0.1', false],
    ['172.16.0.1', false],
    ['192.168.1.1', false],
    ['127.0.0.1', false],
    ['169.254.10.1', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['fd00::1', false],
    ['fe80::1', false],
    ['::1', false],
    ['::', false],
  ])('%s: %s', (address, reachable) => {
    expect(isReachable(address)).toBe(reachable);
  });
});

describe('a network', () => {
  it.each([
    ['198.51.100.7/32', '198.51.100.7/32'],
    ['198.51.100.7', '198.51.100.7'],
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['2001:DB8:1:2::5/48', '2001:db8:1::/48'],
    ['203.0.113.9/0', '0.0.0.0/0'],
    ['0/0', '0.0.0.0/0'],
    ['any', '0.0.0.0/0'],
    [' ANY  ', '0.0.0.0/0'],
    ['anywhere', '0.0.0.0/0'],
    ['any host', null],
    ['anyhow', null],
    ['not any', null],
    ['x/10.0.0.0/8', null],
    ['2001:db8::1/0', '::/0'],
    ['::ffff:10.1.2.3/95', '::fffe:0:0/95'],
    ['::ffff:10.1.2.3/64', '::/64'],
    ['::ffff:10.1.2.3/128', '10.1.2.3/32'],
    ['::0/0', '::/0'],
    ['0:0:0:0:0:0:0:0/0', '::/0'],
    ['0000::/0', '::/0'],
    ['::ffff:0:0/96', '0.0.0.0/0'],
    ['::ffff:10.1.2.3/104', '10.0.0.0/8'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['10.0.0.0/33', null],
    ['2001:db8::/129', null],
    ['10.0.0.0/8x', null],
    ['10.0.0.0/', null],
    ['10.0.0.0/-1', null],
    ['/0', null],
    ['office', null],
    ['', null],
    ['fe80::1%eth0/64', null],
  ])('%j matches %j', (text, network) => {
    expect(canonicalNetwork(text, 4)).toBe(network);
  });

  it('of everybody is written for the family of its address', () => {
    expect([canonicalNetwork('any', 6), canonicalNetwork('*', 6), canonicalNetwork('0.0.0.0/0', 6)]).toEqual([
      '::/0',
      '::/0',
      '0.0.0.0/0',
    ]);
  });
});

describe('a host name', () => {
  it.each([
    ['web-1.example.com', 'web-1.example.com'],
    ['Web-1.Example.com.', 'web-1.example.com'],
    ['münchen.de', 'xn--mnchen-3ya.de'],
    ['ü', 'xn--tda'],
    ['xn--mnchen-3ya.de', 'xn--mnchen-3ya.de'],
    ['db_1.internal', 'db_1.internal'],
    ['localhost', 'localhost'],
    ['-oProxyCommand=x', null],
    ['-web.example.com', null],
    ['web-.example.com', null],
    ['web..example.com', null],
    ['.example.com', null],
    ['web 1', null],
    ['web\n  ProxyCommand x', null],
    ['{{ 7*7 }}', null],
    ['$(id)', null],
    ['ü$(id).de', null],
    ['ü%0a.de', null],
    ['ü:80', null],
    ['user@ü.de', null],
    ['a'.repeat(63), 'a'.repeat(63)],
    ['a'.repeat(64), null],
    [`${'a.'.repeat(126)}a`, `${'a.'.repeat(126)}a`],
    [`${'a.'.repeat(126)}ab`, null],
    [`${'a.'.repeat(126)}a.`, `${'a.'.repeat(126)}a`],
    [' web ', 'web'],
    [' ü.de ', 'xn--tda.de'],
    [`${'a.'.repeat(130)}com`, null],
    ['', null],
  ])('%j is %j', (text, name) => {
    expect(canonicalHostName(text)).toBe(name);
  });

  it('holds letters, digits, hyphens, underscores and dots only, whatever came', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.domain()), (text) => {
        const name = canonicalHostName(text);
        if (name !== null) expect(name).toMatch(/^[a-z0-9_][a-z0-9_.-]*$/);
      }),
    );
  });
});
