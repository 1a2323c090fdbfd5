import { describe, expect, it } from 'vitest';
import { nextChoice, searchChoices } from '../../../../renderer/components/form/search-choices.ts';

const choices = [
  { value: 'a', label: '203.0.113.42  api-prod-1' },
  { value: 'b', label: '203.0.113.43  API-prod-2', note: 'two rules' },
  { value: 'c', label: '2001:db8::1  mail' },
];
const found = (search: string): readonly string[] => searchChoices(choices, search).map(({ value }) => value);

describe('a search over choices', () => {
  it('finds those that have every word, in their order', () => {
    expect(found('')).toEqual(['a', 'b', 'c']);
    expect(found('  ')).toEqual(['a', 'b', 'c']);
    expect(found('api')).toEqual(['a', 'b']);
    expect(found('prod 113.43')).toEqual(['b']);
    expect(found('rules')).toEqual(['b']);
    expect(found('DB8')).toEqual(['c']);
    expect(found('api mail')).toEqual([]);
  });

  it('takes the words as they are', () => {
    expect(found('.*')).toEqual([]);
    expect(found('::')).toEqual(['c']);
  });
});

describe('the keys of a list of choices', () => {
  it('lead on and back, and stay in the list', () => {
    expect(nextChoice('ArrowDown', 0, 3)).toBe(1);
    expect(nextChoice('ArrowDown', 2, 3)).toBe(2);
    expect(nextChoice('ArrowUp', 0, 3)).toBe(0);
    expect(nextChoice('PageDown', 5, 100)).toBe(15);
    expect(nextChoice('PageUp', 5, 100)).toBe(0);
  });

  it('lead nowhere in an empty list, and other keys are none', () => {
    expect(nextChoice('ArrowDown', -1, 0)).toBeNull();
    expect(nextChoice('Home', 2, 3)).toBeNull();
    expect(nextChoice('a', 0, 3)).toBeNull();
  });
});
