import { describe, expect, it } from 'vitest';
import { checkToken } from '../../../main/api/index.ts';
import { fakeApi, json } from './support/fake-api.ts';

describe('a list in pages', () => {
  it('is followed to its end, and shown whole', async () => {
    const { client, sent } = fakeApi((_, index) =>
      json({
        data: [{ id: `${index}a` }, { id: `${index}b` }],
        meta: { current_page: index + 1, last_page: 3 },
      }),
    );
    const result = await client.request('instances.list', {});
    if (!result.ok) throw new Error(result.error.kind);
    expect(result.value.value.map((it) => it.id)).toEqual(['0a', '0b', '1a', '1b', '2a', '2b']);
    expect(result.value.truncated).toBe(false);
    expect(sent.map((it) => new URL(it.url).search)).toEqual(['', '?page=2', '?page=3']);
  });

  it('is the very same where no page changed', async () => {
    const { client } = fakeApi(({ url }) => {
      const page = Number(new URL(url).searchParams.get('page') ?? 1);
      return json({ data: [{ id: page }], current_page: page, last_page: 3 });
    });
    const first = await client.request('instances.list', {});
    const second = await client.request('instances.list', {});
    if (!first.ok || !second.ok) throw new Error('both are answered');
    expect(second.value.value).toBe(first.value.value);
    expect(second.value).toMatchObject({ unchanged: true, truncated: false });
  });

  it('that does not end is cut at a cap, and says so', async () => {
    const { client, sent, clock } = fakeApi((_, index) =>
      json({
        data: [{ id: index }],
        next_page_url: `https://api.test/api/wallet/transactions?page=${index + 2}`,
      }),
    );
    const pending = client.request('wallet.transactions', {});
    await clock.advance(60_000);
    expect(await pending).toMatchObject({ ok: true, value: { truncated: true } });
    expect(sent).toHaveLength(5);
  });

  it('fails as a whole where one page fails: a shorter list would look like servers that are gone', async () => {
    const { client } = fakeApi((_, index) =>
      index === 0 ? json({ data: [{ id: 1 }], current_page: 1, last_page: 2 }) : json({}, 403),
    );
    expect(await client.request('instances.list', {})).toMatchObject({
      ok: false,
      error: { kind: 'forbidden' },
    });
  });
});

describe('the check of a token', () => {
  const user = { user: { id: 42, name: 'Jane' }, projects: [] };

  it('gives the person', async () => {
    expect(await checkToken(fakeApi(() => json(user)).client)).toMatchObject({
      ok: true,
      value: { name: 'Jane' },
    });
  });

  it.each([
    ['a wrong token', () => json({ message: 'Unauthenticated.' }, 401), 'unauthorized'],
    ['a web page', () => new Response('<html>'), 'not-evorxa'],
    ['a 404', () => new Response('Not found', { status: 404 }), 'not-evorxa'],
    ['another method', () => json({}, 405), 'not-evorxa'],
    ['JSON without a user', () => json({ hello: 'world' }), 'not-evorxa'],
    ['JSON of another kind', () => json([1, 2, 3]), 'not-evorxa'],
    ['an empty answer', () => new Response(null, { status: 204 }), 'not-evorxa'],
    ['a server in trouble', () => json({}, 503), 'unavailable'],
    ['too many requests', () => json({}, 429, { 'retry-after': '60' }), 'rate-limited'],
    ['no network', () => Promise.reject(new Error('net::ERR_INTERNET_DISCONNECTED')), 'offline'],
    ['a bad certificate', () => Promise.reject(new Error('net::ERR_CERT_DATE_INVALID')), 'tls'],
    ['a redirect in Electron', () => Promise.reject(new Error('Redirect was cancelled')), 'not-evorxa'],
  ])('tells %s apart', async (_, respond, kind) => {
    const { client, clock } = fakeApi(respond);
    const pending = checkToken(client);
    await clock.advance(60_000);
    expect(await pending).toMatchObject({ ok: false, error: { kind } });
  });
});
