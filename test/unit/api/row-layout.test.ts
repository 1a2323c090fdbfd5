import { describe, expect, it } from 'vitest';
import { endOfObject, envelopeOf, nextRow, RowLayout, samePart } from '../../../main/api/row-layout.ts';

/** The texts of all rows that are found in a text. */
function rowsIn(text: string): readonly string[] | null {
  const layout = RowLayout.of(Buffer.from(text));
  if (layout === null) return null;
  const rows: string[] = [];
  for (let at = layout.row(0); at !== null; at = layout.row(rows.length)) rows.push(text.slice(...at));
  return rows;
}

describe('the rows of a list', () => {
  it.each([
    ['[{"id":1},{"id":2}]', ['{"id":1}', '{"id":2}']],
    ['{"data":[{"id":1}],"total":1}', ['{"id":1}']],
    ['[ {"id":1} , {"id":2} ]', ['{"id":1}', '{"id":2}']],
    ['[\n\t{"id":1}\r\n,\r\n\t{"id":2}\n]', ['{"id":1}', '{"id":2}']],
    ['[{"a":{"b":{}}},{}]', ['{"a":{"b":{}}}', '{}']],
    // What looks like JSON in a text is none.
    [String.raw`[{"a":"}]"},{"b":"{"},{"c":"\"}{"},{"d":"\\"}]`, [
      '{"a":"}]"}', '{"b":"{"}', String.raw`{"c":"\"}{"}`, String.raw`{"d":"\\"}`,
    ]],
    ['{"note":"[{","data":[{"id":1}]}', ['{"id":1}']],
    // A list of anything but objects is not the one.
    ['{"tags":["a",1],"empty":[],"data":[{"id":1}]}', ['{"id":1}']],
    ['[[{"id":1}]]', ['{"id":1}']],
  ])('of %s are found', (text, rows) => expect(rowsIn(text)).toEqual(rows)); // prettier-ignore

  it.each(['[]', '{}', '"[{"', '[1,2]', '{"data":{"id":1}}', 'null', String.raw`"\"[{"`])(
    'of %s are not there',
    (text) => expect(rowsIn(text)).toBeNull(),
  );

  it('are found in any order, and behind the last one is none', () => {
    const layout = RowLayout.of(Buffer.from('[{"id":1},{"id":2},{"id":3}]'));
    expect(layout?.row(2)).toEqual([19, 27]);
    expect(layout?.row(0)).toEqual([1, 9]);
    expect(layout?.row(1)).toEqual([10, 18]);
    expect(layout?.row(3)).toBeNull();
    expect(layout?.row(-1)).toBeNull();
    expect(layout?.rowsFrom).toBe(1);
  });

  it('end at what is no object', () => {
    expect(rowsIn('[{"id":1},5,{"id":2}]')).toEqual(['{"id":1}']);
    expect(rowsIn('[{"id":1},{"id":2')).toEqual(['{"id":1}']);
  });

  it('that are known already are not looked for again', () => {
    const layout = new RowLayout(Buffer.from('anything'), 0, [1, 4], [3, 8]);
    expect([layout.row(0), layout.row(1), layout.row(2)]).toEqual([[1, 3], [4, 8], null]); // prettier-ignore
  });
});

describe('the whole of a list', () => {
  const isWhole = (text: string, count: number) => RowLayout.of(Buffer.from(text))?.isWhole(count);

  it.each([
    ['[{"id":1},{"id":2}]', 2],
    ['{"data":[{"id":1}],"total":1}', 1],
    ['{"total":1,"data":[ {"id":1} ]}', 1],
  ])('of %s is %d rows', (text, count) => {
    expect(isWhole(text, count)).toBe(true);
    expect(isWhole(text, count - 1)).toBe(false);
    expect(isWhole(text, count + 1)).toBe(false);
  });

  it('is not told where the first list of objects is not the one of the rows', () => {
    // Without its tags, the servers are still there.
    expect(isWhole('{"errors":[{"x":1}],"data":[{"id":1}]}', 1)).toBe(false);
    expect(isWhole('[{"id":1},5]', 1)).toBe(false);
    expect(isWhole('[[{"id":1}]]', 1)).toBe(false);
  });
});

describe('what is around the rows', () => {
  const around = (text: string, from: number, to: number) => envelopeOf(Buffer.from(text), from, to);

  it('is the answer with an empty list', () => {
    expect(around('{"data":[{"id":1}],"total":1}', 9, 17)).toEqual({ data: [], total: 1 });
    expect(around('[{"id":1}]', 1, 9)).toEqual([]);
  });

  it('is nothing where rows are left, or no list, or no JSON', () => {
    expect(around('[{"id":1},{"id":2}]', 1, 10)).toBeUndefined();
    expect(around('{"a":{"id":1}}', 6, 12)).toBeUndefined();
    expect(around('5', 0, 0)).toBeUndefined();
    expect(around('[{"id":1}]', 1, 8)).toBeUndefined();
  });
});

it('an object ends at its own brace, and one that is cut off nowhere', () => {
  const end = (text: string, at = 0) => endOfObject(Buffer.from(text), at);
  expect(end('{"a":{}} {}')).toBe(8);
  expect(end('[{}]', 1)).toBe(3);
  for (const text of ['', '[{}]', '"{}"', '{"a":{}', '{"a":"}', '{"a":"\\"}']) expect(end(text)).toBe(-1);
});

it('a row is the same where all of its bytes are', () => {
  const other = Buffer.from('xx{"id":1}xx');
  const same = (text: string, at: number) => samePart(Buffer.from(text), at, other, 2, 10);
  expect(same('[{"id":1}]', 1)).toBe(true);
  // Also as the last bytes.
  expect(same('[{"id":1}', 1)).toBe(true);
  expect(same('[{"id":2}]', 1)).toBe(false);
  expect(same('[{"id":1', 1)).toBe(false);
  expect(same('[{"id":1}]', 2)).toBe(false);
});

it('the next row is behind a comma', () => {
  const next = (text: string, end: number) => nextRow(Buffer.from(text), end);
  expect(next('{},{}', 2)).toBe(3);
  expect(next('{} ,\n {}', 2)).toBe(6);
  expect(next('{}]', 2)).toBe(-1);
  expect(next('{} ]', 2)).toBe(-1);
  expect(next('{}', 2)).toBe(-1);
});
