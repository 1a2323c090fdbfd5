import { describe, expect, it } from 'vitest';
import type { ApiAnswer } from '../../../main/api/index.ts';
import { gapsOf, joinGaps, sameGaps } from '../../../main/monitor/gaps.ts';

const answer = (value: unknown, more: Partial<ApiAnswer<unknown>> = {}): ApiAnswer<unknown> => ({
  value,
  drift: [],
  unreadable: new Map(),
  serverTimeMs: null,
  unchanged: false,
  truncated: false,
  total: null,
  unusable: 0,
  isWhole: true,
  ...more,
});
const cut = { shown: 2, total: 5, isArriving: false };

describe('what is missing in an answer', () => {
  it('is nothing where all of it came and could be read', () => {
    expect(gapsOf(answer(['a', 'b'], { total: 2 }))).toBeNull();
    expect(gapsOf(answer({ name: 'a' }))).toBeNull();
  });

  it('is the rest of a list that is not whole, as far as the API counts it', () => {
    expect(gapsOf(answer(['a', 'b'], { isWhole: false, total: 5 }))).toEqual({ cut, unreadable: [] });
    expect(gapsOf(answer(['a'], { isWhole: false }))?.cut).toEqual({
      shown: 1,
      total: null,
      isArriving: false,
    });
    expect(gapsOf(answer({}, { isWhole: false }))?.cut?.shown).toBe(0);
  });

  it('is what could not be read, the most frequent first, of a list that is whole too', () => {
    const unreadable = new Map([
      ['name', 1],
      ['amount', 3],
      ['rules.src_cidr', 2],
    ]);
    expect(gapsOf(answer([], { unreadable }))).toEqual({
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
    const fields = gapsOf(answer([], { unreadable }))?.unreadable ?? [];
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
