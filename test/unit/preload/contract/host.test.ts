import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAddress, isHost } from '../../../../preload/contract/host.ts';

describe('an address', () => {
  it.each(['203.0.113.9', '0.0.0.0', '255.255.255.255', '::', '::1', '2001:db8::1', '::ffff:203.0.113.9'])(
    '%s is one',
    (text) => {
      expect(isAddress(text)).toBe(true);
      expect(isHost(text)).toBe(true);
    },
  );

  it.each([
    '203.0.113',
    '203..113.256',
    '10..20.3',
    '.10.20.3',
    '10.20.3.',
    '203.0.113.;',
    '203.0.113.256',
    '010.0.0.1',
    '[::1]',
    'fe80::1%eth0',
    '203.0.113.9/24',
    ':',
    '',
  ])('%j is none', (text) => {
    expect(isAddress(text)).toBe(false);
    expect(isHost(text)).toBe(false);
  });

  it('is what Node takes for one', () => {
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.string({ unit: fc.constantFrom('0', '1', '25', 'f', ':', '::', '.', '%', ' '), maxLength: 16 }),
    );
    fc.assert(
      fc.property(text, (candidate) => {
        expect(isAddress(candidate)).toBe(isIP(candidate) !== 0 && !candidate.includes('%'));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a host name', () => {
  it.each([
    'web',
    'web-1',
    'bastion.example',
    'my_host.lan',
    'bücher.example',
    'пример.рф',
    'हिन्दी.example',
    'a.b.',
    '3com.com',
    'my.3com',
    'my.0xyz',
    `${'a.'.repeat(126)}a`,
  ])('%s is one', (text) => {
    expect(isHost(text)).toBe(true);
    expect(isAddress(text)).toBe(false);
  });

  it.each([
    '203.0.113.9\n  ForwardAgent yes',
    '203.0.113.9\r',
    'web\u2028x',
    'web ',
    ' web',
    '-oForwardAgent=yes',
    'web.-x',
    'web-',
    '{{ 7*7 }}',
    '%h',
    '${HOME}',
    '$(id)',
    'a;b',
    'a"b',
    "a'b",
    'a\\b',
    'a/b',
    'a#b',
    'a@b',
    'a:22',
    'a,b',
    '*',
    '!web',
    'a..b',
    '.',
    '1.2.3',
    '0x7f',
    'a\u202eb',
    'a\u200bb',
    `${'a'.repeat(63)}.`.repeat(4),
    `${'a.'.repeat(126)}ab`,
  ])('%j is none', (text) => {
    expect(isHost(text)).toBe(false);
  });
});
