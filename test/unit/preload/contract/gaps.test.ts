import { describe, expect, it } from 'vitest';
import {
  cutInWords,
  gapsSentences,
  type Cut,
  type UnreadableField,
} from '../../../../preload/contract/gaps.ts';

const said = (cut: Cut | null, ...unreadable: readonly UnreadableField[]) =>
  gapsSentences({ cut, unreadable }, 'instance', 'instances');

describe('what is missing, in words', () => {
  it('says how much of a list there is', () => {
    expect(said({ shown: 15, total: 1_023, isArriving: false })).toEqual([
      '15 of 1,023 instances are shown: the rest of the list could not be read.',
    ]);
    expect(said({ shown: 15, total: 1_023, isArriving: true })).toEqual([
      '15 of 1,023 instances so far: the rest is being read.',
    ]);
    expect(said({ shown: 1, total: null, isArriving: false })).toEqual([
      '1 instance is shown: the list goes on, and the rest of it could not be read.',
    ]);
  });

  it('names the fields', () => {
    expect(said(null, { field: 'src_cidr', count: 3 })).toEqual([
      '3 instances have a field that could not be read: src_cidr.',
    ]);
    expect(said(null, { field: '', count: 1 })).toEqual(['1 instance could not be read.']);
    const fields = ['a', 'b', 'c', 'd'].map((field) => ({ field, count: 1 }));
    expect(said(null, ...fields)).toEqual([
      'Some fields could not be read: a (1 instance), b (1 instance), c (1 instance) and 1 more.',
    ]);
  });

  it.each([
    [{ shown: 15, total: 1_023 }, '15 of 1,023'],
    [{ shown: 1_500, total: 1_500 }, '1,500 of 1,500'],
    [{ shown: 15, total: 14 }, '15 of more'],
    [{ shown: 15, total: null }, '15 of more'],
  ])('counts what there is, where that is known: %j', (cut, words) => {
    expect(cutInWords({ ...cut, isArriving: false })).toBe(words);
  });

  it.each([15, 14, null])('believes no total that is not more than what is shown: %j', (total) => {
    expect(said({ shown: 15, total, isArriving: false })).toEqual([
      '15 instances are shown: the list goes on, and the rest of it could not be read.',
    ]);
    const arriving = said({ shown: 15, total, isArriving: true });
    expect(arriving).toEqual([expect.stringMatching(/ instances so far: the rest is being read\.$/)]);
  });

  it('counts whole rows, and calls them so among fields', () => {
    expect(said(null, { field: '', count: 1_200 })).toEqual(['1,200 instances could not be read.']);
    expect(said(null, { field: 'name', count: 1 })).toEqual([
      '1 instance has a field that could not be read: name.',
    ]);
    expect(said(null, { field: '', count: 1 }, { field: 'name', count: 2 })).toEqual([
      'Some fields could not be read: the whole row (1 instance), name (2 instances).',
    ]);
    expect(said(null, ...['a', 'b', 'c'].map((field) => ({ field, count: 2 })))).toEqual([
      'Some fields could not be read: a (2 instances), b (2 instances), c (2 instances).',
    ]);
  });

  it('shows a field’s name as one harmless line', () => {
    expect(said(null, { field: `a\u202e${'x'.repeat(50)}`, count: 2 })).toEqual([
      `2 instances have a field that could not be read: a ${'x'.repeat(37)}….`,
    ]);
  });

  it('is said of the list and of its fields, and not at all where nothing is missing', () => {
    expect(said({ shown: 1, total: 2, isArriving: true }, { field: 'name', count: 1 })).toHaveLength(2);
    expect(said(null)).toEqual([]);
  });
});
