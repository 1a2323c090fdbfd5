import { describe, expect, it, vi } from 'vitest';
import { exchange } from '../../../main/api/exchange.ts';
import type { Fetch } from '../../../main/api/fetch.ts';

const url = new URL('https://api.evorxa.com/api/instances');
const never = (): AbortSignal => new AbortController().signal;

it('sends a request once, without cookies, and with nothing of the answer on the disk', async () => {
  const fetch = vi.fn<Fetch>(() => Promise.resolve(new Response('{}', { status: 200 })));
  const init = { method: 'POST', body: '{"a":1}', headers: { accept: 'application/json' } };
  // What says otherwise does not get through.
  const odd = { ...init, credentials: 'include', cache: 'force-cache', redirect: 'follow' } as const;
  expect(await exchange(fetch, url, odd, 100, never())).toMatchObject({ ok: true, value: { status: 200 } });
  expect(fetch).toHaveBeenCalledExactlyOnceWith(
    url.href,
    expect.objectContaining({ ...init, credentials: 'omit', cache: 'no-store', redirect: 'manual' }),
    expect.any(Function),
  );
});

it.each([301, 302, 307, 308])('does not follow a redirect (%i)', async (status) => {
  const headers = { location: 'https://elsewhere.example/' };
  const fetch = vi.fn<Fetch>(() => Promise.resolve(new Response(null, { status, headers })));
  expect(await exchange(fetch, url, {}, 100, never())).toMatchObject({
    ok: false,
    error: { kind: 'redirect', status },
  });
  expect(fetch).toHaveBeenCalledTimes(1);
});

it.each([
  [100, true],
  [101, false],
])('takes a body of up to the limit: %i bytes of 100', async (size, isTaken) => {
  const fetch: Fetch = () => Promise.resolve(new Response('x'.repeat(size)));
  const answer = await exchange(fetch, url, {}, 100, never());
  expect(answer.ok).toBe(isTaken);
  if (!answer.ok) expect(answer.error).toMatchObject({ kind: 'too-large', status: 200 });
});

it('ends a request that nobody waits for, whether or not fetch listens', async () => {
  const stop = new AbortController();
  const signals: (AbortSignal | null | undefined)[] = [];
  const fetch: Fetch = (_url, init) => {
    signals.push(init.signal);
    return new Promise(() => undefined);
  };
  const answer = exchange(fetch, url, {}, 100, stop.signal);
  stop.abort();
  expect(await answer).toMatchObject({ ok: false, error: { kind: 'aborted', status: 0 } });
  expect(signals[0]?.aborted).toBe(true);
});

describe('an exchange', () => {
  const bytesOf = async (response: Response, limit = 100): Promise<Uint8Array | null> => {
    const answer = await exchange(() => Promise.resolve(response), url, {}, limit, never());
    return answer.ok ? answer.value.bytes : null;
  };

  it('puts the parts of a body together', async () => {
    const parts = ['one ', 'two ', 'three'].map((part) => new TextEncoder().encode(part));
    const body = new ReadableStream<Uint8Array>({
      pull: (stream) => {
        const part = parts.shift();
        if (part === undefined) stream.close();
        else stream.enqueue(part);
      },
    });
    expect(Buffer.from((await bytesOf(new Response(body))) ?? []).toString()).toBe('one two three');
  });

  it('counts a body by all of its parts', async () => {
    const part = new Uint8Array(40);
    const endless = () => new ReadableStream({ pull: (stream) => stream.enqueue(part.slice()) });
    const limited = new ReadableStream({
      start: (stream) => {
        for (let each = 0; each < 2; each += 1) stream.enqueue(part.slice());
        stream.close();
      },
    });
    expect(await bytesOf(new Response(endless()))).toBeNull();
    expect(await bytesOf(new Response(limited))).toHaveLength(80);
  });

  it('keeps what others have of the memory that a dropped body lay in', async () => {
    const whole = new Uint8Array(80).fill(7);
    const halves = [whole.subarray(0, 40), whole.subarray(40), new Uint8Array(40)];
    const body = new ReadableStream({
      pull: (stream) => stream.enqueue(halves.shift() ?? new Uint8Array(1)),
    });
    expect(await bytesOf(new Response(body))).toBeNull();
    expect(whole).toHaveLength(80);
    expect(whole[79]).toBe(7);
  });

  it('of no body gives an empty one', async () => {
    expect(await bytesOf(new Response(null, { status: 204 }))).toHaveLength(0);
    expect(await bytesOf(new Response(null, { status: 200 }))).toHaveLength(0);
  });

  it('does not follow a redirect that the network hides', async () => {
    const hidden = { type: 'opaqueredirect', status: 0, headers: new Headers(), body: null } as const;
    const answer = await exchange(() => Promise.resolve(hidden as never), url, {}, 100, never());
    expect(answer).toMatchObject({ ok: false, error: { kind: 'redirect', status: 0 } });
  });

  it.each([299, 400])('takes %i for an answer, and no redirect', async (status) => {
    const fetch: Fetch = () => Promise.resolve(new Response('{}', { status }));
    expect(await exchange(fetch, url, {}, 100, never())).toMatchObject({ ok: true, value: { status } });
  });

  it('that was given up in the midst of its body says what came before', async () => {
    const stop = new AbortController();
    const body = new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(1)) });
    const fetch: Fetch = () => Promise.resolve(new Response(body, { status: 202, headers: { 'x-a': 'b' } }));
    const pending = exchange(fetch, url, {}, 100, stop.signal);
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    const answer = await pending;
    expect(answer).toMatchObject({ ok: false, error: { kind: 'aborted', status: 202 } });
    expect(!answer.ok && answer.error.headers.get('x-a')).toBe('b');
  });

  it('that was given up before is none, also where fetch throws because of that', async () => {
    const throwing: Fetch = () => Promise.reject(new DOMException('Aborted', 'AbortError'));
    const asked = exchange(throwing, url, {}, 100, AbortSignal.abort());
    expect(await asked).toMatchObject({ ok: false, error: { kind: 'aborted', status: 0 } });
    const unheard: Fetch = () => new Promise(() => undefined);
    expect(await exchange(unheard, url, {}, 100, AbortSignal.abort())).toMatchObject({ ok: false });
  });

  it('tells why there is no answer', async () => {
    const fetch: Fetch = () => Promise.reject(new Error('net::ERR_NAME_NOT_RESOLVED'));
    const answer = await exchange(fetch, url, {}, 100, never());
    expect(answer).toMatchObject({ ok: false, error: { kind: 'not-sent', status: 0 } });
  });

  it('ends its request whatever came of it: nobody reads on', async () => {
    const signals: AbortSignal[] = [];
    for (const body of ['{}', 'x'.repeat(101)]) {
      const fetch: Fetch = (_url, init) => {
        signals.push(init.signal as AbortSignal);
        expect(init.signal?.aborted).toBe(false);
        return Promise.resolve(new Response(body));
      };
      await exchange(fetch, url, {}, 100, never());
    }
    expect(signals.map((signal) => signal.aborted)).toEqual([true, true]);
  });

  it('hands on that the network has the request', async () => {
    const onTaken = vi.fn();
    const fetch: Fetch = (_url, _init, taken) => {
      taken?.();
      return Promise.resolve(new Response('{}'));
    };
    await exchange(fetch, url, {}, 100, never(), onTaken);
    expect(onTaken).toHaveBeenCalledTimes(1);
    expect(await exchange(fetch, url, {}, 100, never())).toMatchObject({ ok: true });
  });
});
