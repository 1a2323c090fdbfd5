import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createListMemo, type ListMemo } from '../../../main/api/list-memo.ts';
import type { Report } from '../../../main/api/read/drift.ts';
import { Row } from '../../../main/api/read/row.ts';

interface Item {
  readonly id: string;
  readonly name: string | null;
}

function readItem(raw: unknown, path: string, report: Report): Item | null {
  const row = Row.of(raw, path, report);
  const id = row?.id('id') ?? null;
  return row === null || id === null ? null : { id, name: row.text('name') };
}

async function poll(memo: ListMemo<Item>, ...bodies: readonly string[]) {
  const reported: string[] = [];
  const reading = memo.begin();
  for (const [place, body] of bodies.entries())
    expect(await reading.read(place, Buffer.from(body))).toMatchObject({ ok: true });
  return { ...reading.finish((path) => reported.push(path)), reported };
}

const items = (...names: readonly string[]) =>
  names.map((name, id) => ({ id: id + 1, name, nested: [{ id, x: '"}]' }] }));

describe('a list memo', () => {
  it('gives the very same array for the same bytes, and for other bytes that say the same', async () => {
    const memo = createListMemo(readItem);
    const first = await poll(memo, JSON.stringify(items('a', 'b')));
    const second = await poll(memo, JSON.stringify(items('a', 'b')));
    const third = await poll(memo, JSON.stringify({ data: items('a', 'b') }, null, 2));
    expect([first.unchanged, second.unchanged, third.unchanged]).toEqual([false, true, true]);
    expect(second.rows).toBe(first.rows);
    expect(third.rows).toBe(first.rows);
  });

  it('calls the first answer a change, also an empty one', async () => {
    const memo = createListMemo(readItem);
    expect((await poll(memo, '[]')).unchanged).toBe(false);
    expect((await poll(memo, '[]')).unchanged).toBe(true);
  });

  it('keeps every object but the one that changed', async () => {
    const memo = createListMemo(readItem);
    const before = (await poll(memo, JSON.stringify({ data: items('a', 'b', 'c') }))).rows;
    const after = (await poll(memo, JSON.stringify({ data: items('a', 'bee', 'c') }))).rows;
    expect(after.map((row) => row.name)).toEqual(['a', 'bee', 'c']);
    expect(after.map((row, index) => row === before[index])).toEqual([true, false, true]);
  });

  it('reports a bad row with each answer that has it, at its place', async () => {
    const memo = createListMemo(readItem);
    const bad = (name: string) => JSON.stringify([{ id: 1, name: 'a' }, { id: null }, { id: 3, name }]);
    expect((await poll(memo, bad('c'))).reported).toEqual(['[1].id']);
    expect((await poll(memo, bad('c'))).reported).toEqual(['[1].id']);
    expect(await poll(memo, bad('d'))).toMatchObject({
      reported: ['[1].id'],
      received: 3,
      rows: [{ id: '1' }, { id: '3', name: 'd' }],
    });
    const one = JSON.stringify([
      { id: 0, name: 'new' },
      { id: 1, name: 'a' },
      { id: null },
      { id: 3, name: 'd' },
    ]);
    expect((await poll(memo, one)).reported).toEqual(['[2].id']);
    expect((await poll(memo, JSON.stringify([{ id: 1, name: 'a' }]), bad('d'))).reported).toEqual(['[2].id']);
    expect((await poll(memo, JSON.stringify([{ id: 1, name: 'a' }]))).reported).toEqual([]);
  });

  it('shows a row once that came on two pages', async () => {
    const memo = createListMemo(readItem);
    const rows = (await poll(memo, '[{"id":1},{"id":2}]', '[{"id":2},{"id":3}]')).rows;
    expect(rows.map((row) => row.id)).toEqual(['1', '2', '3']);
  });

  it('takes other arrays in the body for what they are', async () => {
    const memo = createListMemo(readItem);
    const body = (name: string) => JSON.stringify({ links: [{ id: 'link' }], data: items('a', name) });
    await poll(memo, body('b'));
    expect((await poll(memo, body('c'))).rows.map((row) => row.name)).toEqual(['a', 'c']);
  });

  it('reads a changed list as a memo does that has seen nothing', async () => {
    const row = fc.record({
      id: fc.integer({ min: 1, max: 8 }),
      name: fc.oneof(fc.constantFrom('a', 'b', '"}', '],[{', '\\', 'ü'), fc.string()),
      extra: fc.jsonValue({ maxDepth: 2 }),
    });
    const rows = fc.uniqueArray(row, { selector: (it) => it.id, maxLength: 8 });
    const body = fc
      .record({ rows, shape: fc.constantFrom('bare', 'data', 'paged'), space: fc.constantFrom(undefined, 2) })
      .map(({ rows: data, shape, space }) => {
        const json =
          shape === 'bare'
            ? data
            : shape === 'data'
              ? { data }
              : { data, links: [{ a: 1 }], meta: { data: [] } };
        return JSON.stringify(json, null, space);
      });
    await fc.assert(
      fc.asyncProperty(fc.array(body, { minLength: 2, maxLength: 5 }), async (bodies) => {
        const memo = createListMemo(readItem);
        let before: readonly Item[] = [];
        for (const text of bodies) {
          const { rows: got } = await poll(memo, text);
          expect(got).toEqual((await poll(createListMemo(readItem), text)).rows);
          for (const item of got) {
            const old = before.find((it) => it.id === item.id && it.name === item.name);
            if (old !== undefined) expect(item).toBe(old);
          }
          before = got;
        }
      }),
    );
  });

  it('never takes broken JSON for a list', async () => {
    const memo = createListMemo(readItem);
    await poll(memo, JSON.stringify(items('a', 'b', 'c')));
    for (const body of [
      '[{"id":1,"name":"a","nested":[{"id":0',
      '[{"id":1},]',
      '[{"id":1}]]',
      '{"id":1}',
      '[{"id":1}',
    ]) {
      expect((await memo.begin().read(0, Buffer.from(body))).ok).toBe(false);
    }
  });
});
