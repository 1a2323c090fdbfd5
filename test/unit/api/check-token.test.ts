import { describe, expect, it } from 'vitest';
import { checkToken } from '../../../main/api/index.ts';
import { fakeApi, json } from './support/fake-api.ts';

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
    ['a server with a fault', () => json({}, 500), 'unavailable'],
    ['a connection that broke', () => Promise.reject(new Error('read ECONNRESET')), 'unavailable'],
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

  it('is given up by who asked for it', async () => {
    const { client, sent } = fakeApi(() => json(user));
    expect(await checkToken(client, AbortSignal.abort())).toMatchObject({
      ok: false,
      error: { kind: 'aborted' },
    });
    expect(sent).toHaveLength(0);
  });
});
