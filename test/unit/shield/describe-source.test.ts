import { describe, expect, it } from 'vitest';
import { describeSource } from '../../../main/shield/index.ts';

describe('what a typed source matches', () => {
  it.each([
    ['198.51.100.7', 4, '198.51.100.7/32', 'Matches this address alone.', null],
    [
      '198.51.100.9/24',
      4,
      '198.51.100.0/24',
      'Matches 198.51.100.0 – 198.51.100.255, 256 addresses.',
      'The bits behind the prefix are dropped: this matches 198.51.100.0/24.',
    ],
    ['10.0.0.0/8', 4, '10.0.0.0/8', 'Matches 10.0.0.0 – 10.255.255.255, 16,777,216 addresses.', null],
    [
      '198.51.100.7/0',
      4,
      '0.0.0.0/0',
      'Matches any IPv4 source.',
      'A prefix of /0 matches every address, not 198.51.100.7.',
    ],
    ['::/0', 6, '::/0', 'Matches any IPv6 source.', null],
    ['2001:db8::1', 6, '2001:db8::1/128', 'Matches this address alone.', null],
    ['2001:db8::/126', 6, '2001:db8::/126', 'Matches 2001:db8:: – 2001:db8::3.', null],
  ] as const)('%s', (source, family, cidr, matches, note) => {
    expect(describeSource(source, family)).toEqual({ cidr, matches, note, problem: null });
  });

  it.each([
    ['', 4, 'Enter a source. Any source is 0.0.0.0/0.'],
    ['  ', 6, 'Enter a source. Any source is ::/0.'],
    ['home', 4, 'Enter an address or a network in CIDR form, such as 198.51.100.0/24.'],
    ['2001:db8::1', 4, 'This address takes IPv4 sources; 2001:db8::1/128 is another family.'],
  ] as const)('“%s” is none, and why', (source, family, problem) => {
    expect(describeSource(source, family)).toEqual({ cidr: null, matches: null, note: null, problem });
  });
});
