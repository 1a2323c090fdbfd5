import { describe, expect, it } from 'vitest';
import { fakeApi, json, type Sent } from './support/fake-api.ts';

interface Query {
  readonly page: number;
  readonly perPage: number | null;
}

const queryOf = ({ url }: Sent): Query => {
  const query = new URL(url).searchParams;
  const perPage = query.get('per_page');
  return { page: Number(query.get('page') ?? 1), perPage: perPage === null ? null : Number(perPage) };
};

const rows = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => ({ id: from + index + 1 }));

/** A page of `count` rows in pages of `size`, as Laravel has it. */
function laravel(count: number, size: number, page: number): Response {
  const data = rows((page - 1) * size, Math.min(count, page * size));
  const last = Math.max(1, Math.ceil(count / size));
  return json({ data, meta: { current_page: page, last_page: last, per_page: size, total: count } });
}

type Options = Parameters<ReturnType<typeof fakeApi>['client']['request']>[2];

/** Asks for the list of servers until it is there. */
async function ask(api: ReturnType<typeof fakeApi>, options: Options = {}) {
  const before = api.sent.length;
  const done = { is: false };
  const pending = api.client.request('instances.list', {}, options).finally(() => (done.is = true));
  for (let second = 0; second < 600 && !done.is; second += 1) await api.clock.advance(1_000);
  const result = await pending;
  return {
    result,
    ids: result.ok ? result.value.value.map(({ id }) => Number(id)) : null,
    queries: api.sent.slice(before).map(({ url }) => new URL(url).search),
  };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const refuseWide = (sent: Sent, answer: (page: number) => Response): Response => {
  const { page, perPage } = queryOf(sent);
  return perPage === null ? answer(page) : json({ message: 'Unknown parameter.' }, 422);
};

describe('the pages of a list', () => {
  it('are asked for with the rows that they come with where there are two', async () => {
    const { ids, queries } = await ask(fakeApi((sent) => laravel(30, 15, queryOf(sent).page)));
    expect(ids).toEqual(upTo(30));
    expect(queries).toEqual(['', '?page=2']);
  });

  it('are asked for with a hundred rows where there are three, and after that at once', async () => {
    const api = fakeApi((sent) => {
      const { page, perPage } = queryOf(sent);
      return laravel(130, perPage ?? 15, page);
    });
    const first = await ask(api);
    expect(first.ids).toEqual(upTo(130));
    expect(first.queries).toEqual(['', '?per_page=100', '?per_page=100&page=2']);
    expect((await ask(api)).queries).toEqual(['?per_page=100', '?per_page=100&page=2']);
  });

  it.each([
    [
      'refused',
      (page: number, perPage: number | null) => (perPage === null ? laravel(45, 15, page) : json({}, 422)),
    ],
    ['without effect', (page: number) => laravel(45, 15, page)],
  ])('are never asked for so again where that is %s', async (_, answer) => {
    const api = fakeApi((sent) => {
      const { page, perPage } = queryOf(sent);
      return answer(page, perPage);
    });
    const first = await ask(api);
    expect(first.ids).toEqual(upTo(45));
    expect(first.queries).toEqual(['', '?per_page=100', '?page=2', '?page=3']);
    expect((await ask(api)).queries).toEqual(['', '?page=2', '?page=3']);
  });

  it('are asked for so again another time where the first try met a rate limit', async () => {
    let isLimited = true;
    const api = fakeApi((sent) => {
      const { page, perPage } = queryOf(sent);
      if (perPage === null || !isLimited) return laravel(45, perPage ?? 15, page);
      isLimited = false;
      return json({}, 429, { 'retry-after': '5' });
    });
    const first = await ask(api);
    expect(first.ids).toEqual(upTo(45));
    expect(first.queries).toEqual(['', '?per_page=100', '?page=2', '?page=3']);
    expect((await ask(api)).queries).toEqual(['', '?per_page=100']);
  });

  it('are asked for as they come again where many rows were taken once and are refused later', async () => {
    let isWideTaken = true;
    const api = fakeApi((sent) => {
      const { page, perPage } = queryOf(sent);
      return perPage !== null && !isWideTaken ? json({}, 422) : laravel(45, perPage ?? 15, page);
    });
    await ask(api);
    isWideTaken = false;
    const second = await ask(api);
    expect(second.ids).toEqual(upTo(45));
    expect(second.queries).toEqual(['?per_page=100', '', '?page=2', '?page=3']);
    expect((await ask(api)).queries).toEqual(['', '?page=2', '?page=3']);
  });

  it('can be counted from 0', async () => {
    const api = fakeApi((sent) =>
      refuseWide(sent, () => {
        const number = Number(new URL(sent.url).searchParams.get('page') ?? 0);
        const content = rows(number * 5, Math.min(15, number * 5 + 5));
        return json({ content, number, totalPages: 3, last: number >= 2 });
      }),
    );
    const { ids, queries, result } = await ask(api);
    expect(ids).toEqual(upTo(15));
    expect(result).toMatchObject({ ok: true, value: { truncated: false, isWhole: true, total: 15 } });
    // The last one is asked for what is behind it: by its number there could be one more.
    expect(queries).toEqual(['', '?per_page=100', '?page=1', '?page=2', '?page=3']);
  });

  it('are cut where the second is said to be another one', async () => {
    const api = fakeApi(() => json({ data: rows(0, 5), next_page: 4 }));
    const { result, queries } = await ask(api);
    expect(result).toMatchObject({ ok: true, value: { truncated: true, isWhole: false, total: null } });
    expect(queries).toEqual(['']);
  });

  it('are as many as the caller wants', async () => {
    const api = fakeApi((sent) => laravel(75, 15, queryOf(sent).page));
    const one = await ask(api, { pages: 1 });
    expect([one.ids, one.queries]).toEqual([upTo(15), ['']]);
    expect(one.result).toMatchObject({ ok: true, value: { truncated: true, isWhole: false, total: 75 } });
    const two = await ask(
      fakeApi((sent) => refuseWide(sent, (page) => laravel(75, 15, page))),
      { pages: 2 },
    );
    expect(two.ids).toEqual(upTo(30));
    expect(two.result).toMatchObject({ ok: true, value: { truncated: true, total: 75 } });
    const all = await ask(
      fakeApi((sent) => refuseWide(sent, (page) => laravel(30, 15, page))),
      { pages: 2 },
    );
    expect(all.result).toMatchObject({ ok: true, value: { truncated: false, total: 30 } });
  });

  it('of a cursor are as many as the caller wants', async () => {
    const api = fakeApi(({ url }) => {
      const from = Number(new URL(url).searchParams.get('cursor') ?? 0);
      return json({ data: rows(from, from + 5), next_cursor: from < 20 ? String(from + 5) : null });
    });
    const two = await ask(api, { pages: 2 });
    expect([two.ids, two.queries]).toEqual([upTo(10), ['', '?cursor=5']]);
    expect(two.result).toMatchObject({ ok: true, value: { truncated: true } });
    expect((await ask(api)).result).toMatchObject({ ok: true, value: { truncated: false, total: 25 } });
  });

  it('without a known end are asked for more at once the longer it goes on', async () => {
    const api = fakeApi((sent) =>
      refuseWide(sent, (page) =>
        json({ data: rows(page * 5 - 5, page < 12 ? page * 5 : 57), has_more: page < 12 }),
      ),
    );
    const { ids, queries } = await ask(api);
    expect(ids).toEqual(upTo(57));
    // 2; 3, 4; 5 to 8; 9 to 14, of which 13 and 14 are behind the end.
    expect(queries.slice(2)).toEqual(
      [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14].map((page) => `?page=${page}`),
    );
  });
});

describe('pages that fail', () => {
  it('are missing, and after three of them nothing more is asked for', async () => {
    const api = fakeApi((sent) =>
      refuseWide(sent, (page) => (page % 2 === 0 ? json({}, 404) : laravel(450, 15, page))),
    );
    const { result, queries } = await ask(api);
    expect(result).toMatchObject({ ok: true, value: { truncated: true, isWhole: false, total: 450 } });
    // Page 1, the try with many rows, and six at once: 2, 4 and 6 failed before the next six could all go.
    expect(queries.length).toBeLessThan(16);
    expect(queries.length).toBeGreaterThanOrEqual(8);
  });

  it('along a cursor end it', async () => {
    const api = fakeApi(({ url }) =>
      url.includes('cursor') ? json({}, 404) : json({ data: rows(0, 5), next_cursor: '5', total: 50 }),
    );
    const { result, ids, queries } = await ask(api);
    expect([ids, queries]).toEqual([upTo(5), ['', '?cursor=5']]);
    expect(result).toMatchObject({ ok: true, value: { truncated: true, total: 50 } });
  });

  it('because the account is signed out fail the list, along a cursor too', async () => {
    const api = fakeApi(({ url }) =>
      url.includes('cursor') ? json({}, 401) : json({ data: rows(0, 5), next_cursor: '5' }),
    );
    expect((await ask(api)).result).toMatchObject({ ok: false, error: { kind: 'unauthorized' } });
  });

  it('are given up with their caller', async () => {
    const caller = new AbortController();
    const api = fakeApi((sent) =>
      refuseWide(sent, (page) => {
        if (page === 3) caller.abort();
        return laravel(450, 15, page);
      }),
    );
    expect((await ask(api, { signal: caller.signal })).result).toMatchObject({
      ok: false,
      error: { kind: 'aborted' },
    });
  });

  it('because of a rate limit are waited for, two minutes in all', async () => {
    const limited = () => json({}, 429, { 'retry-after': '50' });
    const api = fakeApi(({ url }) =>
      url.includes('cursor') ? limited() : json({ data: rows(0, 5), next_cursor: '5' }),
    );
    const startMs = api.clock.now();
    const { result } = await ask(api);
    expect(result).toMatchObject({ ok: true, value: { truncated: true } });
    const waitedMs = api.clock.now() - startMs;
    // Waits of six pages at once count as one: along a cursor that is six times as long.
    expect(waitedMs).toBeGreaterThan(120_000);
    expect(waitedMs).toBeLessThan(600_000);
  });

  it('because of a longer rate limit are not waited for', async () => {
    const api = fakeApi(({ url }) =>
      url.includes('cursor')
        ? json({}, 429, { 'retry-after': '121' })
        : json({ data: rows(0, 5), next_cursor: '5' }),
    );
    const { result, queries } = await ask(api);
    expect(result).toMatchObject({ ok: true, value: { truncated: true } });
    expect(queries).toHaveLength(2);
  });

  it('as the first one fail the list, with a sentence', async () => {
    const list = async (body: unknown) => (await ask(fakeApi(() => json(body)))).result;
    expect(await list({ a: 1 })).toEqual({
      ok: false,
      error: { kind: 'drift', message: 'Evorxa’s answer could not be read.' },
    });
    expect(await list([{ name: 'no id' }])).toEqual({
      ok: false,
      error: { kind: 'drift', message: 'Evorxa’s answer could not be read (field id).' },
    });
    expect(await list([])).toMatchObject({
      ok: true,
      value: { value: [], total: 0, isWhole: true, unusable: 0 },
    });
  });
});

describe('what is told of a list', () => {
  it('is how many rows could not be used', async () => {
    const { result } = await ask(fakeApi(() => json([{ id: 1 }, { name: 'x' }, { id: 2 }, null])));
    expect(result).toMatchObject({
      ok: true,
      value: {
        unusable: 2,
        isWhole: false,
        truncated: false,
        total: 4,
        unreadable: new Map([
          ['id', 1],
          ['', 1],
        ]),
      },
    });
  });

  it('is told while it is read: the first rows at once, then every half second at most', async () => {
    const api = fakeApi(async (sent) => {
      await new Promise<void>((resolve) => api.clock.setTimeout(resolve, 200));
      return refuseWide(sent, (page) => laravel(150, 15, page));
    });
    const told: (readonly [ms: number, rows: number, total: number | null])[] = [];
    const startMs = api.clock.now();
    await ask(api, {
      onRows: (some, total) => {
        told.push([api.clock.now() - startMs, some.length, total]);
        return undefined;
      },
    });
    expect(told[0]).toEqual([200, 15, 150]);
    for (const [index, [ms]] of told.entries())
      expect(ms - (told[index - 1]?.[0] ?? -500)).toBeGreaterThanOrEqual(500);
    expect(told.length).toBeGreaterThan(1);
  });

  it('is not told where there is one page', async () => {
    const told: unknown[] = [];
    await ask(
      fakeApi(() => json(rows(0, 3))),
      { onRows: (some) => void told.push(some) },
    );
    expect(told).toEqual([]);
  });

  it('is kept apart from the same list of one project', async () => {
    const api = fakeApi(() => json(rows(0, 3)));
    const all = await api.client.request('instances.list', {});
    const some = await api.client.request('instances.list', { query: { project_id: '1' } });
    const again = await api.client.request('instances.list', { query: { project_id: '1' } });
    if (!all.ok || !some.ok || !again.ok) throw new Error('all are answered');
    expect([all, some, again].map(({ value }) => value.unchanged)).toEqual([false, false, false]);
    expect(again.value.value).not.toBe(all.value.value);
    expect(await api.client.request('instances.list', {})).toMatchObject({
      ok: true,
      value: { unchanged: true },
    });
  });

  it('is made again of one that is not polled', async () => {
    const api = fakeApi(() => json([{ id: 1, name: 'laptop' }]));
    await api.client.request('keys.list', {});
    expect(await api.client.request('keys.list', {})).toMatchObject({
      ok: true,
      value: { unchanged: false },
    });
  });
});
