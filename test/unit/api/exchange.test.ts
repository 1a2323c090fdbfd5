import { expect, it, vi } from 'vitest';
import { exchange, type Fetch } from '../../../main/api/exchange.ts';

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
