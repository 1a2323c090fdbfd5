import { expect, it } from 'vitest';
import { byId } from '../../../main/api/by-id.ts';

const [a, b, c] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

it('finds a member by its id, at its place or wherever it is', () => {
  const find = byId([a, b, c]);
  expect([find('b', 1), find('b', 2), find('b', 9), find('b'), find('d', 1)]).toEqual([
    b,
    b,
    b,
    b,
    undefined,
  ]);
});
