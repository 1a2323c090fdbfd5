import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sameJson } from '../../../main/api/same-json.ts';

it.each<readonly [unknown, unknown, boolean]>([
  [1, 1, true],
  [1, 2, false],
  ['1', 1, false],
  [null, null, true],
  [null, {}, false],
  [{}, null, false],
  [null, 0, false],
  [{}, 1, false],
  [1, {}, false],
  [{}, {}, true],
  [[], [], true],
  [{}, [], false],
  [[], {}, false],
  [[1, 2], [1, 2], true],
  [[1, 2], [1], false],
  [[1], [1, 2], false],
  [[1, 2], [2, 1], false],
  [[[1]], [[1]], true],
  [[[1]], [[2]], false],
  [{ a: 1, b: { c: [1] } }, { b: { c: [1] }, a: 1 }, true],
  [{ a: 1, b: { c: [1] } }, { a: 1, b: { c: [2] } }, false],
  [{ a: 1 }, { a: 1, b: null }, false],
  [{ a: 1, b: null }, { a: 1 }, false],
  [{ a: 1 }, { b: 1 }, false],
  [{ '': 1 }, { '': 1 }, true],
  [{}, { '': 1 }, false],
  [{ a: undefined }, { a: undefined }, true],
])('%j and %j: %j', (a, b, is) => expect(sameJson(a, b)).toBe(is));

it('a value is the same as what its JSON says', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => sameJson(value, JSON.parse(JSON.stringify(value)))));
});
