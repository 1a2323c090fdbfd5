import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostListMatches, isLike, listMatches } from '../../../../main/terminal/process/patterns.ts';

describe('a pattern of OpenSSH', () => {
  test.each([
    ['', '', true],
    ['', 'a', false],
    ['a', '', false],
    ['abc', 'abc', true],
    ['abc', 'abd', false],
    ['abc', 'abcd', false],
    ['abc', 'ab', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['?', '', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['**', '', true],
    ['a*', 'a', true],
    ['a*', 'ba', false],
    ['*a', 'aba', true],
    ['*a', 'ab', false],
    ['a*b*c', 'aXbXbXc', true],
    ['a*b*c', 'aXcXb', false],
    ['*ab', 'aab', true],
    ['*?b', 'b', false],
    ['a*?', 'a', false],
    ['a**', 'ab', true],
    ['*.example.com', '.example.com', true],
    ['a', 'A', false],
    ['a.c', 'abc', false],
  ])('"%s" for "%s": %s', (pattern, text, expected) => {
    expect(isLike(pattern, text)).toBe(expected);
  });

  test('is like what a regular expression of the same meaning matches', () => {
    const text = fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 }).map((all) => all.join(''));
    const pattern = fc
      .array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 6 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(pattern, text, (wanted, given) => {
        const expression = new RegExp(`^${wanted.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(isLike(wanted, given)).toBe(expression.test(given));
      }),
    );
  });

  test('takes no time that grows with the number of its stars', () => {
    expect(isLike('a*'.repeat(500), `${'a'.repeat(20_000)}b`)).toBe(true);
    expect(isLike(`${'a*'.repeat(500)}c`, 'a'.repeat(20_000))).toBe(false);
  });
});

describe('a list of patterns', () => {
  test.each([
    [['a', 'b'], 'b', true],
    [['a', 'b'], 'c', false],
    [[], 'a', false],
    [['!a'], 'b', false],
    [['!a', '*'], 'b', true],
    [['*', '!a'], 'a', false],
    [['!a', '*'], 'a', false],
    [['!!a', '*'], 'a', true],
    [['A'], 'a', false],
  ])('%j for "%s": %s', (patterns, text, expected) => {
    expect(listMatches(patterns, text)).toBe(expected);
  });

  test('in which one is longer than OpenSSH takes matches nothing', () => {
    expect(listMatches(['x'.repeat(1_022), 'a'], 'a')).toBe(true);
    expect(listMatches(['x'.repeat(1_023), 'a'], 'a')).toBe(false);
    // What matched before it no longer counts.
    expect(listMatches(['a', 'x'.repeat(1_023)], 'a')).toBe(false);
  });

  test('of hosts counts upper and lower case alike', () => {
    expect(hostListMatches(['WEB.example'], 'web.EXAMPLE')).toBe(true);
    expect(hostListMatches(['*', '!WEB'], 'web')).toBe(false);
  });
});
