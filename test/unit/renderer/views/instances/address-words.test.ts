import { expect, it } from 'vitest';
import { addressInList } from '../../../../../renderer/views/instances/address-words.ts';

it.each(['203.0.113.7', '255.255.255.255', '2001:db8::42', '2001:db8:4:2::16'])(
  '%s is shown whole',
  (address) => {
    expect(addressInList(address)).toBe(address);
  },
);

it('of a long one the middle is left out: neighbours differ at the end, networks at the start', () => {
  expect(addressInList('2001:db8:42:1000::aaaa')).toBe('2001:db…00::aaaa');
  const ends = ['a', 'b'].map((last) => addressInList(`2001:db8:42:1000:200:300:400:${last}`));
  expect(new Set(ends).size).toBe(2);
  const starts = ['2001', '2a01'].map((first) => addressInList(`${first}:db8:42:1000:200:300:400:1`));
  expect(new Set(starts).size).toBe(2);
});

it.each([5, 16, 30])('has as many characters as there is room for: %d', (longest) => {
  expect(addressInList('2001:0db8:0042:1000:0200:0300:0400:0001', longest)).toHaveLength(longest);
});
