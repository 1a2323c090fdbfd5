import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../../main/api/index.ts';
import { retryAfterMs } from '../../../main/api/retry.ts';
import { routes, type EndpointId } from '../../../main/api/routes.ts';
import { fakeApi, json } from './support/fake-api.ts';
import { samples } from './support/samples.ts';

const ids = Object.keys(routes) as EndpointId[];
const user = { user: { id: 1, name: 'Jane' } };

describe('the backoff', () => {
  it('doubles from a second to five minutes', () => {
    const most = Array.from({ length: 12 }, (_, attempt) => backoffMs(attempt, () => 1));
    expect(most).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300].map((seconds) => seconds * 1_000));
  });

  it('has full jitter', () => {
    expect(backoffMs(3, () => 0)).toBe(0);
    expect(backoffMs(3, () => 0.25)).toBe(2_000);
    expect(backoffMs(10_000, () => 0.5)).toBe(150_000);
  });
});

describe('Retry-After', () => {
  const nowMs = Date.UTC(2026, 4, 14, 12);

  it.each([
    ['120', 120_000],
    ['0', 0],
    [' 7 ', 7_000],
    ['Thu, 14 May 2026 12:02:00 GMT', 120_000],
    ['Thu, 14 May 2026 11:00:00 GMT', 0],
    // An hour at most: a broken server must not silence the app for a day.
    ['86400', 3_600_000],
    ['Thu, 14 May 2099 12:00:00 GMT', 3_600_000],
    ['-1', null],
    ['abc', null],
    ['1.5', null],
    ['', null],
    ['Thursday', null],
    ['after Thu, 14 May 2026 12:02:00 GMT', null],
    [null, null],
  ])('%s asks for %s ms', (header, expected) => {
    expect(retryAfterMs(header, nowMs)).toBe(expected);
  });
});

describe('a GET that fails', () => {
  it('is repeated after 500 ms and 1 s, when the jitter is a half', async () => {
    const api = fakeApi((_, index) => (index < 2 ? json({}, 500) : json(user)));
    const pending = api.client.request('me.get', {});
    await api.clock.advance(499);
    expect(api.sent).toHaveLength(1);
    await api.clock.advance(1);
    expect(api.sent).toHaveLength(2);
    await api.clock.advance(999);
    expect(api.sent).toHaveLength(2);
    await api.clock.advance(1);
    expect(api.sent).toHaveLength(3);
    expect(await pending).toMatchObject({ ok: true });
    expect(api.log.map((it) => [it.attempt, it.status, it.outcome])).toEqual([
      [0, 500, 'unavailable'],
      [1, 500, 'unavailable'],
      [2, 200, 'ok'],
    ]);
  });

  it('is not repeated where a second try is no better', async () => {
    for (const status of [400, 401, 402, 403, 404, 422, 501]) {
      const api = fakeApi(() => json({}, status));
      await api.client.request('me.get', {});
      expect(api.sent).toHaveLength(1);
    }
  });

  it('is given up 15 s after it was sent, also by a fetch that does not listen to its signal', async () => {
    const api = fakeApi(() => new Promise<Response>(() => undefined));
    const pending = api.client.request('me.get', {});
    await api.clock.advance(14_999);
    expect(api.log).toEqual([]);
    await api.clock.advance(1);
    expect(await pending).toMatchObject({ ok: false, error: { kind: 'unavailable', status: 0 } });
    expect(api.sent).toHaveLength(1);
    expect(api.clock.delaysMs).toEqual([]);
  });

  it('is aborted by its caller, while it runs and while it waits', async () => {
    for (const respond of [() => new Promise<Response>(() => undefined), () => json({}, 500)]) {
      const api = fakeApi(respond);
      const caller = new AbortController();
      const pending = api.client.request('me.get', {}, { signal: caller.signal });
      await api.clock.advance(1);
      caller.abort();
      expect(await pending).toEqual({ ok: false, error: { kind: 'aborted' } });
      expect(api.sent).toHaveLength(1);
    }
  });
});

describe('a turn of the agent', () => {
  it('may take 15 minutes, and is then of unknown outcome', async () => {
    const api = fakeApi(() => new Promise<Response>(() => undefined));
    const pending = api.client.request('agent.chat', { path: { id: '1' }, body: { message: 'Hello' } });
    await api.clock.advance(15 * 60_000 - 1);
    expect(api.log).toEqual([]);
    await api.clock.advance(1);
    expect(await pending).toMatchObject({ ok: false, error: { kind: 'unknown-outcome' } });
    expect(api.sent).toHaveLength(1);
  });
});

describe('a POST, PUT or DELETE', () => {
  const changing = ids.filter((id) => routes[id].method !== 'GET');

  it.each(changing)('%s is sent once, whatever comes', async (id) => {
    const refuse = () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } }));
    const responders = [
      ...[408, 429, 500, 502, 503, 504].map((status) => () => json({}, status)),
      () => json({}, 429, { 'retry-after': '1' }),
      () => new Response('{"cut', { status: 200 }),
      refuse,
    ];
    for (const respond of responders) {
      const api = fakeApi(respond);
      // The sample of this id is an input of this endpoint.
      const pending = api.client.request(id, samples[id].input as never);
      await api.clock.advance(60 * 60_000);
      await pending;
      expect(api.sent).toHaveLength(1);
    }
  });
});

describe('429', () => {
  it.each([
    ['120', 120_000],
    ['Thu, 14 May 2026 12:02:00 GMT', 120_000],
    ['-1', 500],
    ['abc', 500],
  ])('with Retry-After: %s keeps all requests back for %s ms', async (header, waitMs) => {
    const api = fakeApi((_, index) => (index === 0 ? json({}, 429, { 'retry-after': header }) : json(user)));
    const startMs = api.clock.now();
    const rateLimited = { ok: false, error: { kind: 'rate-limited', retryAtMs: startMs + waitMs } };
    // A change is not repeated, so that what is seen is the gate.
    const power = { path: { id: '1', action: 'boot' } } as const;
    expect(await api.client.request('instances.power', power)).toEqual(rateLimited);
    await api.clock.advance(waitMs - 1);
    expect(await api.client.request('me.get', {}, { priority: 'poll' })).toEqual(rateLimited);
    expect(await api.client.request('me.get', {})).toEqual(rateLimited);
    expect(api.sent).toHaveLength(1);
    await api.clock.advance(1);
    expect(await api.client.request('me.get', {})).toMatchObject({ ok: true });
  });

  it('takes a date by the clock of the server', async () => {
    const api = fakeApi(() =>
      json({}, 429, {
        'retry-after': 'Thu, 14 May 2026 18:02:00 GMT',
        date: 'Thu, 14 May 2026 18:00:00 GMT',
      }),
    );
    const retryAtMs = api.clock.now() + 120_000;
    expect(await api.client.request('me.get', {})).toEqual({
      ok: false,
      error: { kind: 'rate-limited', retryAtMs },
    });
  });

  it('with a short wait is waited for by a GET', async () => {
    const api = fakeApi((_, index) => (index === 0 ? json({}, 429, { 'retry-after': '2' }) : json(user)));
    const pending = api.client.request('me.get', {});
    await api.clock.advance(1_999);
    expect(api.sent).toHaveLength(1);
    await api.clock.advance(1);
    expect(await pending).toMatchObject({ ok: true });
  });

  it('backs off further with each one in a row', async () => {
    const api = fakeApi(
      () => json({}, 429),
      () => 1,
    );
    const waits: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const result = await api.client.request('instances.power', { path: { id: '1', action: 'boot' } });
      if (result.ok || result.error.kind !== 'rate-limited') throw new Error('rate-limited was expected');
      waits.push(result.error.retryAtMs - api.clock.now());
      await api.clock.advance(result.error.retryAtMs - api.clock.now());
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  it('obeys Retry-After also where its body is cut off', async () => {
    const cut = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"error":')),
      pull: (controller) => controller.error(new TypeError('terminated')),
    });
    const api = fakeApi((_, index) =>
      index === 0 ? new Response(cut, { status: 429, headers: { 'retry-after': '120' } }) : json(user),
    );
    const power = { path: { id: '1', action: 'boot' } } as const;
    expect(await api.client.request('instances.power', power)).toEqual({
      ok: false,
      error: { kind: 'rate-limited', retryAtMs: api.clock.now() + 120_000 },
    });
    expect(api.client.waitMs()).toBe(120_000);
  });

  it('is obeyed for an hour at most', async () => {
    const api = fakeApi(() => json({}, 429, { 'retry-after': '86400' }));
    await api.client.request('me.get', {});
    expect(api.client.waitMs()).toBe(3_600_000);
  });

  it.each([
    ['set back', -86_400_000, 120_000],
    ['set forward, as after a sleep', 86_400_000, 0],
  ])('keeps a client waiting no longer than asked when the clock was %s', async (_case, byMs, waitMs) => {
    const api = fakeApi((_, index) => (index === 0 ? json({}, 429, { 'retry-after': '120' }) : json(user)));
    await api.client.request('me.get', {});
    api.clock.jumpTo(api.clock.now() + byMs);
    expect(api.client.waitMs()).toBe(waitMs);
    await api.clock.advance(waitMs);
    expect(await api.client.request('me.get', {})).toMatchObject({ ok: true });
  });
});
