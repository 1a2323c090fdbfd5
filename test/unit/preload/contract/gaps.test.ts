import { describe, expect, it } from 'vitest';
import { gapsSentences, type Cut, type UnreadableField } from '../../../../preload/contract/gaps.ts';

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
});
