import { describe, expect, it } from 'vitest';
import { bitRate } from '../../../../main/api/read/measures.ts';
import { readRanking } from '../../../../main/api/read/ranking.ts';
import { readColumns } from '../../../../main/api/read/series.ts';
import { objectOf, readList, rowsOf } from '../../../../main/api/read/shapes.ts';
import { fakeApi, json } from '../support/fake-api.ts';

const row = { id: 1, name: 'web' };

const failures: readonly unknown[] = [
  { success: false, message: 'Upstream timed out', data: [] },
  { success: 'false', instances: [] },
  { success: 0, instances: [row] },
  { ok: false, items: [] },
  { status: 'error', data: [] },
  { status: 'Failed', result: [] },
  { status: 503, instances: [] },
  { statusCode: 403, message: 'Forbidden', instances: [] },
  { error: 'Hypervisor unreachable', instances: [] },
  { error: true, instances: [] },
  { error: { code: 7 }, data: [] },
  { data: [], errors: [{ message: 'Upstream' }] },
  { data: [row], errors: { upstream: ['timed out'] } },
  { errorMessage: 'Upstream', data: [] },
  { meta: { success: false }, data: [] },
  { meta: { status: { code: 500 } }, data: [] },
  { data: { success: false, items: [] } },
  { message: 'Server Error', tags: [] },
  { Message: 'Server Error', tags: [] },
  { message: 'Server Error', exception: 'RuntimeException', trace: [] },
];

describe('an answer that says it failed', () => {
  it.each(failures.map((body) => [body]))('has no list: %j', (body) => {
    expect(rowsOf(body)).toBeNull();
  });

  it.each([
    { success: false, data: [] },
    { message: 'Server Error', tags: [] },
    { error: 'Upstream', ips: [row] },
  ])('is an error with a sentence, and no empty list: %j', async (body) => {
    const { client } = fakeApi(() => json(body));
    for (const id of ['instances.list', 'shield.ips'] as const) {
      const result = await client.request(id, {});
      expect(result).toMatchObject({ ok: false, error: { kind: 'drift' } });
      expect(result).toHaveProperty('error.message', expect.stringContaining('could not be read'));
    }
  });

  it('has neither a ranking nor a series', () => {
    expect(
      readRanking({ success: false, code: 500, data: [] }, () => undefined, { label: ['ip'], detail: [] }),
    ).toBeNull();
    expect(readColumns({ success: false, data: [] }, { in: bitRate(true, 'in') })).toBeNull();
  });

  it('is one behind a good answer too: nothing of that is forgotten', async () => {
    const good = { success: true, data: [{ id: 1, name: 'web', status: 'running' }] };
    const { client } = fakeApi((_, index) => json(index === 1 ? { success: false, data: [] } : good));
    expect(await client.request('instances.list', {})).toMatchObject({ ok: true });
    expect(await client.request('instances.list', {})).toMatchObject({ ok: false });
    expect(await client.request('instances.list', {})).toMatchObject({
      ok: true,
      value: { value: [{ id: '1' }] },
    });
  });
});

it('reads a single protected address under its own name, and no empty list of its rules', async () => {
  const { client } = fakeApi(() => json({ '203.0.113.5': { rules: [] } }));
  expect(await client.request('shield.ips', {})).toMatchObject({
    ok: true,
    value: { value: [{ address: '203.0.113.5', ruleCount: 0 }] },
  });
});

describe('a list', () => {
  it.each<[unknown, readonly unknown[]]>([
    [{ success: true, message: 'Instances', data: [] }, []],
    [{ status: 'success', data: [row] }, [row]],
    [{ status: 200, code: 0, error: null, errors: [], instances: [row] }, [row]],
    [{ error: false, error_code: 0, error_message: '', items: [] }, []],
    [{ error: 'none', ok: 'yes', items: [row] }, [row]],
    [{ message: 'No servers yet', instances: [] }, []],
    [{ message: 'No keys yet', ssh_keys: [] }, []],
    [{ message: 'Two', virtual_things: [row, row] }, [row, row]],
    // A wrapper has any spelling, also in an object of its own with a count beside it.
    [{ Items: [row] }, [row]],
    [{ instances: { data: [row], count: 1 } }, [row]],
    [{ instances: { Data: [row], count: 1 } }, [row]],
    [{ instances: { _embedded: { vps: [row] }, count: 1 } }, [row]],
    [{ instances: { data: JSON.stringify([row]), count: 1 } }, [row]],
    [
      { data: [{ id: 1, status: 'error', error: 'Build failed' }] },
      [{ id: 1, status: 'error', error: 'Build failed' }],
    ],
  ])('is what %j has', (body, rows) => expect(rowsOf(body)).toEqual(rows));

  it.each([
    ['203.0.113.5', { rules: [] }],
    ['2001:db8::1', { rules: [{ id: 1 }], policy: {} }],
    ['17', { rules: [] }],
    ['7d444840-9dc0-11d1-b245-5ffdce74fad2', { tags: [] }],
  ])('of one row under its key %s has that row', (key, value) => {
    expect(rowsOf({ [key]: value })).toEqual([expect.objectContaining({ ...value, map_key: key })]);
    expect(rowsOf({ data: { [key]: value } })).toHaveLength(1);
  });

  it('in the envelope of a hypermedia API is what is embedded', () => {
    const body = { _embedded: { sshKeys: [row] }, _links: { self: { href: '/keys' } }, page: { size: 20 } };
    expect(rowsOf(body)).toEqual([row]);
  });

  it('of failed servers under their ids is no failure', () => {
    expect(rowsOf({ 5: { name: 'a', status: 'error' }, 7: { name: 'b', status: 'error' } })).toHaveLength(2);
  });
});

describe('the rows of an answer', () => {
  const other = { id: 2, name: 'db' };
  const nested = (depth: number): unknown => (depth === 0 ? [row] : { data: nested(depth - 1) });

  it.each<readonly [body: unknown, rows: readonly unknown[] | null]>([
    // Of several lists the one of objects; of two of those none is the one.
    [{ tags: ['x'], servers: [row] }, [row]],
    [{ servers: [row], disks: [other] }, null],
    [{ tags: ['x'], names: ['y'] }, null],
    [{ tags: ['x'], total: 1 }, ['x']],
    // What stands beside the rows of a page.
    [{ servers: [row], included: [other], links: [other] }, [row]],
    [{ data: {} }, []],
    [{ data: null, servers: [row] }, [row]],
    [{ messages: 'Server Error', tags: [] }, null],
    [{ message: 5, tags: [] }, []],
    [{ tags: [] }, []],
    // A list with gaps, as PHP writes it.
    [{ 0: 'a', 2: 'b' }, ['a', 'b']],
    [{ 0: 'a', x: 'b' }, null],
    [{ 0: 'a', '1x': 'b' }, null],
    [{}, null],
    [{ meta: { total: 0 } }, null],
    [nested(5), [row]],
    [nested(6), null],
    // An object with a value of its own is a row.
    [{ server: row }, [{ ...row, slug: 'server', code: 'server', key: 'server', map_key: 'server' }]],
    [
      { servers: { a: row, 12: other } },
      [
        { ...other, map_key: '12' },
        { ...row, slug: 'a', code: 'a', key: 'a', map_key: 'a' },
      ],
    ],
    [
      { '12a': row, a12: other },
      [
        { ...row, slug: '12a', code: '12a', key: '12a', map_key: '12a' },
        { ...other, slug: 'a12', code: 'a12', key: 'a12', map_key: 'a12' },
      ],
    ],
    // What a row has in it is not the list.
    [
      { server: { id: 1, tags: [row] } },
      [{ id: 1, tags: [row], slug: 'server', code: 'server', key: 'server', map_key: 'server' }],
    ],
    [
      { 5: { tags: [row] }, 7: { tags: [other] } },
      [
        { tags: [row], map_key: '5' },
        { tags: [other], map_key: '7' },
      ],
    ],
    [
      { a: { tags: [row] }, b: { tags: [other] } },
      [
        { tags: [row], slug: 'a', code: 'a', key: 'a', map_key: 'a' },
        { tags: [other], slug: 'b', code: 'b', key: 'b', map_key: 'b' },
      ],
    ],
    [{ 5: { tags: [row] }, total: 1 }, [row]],
    [{ a: row, b: other, total: 1 }, null],
    // What a row has of that stays.
    [
      { a: { slug: 's', key: 'k' }, b: row },
      [
        { slug: 's', key: 'k', code: 'a', map_key: 'a' },
        { ...row, slug: 'b', code: 'b', key: 'b', map_key: 'b' },
      ],
    ],
  ])('%j', (body, rows) => expect(rowsOf(body)).toEqual(rows));
});

describe('the object of an answer', () => {
  it.each<readonly [body: unknown, object: object | null]>([
    [row, row],
    [{ data: row }, row],
    [{ app: row }, row],
    [{ Data: { App: row } }, row],
    [JSON.stringify({ app: row }), row],
    [[row], row],
    [[{ data: row }], row],
    [[row, row], null],
    [[], null],
    ['x', null],
    [
      { id: 1, attributes: { name: 'web' } },
      { id: 1, attributes: { name: 'web' }, name: 'web' },
    ],
    [
      { app: 'web', id: 1 },
      { app: 'web', id: 1 },
    ],
  ])('%j', (body, object) => expect(objectOf(body, 'app')).toEqual(object));
});

describe('a list inside an answer', () => {
  const read = (body: unknown) => {
    const said: string[] = [];
    const rows = readList(
      body,
      (raw) => raw,
      'rules',
      (path) => said.push(path),
    );
    return { count: rows?.length ?? null, said: said.length };
  };
  const two = [{ id: 1 }, { id: 2 }];

  it.each([
    [{ data: [], total: 4 }, null],
    [{ data: [], meta: { total: 4, per_page: 15 } }, null],
    [{ data: two, meta: { total: 4 } }, 2],
    [{ data: two, has_more: true }, 2],
    [{ data: two, links: { next: '/rules?page=2' } }, 2],
  ])('that is cut is reported, and never empty: %j', (body, count) =>
    expect(read(body)).toEqual({ count, said: 1 }),
  );

  it.each([
    [two, 2],
    [[], 0],
    [{ data: two, meta: { total: 2, current_page: 1, last_page: 1 } }, 2],
    [{ data: [], total: 0 }, 0],
    [{ content: two, page: { number: 0, totalPages: 1, totalElements: 2, size: 20 } }, 2],
  ])('that is whole is said to be nothing else: %j', (body, count) =>
    expect(read(body)).toEqual({ count, said: 0 }),
  );
});
