import { describe, expect, it } from 'vitest';
import { createApiClient, type RequestLog } from '../../../main/api/index.ts';
import { Requester, type WireRequest } from '../../../main/api/requester.ts';
import { routes } from '../../../main/api/routes.ts';
import { lentBefore } from '../../../main/api/write-token.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import { baseUrl, fakeApi, json, token } from './support/fake-api.ts';
import { FakeClock, settle } from './support/fake-clock.ts';

const user = { user: { id: 1, name: 'Jane' } };
const power = { path: { id: '1', action: 'boot' } } as const;
const headersOf = (headers: Headers | undefined) => Object.fromEntries(headers ?? []);

describe('what is sent', () => {
  it('of a read is the token and what is taken as an answer', async () => {
    const { client, sent } = fakeApi(() => json(user));
    await client.request('me.get', {});
    expect(sent[0]).toMatchObject({ method: 'GET', body: undefined });
    expect(headersOf(sent[0]?.headers)).toEqual({
      accept: 'application/json',
      authorization: `Bearer ${token}`,
    });
  });

  it('of a change says that it is JSON, where there is something to say', async () => {
    const { client, sent } = fakeApi(() => json({}));
    await client.request('instances.power', power);
    await client.request('waf.setFirewall', { path: { id: '2' }, body: { enabled: false } });
    const common = { accept: 'application/json', authorization: `Bearer ${token}` };
    expect(sent.map(({ headers }) => headersOf(headers))).toEqual([
      common,
      { ...common, 'content-type': 'application/json' },
    ]);
    expect(sent.map(({ body }) => body)).toEqual([undefined, { enabled: false }]);
  });

  it('to the agent takes an event stream, if need be', async () => {
    const { client, sent } = fakeApi(() => json({}));
    await client.request('agent.chat', { path: { id: '1' }, body: { message: 'Hello' } });
    expect(sent[0]?.headers.get('accept')).toBe('application/json, text/event-stream;q=0.5');
  });

  it.each([
    ['https://api.test/api/me', `Bearer ${token}`],
    ['https://evil.test/api/me', null],
    ['http://api.test/api/me', null],
    ['https://api.test:8443/api/me', null],
  ])('to %s carries the token %j', async (url, expected) => {
    const sent: (string | null)[] = [];
    const requester = new Requester({
      ...{ baseUrl, token, clock: new FakeClock(), random: () => 0, log: () => undefined },
      fetch: (_url, init) => {
        sent.push(new Headers(init.headers).get('authorization'));
        return Promise.resolve(json(user));
      },
    });
    const request: WireRequest = {
      ...{ endpoint: 'me.get', route: routes['me.get'], url: new URL(url), body: undefined },
      ...{
        deadlineMs: 1_000,
        bodyLimitBytes: 1_000,
        priority: 'person',
        signal: new AbortController().signal,
      },
    };
    expect(await requester.send(request)).toMatchObject({ ok: true });
    expect(sent).toEqual([expected]);
  });

  it('without a token carries none', async () => {
    const sent: Headers[] = [];
    const client = createApiClient({
      ...{ baseUrl, token: null, clock: new FakeClock(), random: () => 0, log: () => undefined },
      fetch: (_url, init) => {
        sent.push(new Headers(init.headers));
        return Promise.resolve(json(user));
      },
    });
    await client.request('me.get', {});
    expect(sent.map((headers) => headers.has('authorization'))).toEqual([false]);
  });

  it('is written to the log: what was asked, and nothing that anybody said', async () => {
    let isFirst = true;
    const { client, clock, log } = fakeApi(async () => {
      await new Promise<void>((resolve) => clock.setTimeout(resolve, 40));
      if (!isFirst) throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
      isFirst = false;
      return json(user);
    });
    const asked = client.request('me.get', {});
    await clock.advance(40);
    await asked;
    const changed = client.request('instances.power', power);
    await clock.advance(40);
    await changed;
    expect(log).toEqual([
      // {"user":{"id":1,"name":"Jane"}}
      { endpoint: 'me.get', attempt: 0, status: 200, durationMs: 40, bytes: 31, outcome: 'ok' },
      { endpoint: 'instances.power', attempt: 0, status: 0, durationMs: 40, bytes: 0, outcome: 'offline' },
    ] satisfies RequestLog[]);
  });
});

describe('a read', () => {
  const countOf = async (respond: () => Response | Promise<Response>): Promise<number> => {
    const { client, clock, sent } = fakeApi(respond);
    const pending = client.request('me.get', {});
    await clock.advance(14_000);
    expect(await pending).toMatchObject({ ok: false });
    return sent.length;
  };

  it.each([500, 502, 503, 504, 520, 521, 522, 523, 524])('is tried three times at %i', async (status) => {
    expect(await countOf(() => json({}, status))).toBe(3);
  });

  it.each([405, 408, 413, 418, 501, 505, 508, 525])('is tried once at %i', async (status) => {
    expect(await countOf(() => json({}, status))).toBe(1);
  });

  it('is tried again where the connection broke, and not where there is none', async () => {
    const failing = (code: string) => () =>
      Promise.reject(new TypeError('fetch failed', { cause: { code } }));
    expect(await countOf(failing('ECONNRESET'))).toBe(3);
    expect(await countOf(failing('ECONNREFUSED'))).toBe(1);
    expect(await countOf(failing('CERT_HAS_EXPIRED'))).toBe(1);
    expect(await countOf(() => Promise.reject(new Error('net::ERR_NETWORK_CHANGED')))).toBe(3);
  });

  it('that another network came in the midst of is answered over that one', async () => {
    const ends = ['net::ERR_NETWORK_CHANGED', null];
    const { client, clock, sent } = fakeApi(() => {
      const end = ends.shift() ?? null;
      return end === null ? json(user) : Promise.reject(new Error(end));
    });
    const pending = client.request('me.get', {});
    await clock.advance(3_000);
    expect(await pending).toMatchObject({ ok: true });
    expect(sent).toHaveLength(2);
  });

  it('is what is sent again there: a change is not', async () => {
    const { client, clock, sent } = fakeApi(() => Promise.reject(new Error('net::ERR_NETWORK_CHANGED')));
    const pending = client.request('instances.power', power);
    await clock.advance(14_000);
    expect(await pending).toMatchObject({ ok: false, error: { kind: 'unknown-outcome' } });
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['3', 3],
    ['4', 1],
  ])('waits for a Retry-After of three seconds, and no longer: %s', async (seconds, tries) => {
    const { client, clock, sent } = fakeApi(() => json({}, 429, { 'retry-after': seconds }));
    const pending = client.request('me.get', {});
    await clock.advance(14_000);
    expect(await pending).toMatchObject({ ok: false, error: { kind: 'rate-limited' } });
    expect(sent).toHaveLength(tries);
  });

  it('ends at its deadline with what it ended in before, also while it waits for the next try', async () => {
    const api = fakeApi(
      async () => {
        await new Promise<void>((resolve) => api.clock.setTimeout(resolve, 14_500));
        return json({}, 502);
      },
      () => 0.9,
    );
    const pending = api.client.request('me.get', {});
    await api.clock.advance(14_999);
    expect(api.log).toHaveLength(1);
    await api.clock.advance(1);
    expect(await pending).toMatchObject({ ok: false, error: { kind: 'unavailable', status: 502 } });
    expect(api.sent).toHaveLength(1);
  });

  it('that was refused says so, also where the body of the refusal is cut off', async () => {
    const { client } = fakeApi(() => {
      const body = new ReadableStream({ pull: (stream) => stream.error(new TypeError('terminated')) });
      return new Response(body, { status: 401 });
    });
    expect(await client.request('me.get', {})).toMatchObject({ ok: false, error: { kind: 'unauthorized' } });
  });
});

describe('what is not answered in time', () => {
  it('says how long was waited for it', async () => {
    const { client, clock } = fakeApi(() => new Promise<Response>(() => undefined));
    const read = client.request('me.get', {});
    const changed = client.request('instances.power', power);
    await clock.advance(15_000);
    const message = 'No complete answer came within 15 s.';
    expect(await read).toEqual(fail({ kind: 'unavailable', status: 0, message }));
    expect(await changed).toEqual(
      fail({ kind: 'unknown-outcome', message: `${message} It is not known whether this took effect.` }),
    );
  });
});

describe('more requests than the API is asked at once', () => {
  it('wait for their turn: sixty go, then four a second, who waits in person first', async () => {
    const { client, clock, sent } = fakeApi(() => json(user));
    const asked = Array.from({ length: 60 }, () => client.request('me.get', {}));
    const polled = client.request('tokens.list', {}, { priority: 'poll' });
    const personal = client.request('me.get', {});
    await settle();
    expect(sent).toHaveLength(60);
    await clock.advance(249);
    expect(sent).toHaveLength(60);
    await clock.advance(1);
    expect(sent.at(60)?.url).toBe('https://api.test/api/me');
    await clock.advance(250);
    expect(sent.at(61)?.url).toBe('https://api.test/api/me/api-tokens');
    await Promise.all([...asked, polled, personal]);
    expect(clock.delaysMs).toEqual([]);
  });

  it('are not sent where their caller gave up meanwhile', async () => {
    const { client, clock, sent } = fakeApi(() => json(user));
    for (let index = 0; index < 60; index += 1) void client.request('me.get', {});
    const caller = new AbortController();
    const waiting = client.request('instances.power', power, { signal: caller.signal });
    await settle();
    caller.abort();
    expect(await waiting).toEqual(fail({ kind: 'aborted' }));
    await clock.advance(10_000);
    expect(sent).toHaveLength(60);
  });
});

describe('the rate limit', () => {
  const limited = (headers: Record<string, string> = {}) => json({}, 429, headers);

  it('begins with a short wait again once a request was answered', async () => {
    const answers = [limited(), limited(), json({}), limited()];
    const { client, clock } = fakeApi(
      (_, index) => answers[index] ?? json({}),
      () => 1,
    );
    const waits: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      await client.request('instances.power', power);
      waits.push(client.waitMs());
      await clock.advance(client.waitMs());
    }
    expect(waits).toEqual([1_000, 2_000, 0, 1_000]);
  });

  it('is the later one of two that were asked for', async () => {
    const answers = [limited({ 'retry-after': '120' }), limited({ 'retry-after': '10' })];
    const { client } = fakeApi((_, index) => answers[index] ?? json({}));
    await Promise.all([client.request('instances.power', power), client.request('instances.power', power)]);
    expect(client.waitMs()).toBe(120_000);
  });
});

it('an answer says all there is to say of it', async () => {
  const { client } = fakeApi(() => json({ balance_cents: 5, balance_usd: 0.06 }));
  const path = 'balance_usd';
  const message = 'differs from balance_cents';
  expect(await client.request('wallet.balance', {})).toEqual(
    ok({
      ...{ value: { balanceCents: 5 }, serverTimeMs: null, unchanged: false, truncated: false },
      ...{ total: null, unusable: 0, isWhole: true, unreadable: new Map([[path, 1]]) },
      drift: [{ endpoint: 'wallet.balance', path: `.${path}`, message }],
    }),
  );
});

it('an id that leads elsewhere is not sent', async () => {
  const { client, sent } = fakeApi(() => json({}));
  expect(await client.request('instances.power', { path: { id: '..', action: 'boot' } })).toEqual(
    fail({ kind: 'drift', message: 'This id cannot be used in an address.' }),
  );
  expect(sent).toEqual([]);
});

describe('a token that is fetched', () => {
  it('and comes in the moment in which its caller gives up is let go of', async () => {
    let held = 0;
    const caller = new AbortController();
    const sent: unknown[] = [];
    const client = createApiClient({
      ...{ baseUrl, token, clock: new FakeClock(), random: () => 0, log: () => undefined },
      fetch: (url) => {
        sent.push(url);
        return Promise.resolve(json({}));
      },
      lendWriteToken: () => {
        held += 1;
        const lent = Promise.resolve(ok({ token: '2|writes', release: () => (held -= 1) }));
        // It is there, and nobody has looked at it yet.
        void lent.then(() => undefined).then(() => caller.abort());
        return lent;
      },
    });
    expect(await client.request('instances.power', power, { signal: caller.signal })).toEqual(
      fail({ kind: 'aborted' }),
    );
    expect([sent, held]).toEqual([[], 0]);
  });

  it('and does not come because of a bug is told of', async () => {
    const bug = new Error('bug');
    await expect(lentBefore(Promise.reject(bug), new AbortController().signal)).rejects.toBe(bug);
  });

  it('is not waited for by who gave up before', async () => {
    let held = 1;
    const lent = Promise.resolve(ok({ token: '2|writes', release: () => (held -= 1) }));
    expect(await lentBefore(lent as never, AbortSignal.abort())).toBeNull();
    await settle();
    expect(held).toBe(0);
  });
});
