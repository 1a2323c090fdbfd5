import { once } from 'node:events';
import { createServer } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestAuthority } from '../../support/certificates.ts';
import type { CertificateKind, TestAuthority } from '../../support/certificates.ts';
import { startFaultProxy, startHeaderTrap } from '../../support/fault-proxy.ts';
import type { FaultProxy } from '../../support/fault-proxy.ts';
import { describeWithCommands } from './here.ts';

const answer = JSON.stringify({ answer: 'x'.repeat(200) });
const cleanUp: (() => Promise<unknown>)[] = [];
let origin: string;
let requestsServed: number;

beforeEach(async () => {
  requestsServed = 0;
  const server = createServer((_request, response) => {
    requestsServed += 1;
    response.end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  origin = `http://127.0.0.1:${address.port}`;
  cleanUp.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
});
afterEach(async () => {
  for (const step of cleanUp.splice(0).toReversed()) await step();
});

async function proxyTo(
  options: Omit<Parameters<typeof startFaultProxy>[0], 'origin'> = {},
): Promise<FaultProxy> {
  const proxy = await startFaultProxy({ origin, ...options });
  cleanUp.push(proxy.close);
  return proxy;
}

/** The code at the root of a failed `fetch`. */
async function failureOf(attempt: Promise<unknown>): Promise<unknown> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) return error;
  const root = error.cause instanceof Error ? error.cause : error;
  return 'code' in root ? root.code : root.message;
}

describe('the fault proxy', () => {
  it('passes everything at first', async () => {
    const proxy = await proxyTo();
    expect(await (await fetch(proxy.url)).text()).toBe(answer);
    expect(proxy.connectionCount()).toBe(1);
  });

  it('refuses connections and comes back on the same port', async () => {
    const proxy = await proxyTo();
    await proxy.setFault({ kind: 'refuse' });
    expect(await failureOf(fetch(proxy.url))).toBe('ECONNREFUSED');
    await proxy.setFault({ kind: 'pass' });
    expect((await fetch(proxy.url)).status).toBe(200);
  });

  it('drops the answer of a request that took effect', async () => {
    const proxy = await proxyTo();
    await proxy.setFault({ kind: 'drop', afterBytes: 0 });
    expect(await failureOf(fetch(proxy.url, { method: 'POST', body: '{}' }))).toBe('UND_ERR_SOCKET');
    expect(requestsServed).toBe(1);
  });

  it('drops in the midst of an answer', async () => {
    const proxy = await proxyTo();
    await proxy.setFault({ kind: 'drop', afterBytes: 200 });
    const response = await fetch(proxy.url);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('delays the answer', async () => {
    const proxy = await proxyTo();
    await proxy.setFault({ kind: 'latency', delayMs: 150 });
    const startedAtMs = performance.now();
    expect((await fetch(proxy.url)).status).toBe(200);
    expect(performance.now() - startedAtMs).toBeGreaterThan(140);
  });

  it('lets the answer trickle', async () => {
    const proxy = await proxyTo();
    await proxy.setFault({ kind: 'slow', bytesPerSecond: 1 });
    const impatient = fetch(proxy.url, { signal: AbortSignal.timeout(300) });
    expect(await failureOf(impatient)).toBe(DOMException.TIMEOUT_ERR);
    await proxy.setFault({ kind: 'slow', bytesPerSecond: 2_000 });
    expect(await (await fetch(proxy.url)).text()).toBe(answer);
  });

  it('redirects to another host, which sees what headers follow', async () => {
    const [proxy, trap] = [await proxyTo(), await startHeaderTrap()];
    cleanUp.push(trap.close);
    await proxy.setFault({ kind: 'redirect', location: `${trap.url}/elsewhere` });
    await fetch(proxy.url, { headers: { authorization: 'Bearer secret', 'x-followed': 'yes' } });
    expect(trap.requests()).toMatchObject([
      { method: 'GET', path: '/elsewhere', headers: { 'x-followed': 'yes' } },
    ]);
    // Node's fetch keeps the header to itself: a client that does not would be seen here.
    expect(trap.requests()[0]?.headers.authorization).toBeUndefined();
    await fetch(trap.url, { headers: { authorization: 'Bearer secret' } });
    expect(trap.requests()[1]?.headers.authorization).toBe('Bearer secret');
    expect(requestsServed).toBe(0);
  });

  it('ends open connections when the fault changes', async () => {
    const proxy = await proxyTo();
    await proxy.setFault({ kind: 'latency', delayMs: 60_000 });
    const waiting = failureOf(fetch(proxy.url));
    await expect.poll(() => proxy.connectionCount()).toBe(1);
    await proxy.setFault({ kind: 'pass' });
    expect(await waiting).toMatch(/UND_ERR_SOCKET|ECONNRESET/);
  });
});

describeWithCommands('the fault proxy over TLS', ['openssl'], () => {
  let authority: TestAuthority;
  beforeEach(async () => {
    authority = await createTestAuthority();
    cleanUp.push(authority.close);
  });

  /** Asks as a client that trusts the test authority; gives the status. */
  async function ask(url: string): Promise<number | undefined> {
    const request = httpsRequest(url, { ca: authority.caCert, agent: false }).end();
    const response = await new Promise<{ statusCode?: number | undefined; resume: () => unknown }>(
      (resolve, reject) => request.on('response', resolve).on('error', reject),
    );
    response.resume();
    return response.statusCode;
  }

  it('serves a certificate that is in order', async () => {
    const proxy = await proxyTo({ tls: await authority.issue('valid') });
    expect(await ask(proxy.url)).toBe(200);
  });

  it.each<[CertificateKind, string]>([
    ['other-name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['expired', 'CERT_HAS_EXPIRED'],
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ])('serves one that is refused for that fault alone: %s', async (kind, code) => {
    const proxy = await proxyTo({ tls: await authority.issue(kind) });
    expect(await failureOf(ask(proxy.url))).toBe(code);
    expect(requestsServed).toBe(0);
  });
});
