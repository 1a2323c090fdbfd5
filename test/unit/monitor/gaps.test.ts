import { describe, expect, it } from 'vitest';
import { gapsOf, joinGaps, sameGaps } from '../../../main/monitor/gaps.ts';
import { apiAnswer } from './builders.ts';

const cut = { shown: 2, total: 5, isArriving: false };

describe('what is missing in an answer', () => {
  it('is nothing where all of it came and could be read', () => {
    expect(gapsOf(apiAnswer(['a', 'b'], { total: 2 }))).toBeNull();
    expect(gapsOf(apiAnswer({ name: 'a' }))).toBeNull();
  });

  it('is the rest of a list that is not whole, as far as the API counts it', () => {
    expect(gapsOf(apiAnswer(['a', 'b'], { isWhole: false, total: 5 }))).toEqual({ cut, unreadable: [] });
    expect(gapsOf(apiAnswer(['a'], { isWhole: false }))?.cut).toEqual({
      shown: 1,
      total: null,
      isArriving: false,
    });
    expect(gapsOf(apiAnswer({}, { isWhole: false }))?.cut?.shown).toBe(0);
  });

  it('is what could not be read, the most frequent first, of a list that is whole too', () => {
    const unreadable = new Map([
      ['name', 1],
      ['amount', 3],
      ['rules.src_cidr', 2],
    ]);
    expect(gapsOf(apiAnswer([], { unreadable }))).toEqual({
      cut: null,
      unreadable: [
        { field: 'amount', count: 3 },
        { field: 'rules.src_cidr', count: 2 },
        { field: 'name', count: 1 },
      ],
    });
  });

  it('is twenty fields at most, those that are missing most', () => {
    const unreadable = new Map(Array.from({ length: 25 }, (_, index) => [`f${index}`, index + 1]));
    const fields = gapsOf(apiAnswer([], { unreadable }))?.unreadable ?? [];
    expect(fields).toHaveLength(20);
    expect([fields[0], fields.at(-1)]).toEqual([
      { field: 'f24', count: 25 },
      { field: 'f5', count: 6 },
    ]);
  });
});

describe('what is missing in several answers', () => {
  it('is nothing where none lacks anything', () => {
    expect(joinGaps([])).toBeNull();
    expect(joinGaps([null, null])).toBeNull();
  });

  it('adds up by the field, and is cut where one of them is', () => {
    const one = {
      cut: null,
      unreadable: [
        { field: 'name', count: 1 },
        { field: 'at', count: 1 },
      ],
    };
    const other = { cut, unreadable: [{ field: 'name', count: 2 }] };
    expect(joinGaps([one, null, other])).toEqual({
      cut,
      unreadable: [
        { field: 'name', count: 3 },
        { field: 'at', count: 1 },
      ],
    });
  });
});

it('what is missing stays the same object while the same is missing', () => {
  const before = { cut, unreadable: [] };
  expect(sameGaps(before, { cut: { ...cut }, unreadable: [] })).toBe(before);
  const next = { cut: { ...cut, total: 6 }, unreadable: [] };
  expect(sameGaps(before, next)).toBe(next);
  expect(sameGaps(before, null)).toBeNull();
  expect(sameGaps(null, before)).toBe(before);
});
