import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type { Session } from 'electron';
import { beforeEach, expect, it, vi } from 'vitest';
import { exchange } from '../../../main/api/index.ts';
import { createSessionFetch } from '../../../main/desktop/session-fetch.ts';

/** Electron's request as far as it is used. */
class FakeRequest extends EventEmitter {
  readonly headers: Record<string, string> = {};
  readonly ended = vi.fn<(body?: string) => void>();
  readonly abort = vi.fn<() => void>();
  readonly options: unknown;

  constructor(options: unknown) {
    super();
    this.options = options;
  }

  setHeader(name: string, value: string): void {
    this.headers[name] = value;
  }

  end(body?: string): void {
    this.ended(body);
  }
}

const sent = vi.hoisted((): unknown[] => []);
vi.mock('electron', () => ({
  net: {
    request: (options: unknown) => {
      const request = new FakeRequest(options);
      sent.push(request);
      return request;
    },
  },
}));
beforeEach(() => {
  sent.length = 0;
});

const session: unknown = {};
const fetch = createSessionFetch(session as Session);
const lastSent = (): FakeRequest => sent.at(-1) as FakeRequest;
const answer = (
  statusCode: number,
  headers: Readonly<Record<string, string | readonly string[]>>,
  parts: readonly string[] = [],
): Readable => Object.assign(Readable.from(parts.map((part) => Buffer.from(part))), { statusCode, headers });

it('sends what it is given, by its session', async () => {
  const answered = fetch('https://api.evorxa.com/api/instances', {
    method: 'POST',
    headers: { authorization: 'Bearer 1|secret', 'content-type': 'application/json' },
    body: '{"name":"web"}',
    ...({ redirect: 'manual', credentials: 'omit', cache: 'no-store' } as const),
  });
  const request = lastSent();
  expect(request.options).toEqual({
    ...{ session, method: 'POST', url: 'https://api.evorxa.com/api/instances' },
    ...{ redirect: 'manual', credentials: 'omit', cache: 'no-store' },
  });
  expect(request.headers).toEqual({
    authorization: 'Bearer 1|secret',
    'content-type': 'application/json',
  });
  expect(request.ended).toHaveBeenCalledExactlyOnceWith('{"name":"web"}');
  request.emit('response', answer(201, { 'content-type': 'application/json', vary: ['accept', 'origin'] }));
  const { status, headers } = await answered;
  expect(status).toBe(201);
  expect(headers.get('Content-Type')).toBe('application/json');
  expect(headers.get('vary')).toBe('accept, origin');
  expect(headers.get('link')).toBeNull();
  const names: string[] = [];
  headers.forEach((_value, name) => names.push(name));
  expect(names).toEqual(['content-type', 'vary']);
});

const read = (signal = new AbortController().signal) =>
  exchange(fetch, new URL('https://api.evorxa.com/api/me'), { method: 'GET' }, 1000, signal);

it('gives the body as it comes', async () => {
  const exchanged = read();
  lastSent().emit('response', answer(200, {}, ['{"id"', ':1}']));
  expect(await exchanged).toMatchObject({ ok: true, value: { bytes: Buffer.from('{"id":1}') } });
});

it('ends with the error of a connection that was never made, or broke midway', async () => {
  const refused = read();
  lastSent().emit('error', new Error('net::ERR_CONNECTION_REFUSED'));
  expect(await refused).toMatchObject({ error: { kind: 'not-sent' } });
  const broken = read();
  const half = answer(200, {}, ['{']);
  lastSent().emit('response', half);
  half.destroy(new Error('net::ERR_CONNECTION_RESET'));
  lastSent().emit('error', new Error('net::ERR_CONNECTION_RESET'));
  expect(await broken).toMatchObject({ error: { kind: 'lost', status: 200 } });
});

it('is aborted before, while it waits, and while the body comes', async () => {
  expect(await read(AbortSignal.abort())).toMatchObject({ error: { kind: 'aborted' } });
  expect(sent).toEqual([]);
  const waiting = new AbortController();
  const waited = read(waiting.signal);
  waiting.abort();
  expect(await waited).toMatchObject({ error: { kind: 'aborted' } });
  expect(lastSent().abort).toHaveBeenCalled();
  const coming = new AbortController();
  const came = read(coming.signal);
  const endless = Object.assign(new Readable({ read: () => undefined }), { statusCode: 200, headers: {} });
  lastSent().emit('response', endless);
  await vi.waitFor(() => expect(endless.listenerCount('readable')).toBeGreaterThan(0));
  coming.abort();
  expect(await came).toMatchObject({ error: { kind: 'aborted' } });
  expect(lastSent().abort).toHaveBeenCalled();
  // As Electron does, also where nobody reads on.
  endless.destroy(new Error('net::ERR_ABORTED'));
  await new Promise((resolve) => endless.once('close', resolve));
});
