import { describe, expect, it } from 'vitest';
import { createListMemo } from '../../../main/api/list-memo.ts';

interface Item {
  readonly id: string;
  readonly name: string;
}

const many = (count: number, name = 'a'): readonly Item[] =>
  Array.from({ length: count }, (_, index) => ({ id: `i${index}`, name }));

/** How many rows are decoded when the second list comes after the first, and what is read. */
async function decoded(
  first: readonly Item[],
  second: readonly Item[],
  wrap = (items: readonly Item[]): unknown => items,
): Promise<readonly [count: number, rows: readonly Item[]]> {
  let count = 0;
  const memo = createListMemo((raw) => {
    count += 1;
    return raw as Item;
  });
  const poll = async (items: readonly Item[]) => {
    const reading = memo.begin();
    await reading.read(0, Buffer.from(JSON.stringify(wrap(items))));
    return reading.finish(() => undefined);
  };
  await poll(first);
  count = 0;
  const { rows } = await poll(second);
  return [count, rows];
}

describe('of a list that came before', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => ({ id, name: 'x' })) as [Item, Item, Item, Item];
  const changed = { id: 'b', name: 'y' };

  it.each<[string, readonly Item[], readonly Item[], number]>([
    ['nothing where it is the same', [a, b, c], [a, b, c], 0],
    ['a row that changed', [a, b, c], [a, changed, c], 1],
    ['the first row', [b, a, c], [changed, a, c], 1],
    ['the last row', [a, c, b], [a, c, changed], 1],
    ['a row that is new', [a, b, c], [a, d, b, c], 1],
    ['a row that is new at the end', [a, b], [a, b, c], 1],
    ['the row behind one that is gone', [a, b, c, d], [a, c, d], 1],
    ['the rows behind several that are gone', [a, b, c, d], [a, d], 1],
    ['nothing where the last is gone', [a, b, c], [a, b], 0],
    ['two rows that changed places, and the one behind', [a, b, c, d], [b, a, c, d], 3],
  ])('is decoded: %s', async (_, first, second, count) => {
    expect(await decoded(first, second)).toEqual([count, second]);
    expect(await decoded(first, second, (data) => ({ data, meta: { total: data.length } }))).toEqual([
      count,
      second,
    ]);
  });

  it('is decoded what differs, unless more than 64 rows on end do', async () => {
    const before = many(100);
    const after = (count: number) => [...many(count, 'b'), ...before.slice(count)];
    expect(await decoded(before, after(64))).toEqual([64, after(64)]);
    // Given up at the 65th, and read as a whole.
    expect(await decoded(before, after(65))).toEqual([164, after(65)]);
    const twice = before.map((item, index) => (index % 50 === 49 ? item : { ...item, name: 'b' }));
    expect(await decoded(before, twice)).toEqual([98, twice]);
  });

  it('is decoded all where what is in front of the rows differs', async () => {
    let page = 0;
    const wrap = (data: readonly Item[]) => ({ request: (page += 1), data });
    expect(await decoded([a, b, c], [a, b, c], wrap)).toEqual([3, [a, b, c]]);
    let total = 0;
    expect(await decoded([a, b, c], [a, b, c], (data) => ({ data, total: (total += 1) }))).toEqual([
      0,
      [a, b, c],
    ]);
  });

  it('a row that could not be used is told of again, and not read again', async () => {
    let count = 0;
    const memo = createListMemo<Item>((raw, _path, report) => {
      count += 1;
      const item = raw as Item;
      if (item.name !== 'bad') return item;
      report('.name', 'expected a name');
      return null;
    });
    const said: string[] = [];
    const poll = async (items: readonly Item[]) => {
      const reading = memo.begin();
      await reading.read(0, Buffer.from(JSON.stringify(items)));
      return reading.finish((path) => said.push(path));
    };
    const bad = { id: 'b', name: 'bad' };
    await poll([a, bad, c]);
    expect(await poll([a, bad, { ...c, name: 'z' }])).toMatchObject({
      rows: [a, { id: 'c', name: 'z' }],
      received: 3,
    });
    expect([count, said]).toEqual([4, ['[1].name', '[1].name']]);
  });
});

describe('a reading', () => {
  const memo = createListMemo((raw) => raw as Item);
  const page = (...ids: readonly string[]) =>
    Buffer.from(JSON.stringify(ids.map((id) => ({ id, name: 'x' }))));
  const idsOf = (rows: readonly Item[]) => rows.map(({ id }) => id);

  it('counts its pages in any order, with what is missing and what is repeated', async () => {
    const reading = memo.begin();
    await reading.read(2, page('d', 'e'));
    expect([reading.size(), reading.count()]).toMatchObject([2, { received: 2, repeated: 0 }]);
    await reading.read(0, page('a', 'b'));
    await reading.read(1, page('b', 'c'));
    expect([reading.size(), reading.count()]).toMatchObject([6, { received: 5, repeated: 1 }]);
    expect(idsOf(reading.soFar())).toEqual(['a', 'b', 'c', 'd', 'e']);
    reading.drop(1);
    expect([reading.size(), idsOf(reading.soFar())]).toEqual([4, ['a', 'b', 'd', 'e']]);
    reading.cutAt(5);
    expect(reading.size()).toBe(4);
    reading.cutAt(1);
    expect(idsOf(reading.finish(() => undefined).rows)).toEqual(['a', 'b']);
  });

  it('without a page is no answer that was there before', () => {
    const empty = createListMemo((raw) => raw as Item);
    expect(empty.begin().finish(() => undefined)).toEqual({ rows: [], unchanged: false, received: 0 });
  });

  it('keeps a row that is twice on one page: ids are compared between pages', async () => {
    const reading = memo.begin();
    await reading.read(0, page('a', 'a'));
    expect(reading.count()).toMatchObject({ received: 2, repeated: 0 });
  });
});
