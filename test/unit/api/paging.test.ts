import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from './support/fake-clock.ts';
import { fakeApi, json, type Sent } from './support/fake-api.ts';

/** A server with `count` rows in pages of `size`. */
function paged(
  count: number,
  size: number,
  form: Form = 'meta',
  perPage: 'honoured' | 'ignored' | 'refused' = 'honoured',
) {
  return ({ url }: Sent): Response => {
    const query = new URL(url).searchParams;
    const asked = query.get('per_page');
    if (asked !== null && perPage === 'refused') return json({ message: 'Unknown parameter.' }, 422);
    const rows = asked !== null && perPage === 'honoured' ? Number(asked) : size;
    const from =
      form === 'cursor' || form === 'offset' || form === 'next-offset'
        ? Number(query.get(form === 'cursor' ? form : 'offset') ?? 0)
        : (Number(query.get('page') ?? 1) - 1) * rows;
    const data = Array.from({ length: Math.max(0, Math.min(rows, count - from)) }, (_, index) => ({
      id: from + index + 1,
    }));
    return json(envelope(form, data, Math.floor(from / rows) + 1, rows, count, from + rows));
  };
}

const forms = [
  'meta',
  'camel',
  'http',
  'other-host',
  'list-of-links',
  'simple',
  'inside-data',
  'fractal',
  'cursor',
  'offset',
  'total',
  'count',
  'next-page',
  'next-offset',
  'pages',
  'more',
] as const;
type Form = (typeof forms)[number];

function envelope(
  form: Form,
  data: readonly unknown[],
  page: number,
  size: number,
  count: number,
  to: number,
): unknown {
  const last = Math.max(1, Math.ceil(count / size));
  const hasMore = to < count;
  switch (form) {
    case 'meta':
      return { data, meta: { current_page: page, last_page: last, per_page: size, total: count } };
    case 'camel':
      return { items: data, currentPage: page, lastPage: last, totalCount: count };
    case 'http':
      return { data, links: { next: hasMore ? `http://api.test/api/instances?page=${page + 1}` : null } };
    case 'other-host':
      return {
        data,
        next_page_url: hasMore ? `https://evil.test/x?page=${page + 1}&token=x` : null,
        total: count,
      };
    case 'list-of-links':
      return { data, links: [{ url: hasMore ? `?page=${page + 1}` : null, label: 'Next &raquo;' }] };
    case 'simple':
      return { data, current_page: page, next_page_url: hasMore ? `/x?page=${page + 1}` : null };
    case 'inside-data':
      return { success: true, data: { data, current_page: page, last_page: last } };
    case 'fractal':
      return {
        data,
        meta: {
          pagination: {
            total: count,
            count: data.length,
            per_page: size,
            current_page: page,
            total_pages: last,
          },
        },
      };
    case 'cursor':
      return { data, meta: { next_cursor: hasMore ? String(to) : null } };
    case 'total':
      return { instances: data, total: count };
    case 'count':
      return { instances: data, count };
    case 'next-page':
      return { data, next_page: hasMore ? `https://api.test/api/instances?page=${page + 1}` : null };
    case 'next-offset':
      return { data, next_offset: hasMore ? to : null };
    case 'pages':
      return { data, pages: { current: page, total: last } };
    case 'more':
      return { data, more: hasMore };
    case 'offset':
      return { results: data, next: hasMore ? `http://x/?offset=${to}` : null, previous: null, count };
  }
}

async function listed(respond: Parameters<typeof fakeApi>[0]) {
  const api = fakeApi(respond);
  const done = { is: false };
  const told: (readonly [rows: number, total: number | null])[] = [];
  const pending = api.client
    .request(
      'instances.list',
      {},
      {
        onRows: (rows, total) => {
          told.push([rows.length, total]);
          return undefined;
        },
      },
    )
    .finally(() => (done.is = true));
  for (let second = 0; second < 600 && !done.is; second += 1) await api.clock.advance(1_000);
  const result = await pending;
  if (!result.ok) throw new Error(result.error.kind);
  return { ...api, told, answer: result.value, ids: result.value.value.map(({ id }) => Number(id)) };
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('a list in pages', () => {
  it('gives the same rows in any form, with any size of pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...forms),
        fc.integer({ min: 0, max: 70 }),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom('honoured' as const, 'ignored' as const, 'refused' as const),
        async (form, count, size, perPage) => {
          const { ids, answer, sent } = await listed(paged(count, size, form, perPage));
          expect(ids).toEqual(numbers(count));
          expect(answer).toMatchObject({ truncated: false, isWhole: true, total: count });
          expect(sent.every(({ url }) => url.startsWith('https://api.test/api/instances'))).toBe(true);
          expect(sent.every(({ url }) => !url.includes('token'))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is read with a hundred rows a page where that is taken, its first rows told before', async () => {
    const { sent, told, ids } = await listed(paged(1_000, 15));
    expect(ids).toHaveLength(1_000);
    expect(sent).toHaveLength(11);
    expect(told[0]).toEqual([15, 1_000]);
  });

  it.each(['meta', 'cursor'] as const)(
    'asks for the pages behind the first (%s) once its rows were taken',
    async (form) => {
      const { client, sent, clock } = fakeApi(paged(60, 15, form));
      let take = (): void => undefined;
      const taken = new Promise<void>((resolve) => (take = resolve));
      const pending = client.request('instances.list', {}, { onRows: () => taken });
      await clock.advance(10_000);
      expect(sent).toHaveLength(1);
      take();
      await clock.advance(10_000);
      expect(await pending).toMatchObject({ ok: true, value: { truncated: false, total: 60 } });
      expect(sent.length).toBeGreaterThan(1);
    },
  );

  it('is read 67 pages long without a wait for the rate limit of more than two seconds', async () => {
    const { clock, ids } = await listed(paged(1_000, 15, 'http', 'ignored'));
    expect(ids).toHaveLength(1_000);
    expect(clock.now() - new FakeClock().now()).toBeLessThan(5_000);
  });

  it('of 10,000 rows in pages of 15 is whole', async () => {
    expect((await listed(paged(10_000, 15, 'meta', 'ignored'))).ids).toHaveLength(10_000);
  });

  it('asks with as many rows a page at once the next time', async () => {
    const { client, sent, clock } = await listed(paged(40, 5));
    const before = sent.length;
    const pending = client.request('instances.list', {});
    await clock.advance(1_000);
    const second = await pending;
    expect(sent.slice(before).map(({ url }) => new URL(url).search)).toEqual(['?per_page=100']);
    expect(second).toMatchObject({ ok: true, value: { unchanged: true, truncated: false } });
  });

  it('keeps the others where one page in the middle fails, and says how many there are', async () => {
    const respond = paged(60, 15, 'meta', 'ignored');
    const { ids, answer } = await listed((sent) =>
      sent.url.includes('page=3') ? json({}, 500) : respond(sent),
    );
    expect(ids).toEqual(numbers(60).filter((id) => id <= 30 || id > 45));
    expect(answer).toMatchObject({ truncated: true, isWhole: false, total: 60 });
  });

  it('fails where the token is refused on the way', async () => {
    const respond = paged(60, 15);
    const { client } = fakeApi((sent, index) => (index > 0 ? json({}, 401) : respond(sent)));
    expect(await client.request('instances.list', {})).toMatchObject({
      ok: false,
      error: { kind: 'unauthorized' },
    });
  });

  it('waits for a rate limit rather than to be cut', async () => {
    const respond = paged(60, 15, 'meta', 'ignored');
    const { ids, answer } = await listed((sent, index) =>
      index === 2 ? json({}, 429, { 'retry-after': '40' }) : respond(sent),
    );
    expect(ids).toEqual(numbers(60));
    expect(answer.truncated).toBe(false);
  });

  it('is cut where the number of a page has no effect, after a few requests', async () => {
    const { ids, answer, sent } = await listed(() =>
      json({ data: [{ id: 1 }, { id: 2 }], links: { next: '?page=2' }, meta: { total: 9 } }),
    );
    expect(ids).toEqual([1, 2]);
    expect(answer).toMatchObject({ truncated: true, total: 9 });
    expect(sent.length).toBeLessThan(12);
  });

  it.each<[string, Record<string, unknown>, Record<string, string>, number | null]>([
    ['a bare total', { total: 9 }, {}, 9],
    ['a bare count', { count: 9 }, {}, 9],
    ['a header', {}, { 'content-range': 'items 0-1/9' }, 9],
    ['more', { truncated: true }, {}, null],
    ['a cursor', { continuation: 'abc' }, {}, null],
    ['an offset', { next_offset: 2 }, {}, null],
  ])('is cut where %s tells of more and nothing leads there', async (_, said, headers, total) => {
    const { ids, answer } = await listed(({ url }) =>
      /[?&](?!per_page)/.test(new URL(url).search) && total !== null
        ? json({ message: 'Unknown parameter.' }, 422)
        : json({ instances: [{ id: 1 }, { id: 2 }], ...said }, 200, headers),
    );
    expect(ids).toEqual([1, 2]);
    expect(answer).toMatchObject({ truncated: true, isWhole: false, total });
  });

  it('is cut where cursors go round', async () => {
    const { answer, sent } = await listed((_, index) =>
      json({ data: [{ id: index }], next_cursor: ['a', 'b'][index % 2] }),
    );
    expect(answer.truncated).toBe(true);
    expect(sent.length).toBeLessThan(8);
  });

  it('is read again where it changed meanwhile', async () => {
    let count = 46;
    const { ids, answer } = await listed((sent) => {
      // The first row is deleted when page 2 was read: what was first on page 3 is on page 2 then.
      const shift = count === 46 ? 0 : 1;
      const query = new URL(sent.url).searchParams;
      if (query.has('per_page')) return json({}, 422);
      const page = Number(query.get('page') ?? 1);
      const data = numbers(15)
        .map((row) => ({ id: shift + (page - 1) * 15 + row }))
        .filter(({ id }) => id <= 46);
      const body = { data, meta: { current_page: page, last_page: Math.ceil(count / 15), total: count } };
      if (page === 2) count = 45;
      return json(body);
    });
    expect(ids).toEqual(numbers(46).slice(1));
    expect(answer.truncated).toBe(false);
  });

  it('follows a last page that grows', async () => {
    let last = 3;
    const { ids } = await listed(({ url }) => {
      const query = new URL(url).searchParams;
      if (query.has('per_page')) return json({}, 422);
      const page = Number(query.get('page') ?? 1);
      if (page === 3) last = 4;
      return json({ data: [{ id: page }], meta: { current_page: page, last_page: last } });
    });
    expect(ids).toEqual([1, 2, 3, 4]);
  });

  it('says what a total says beyond its rows', async () => {
    const { answer } = await listed(() =>
      json({ data: [{ id: 1 }], meta: { total: 3, current_page: 1, last_page: 1 } }),
    );
    expect(answer).toMatchObject({ truncated: true, total: 3 });
  });

  it('of the ledger is cut at a thousand lines', async () => {
    const { client, clock, sent } = fakeApi(({ url }) => {
      const page = Number(new URL(url).searchParams.get('page') ?? 1);
      const data = numbers(200).map((row) => ({ id: page * 200 + row }));
      return json({ data, next_page_url: `https://api.test/api/wallet/transactions?page=${page + 1}` });
    });
    const pending = client.request('wallet.transactions', { query: { limit: 200 } });
    await clock.advance(60_000);
    expect(await pending).toMatchObject({ ok: true, value: { truncated: true } });
    expect(sent).toHaveLength(5);
  });

  it('of which no row can be read is an error', async () => {
    const { client } = fakeApi(() => json([{ nothing: 1 }, { nothing: 2 }]));
    expect(await client.request('instances.list', {})).toMatchObject({ ok: false, error: { kind: 'drift' } });
  });
});
