import { describe, expect, it } from 'vitest';
import { isTypable, longestTyped, typedLines, untypable } from '../../../../preload/contract/keystrokes.ts';

describe('a character', () => {
  it.each(['a', 'Z', '0', ' ', '~', '!', '\\', '\n', '\t'])('%j has a key of a US keyboard', (character) => {
    expect(isTypable(character)).toBe(true);
  });

  it.each(['\r', '\u001f', '\u007f', '\u0080', 'ö', '€', '👍', '', 'ab', 'a\n'])(
    '%j has none',
    (character) => {
      expect(isTypable(character)).toBe(false);
    },
  );
});

describe('a text that is typed', () => {
  it('ends its lines with Enter, whatever ended them', () => {
    expect(typedLines('a\r\nb\rc\nd\r\r\n')).toBe('a\nb\nc\nd\n\n');
  });

  it('names the characters that have no key, each once, in their order', () => {
    expect(untypable('schön, 5 €\r\nund schöner\u0007 👍')).toEqual(['ö', '€', '\u0007', '👍']);
    expect(untypable('plain\ttext\r\n')).toEqual([]);
  });

  it('may have ten thousand characters', () => {
    expect(longestTyped).toBe(10_000);
  });
});
