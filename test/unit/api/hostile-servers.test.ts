import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createGzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkToken } from '../../../main/api/index.ts';
import { token } from './support/fake-api.ts';
import { realClient, serve } from './support/local-server.ts';

const mebibyte = 1024 * 1024;
const power = { path: { id: '01H9', action: 'restart' } } as const;

/** Writes 200 MB of a JSON text, as fast as the other side takes it, and ends when it is gone. */
function flood(out: NodeJS.WritableStream & { readonly destroyed?: boolean }): void {
  const block = Buffer.alloc(mebibyte, 0x20);
  let left = 200;
  const more = (): void => {
    while (left > 0 && out.destroyed !== true) {
      left -= 1;
      if (!out.write(block)) {
        out.once('drain', more);
        return;
      }
    }
    if (left === 0) out.end('{}');
  };
  out.on('error', () => undefined);
  more();
}

/** The most that memory grew while something ran. */
async function growthBytes(run: () => Promise<unknown>): Promise<number> {
  const used = (): number => process.memoryUsage().rss;
  const before = used();
  let most = before;
  const sampler = setInterval(() => (most = Math.max(most, used())), 5);
  await run();
  clearInterval(sampler);
  return Math.max(most, used()) - before;
}

describe('a server that answers badly', () => {
  it('of HTML with 200 is unavailable, in a plain sentence', async () => {
    await using server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><h1>Welcome</h1>');
    });
    const client = realClient(server.baseUrl);
    expect(await client.request('wallet.balance', {})).toEqual({
      ok: false,
      error: {
        kind: 'unavailable',
        status: 200,
        message: 'The address answered with a web page instead of data.',
      },
    });
    expect(await client.request('instances.list', {})).toMatchObject({
      ok: false,
      error: { kind: 'unavailable', status: 200 },
    });
  });

  it('of truncated JSON is unavailable', async () => {
    await using server = await serve((_, response) => response.writeHead(200).end('[{"id":"01H9","name":'));
    expect(await realClient(server.baseUrl).request('instances.list', {})).toEqual({
      ok: false,
      error: { kind: 'unavailable', status: 200, message: 'The answer was cut off, or is not JSON.' },
    });
  });

  it('of a cut connection is unavailable for a read, of unknown outcome for a change, which is sent once', async () => {
    await using server = await serve((request, response) => {
      if (request.method === 'GET') response.writeHead(200, { 'content-length': '1000' }).write('[');
      setImmediate(() => response.destroy());
    });
    const client = realClient(server.baseUrl, { speed: 100 });
    expect(await client.request('instances.list', {})).toMatchObject({
      ok: false,
      error: { kind: 'unavailable' },
    });
    expect(await client.request('instances.power', power)).toMatchObject({
      ok: false,
      error: { kind: 'unknown-outcome' },
    });
    expect(server.requests.filter((it) => it.method === 'POST')).toHaveLength(1);
  });

  it('of 200 MB is given up at the limit, and memory stays', async () => {
    await using server = await serve((_, response) => flood(response.writeHead(200)));
    const grown = await growthBytes(async () => {
      const result = await realClient(server.baseUrl).request('wallet.balance', {});
      expect(result).toMatchObject({ ok: false, error: { kind: 'unavailable', status: 200 } });
    });
    expect(grown).toBeLessThan(100 * mebibyte);
  });

  it('of a gzip bomb is given up by its decompressed size, and memory stays', async () => {
    await using server = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      const gzip = createGzip();
      gzip.on('error', () => undefined).pipe(response);
      response.on('close', () => gzip.destroy());
      flood(gzip);
    });
    const grown = await growthBytes(async () => {
      const result = await realClient(server.baseUrl).request('wallet.balance', {});
      expect(result).toMatchObject({ ok: false, error: { kind: 'unavailable', status: 200 } });
    });
    expect(grown).toBeLessThan(100 * mebibyte);
  });

  it('of one byte at a time is cut at the deadline, which is for all of the answer', async () => {
    const open = new Set<ServerResponse>();
    const trickle = setInterval(() => open.forEach((response) => response.write(' ')), 10);
    await using server = await serve((_, response) => open.add(response.writeHead(200)));
    // 15 s at a hundredfold speed: 150 ms.
    const client = realClient(server.baseUrl, { speed: 100 });
    const results = await Promise.all([
      client.request('wallet.balance', {}),
      client.request('instances.power', power),
    ]);
    clearInterval(trickle);
    expect(results).toMatchObject([
      { ok: false, error: { kind: 'unavailable', message: 'No complete answer came within 15 s.' } },
      { ok: false, error: { kind: 'unknown-outcome' } },
    ]);
    expect(server.requests).toHaveLength(2);
  });

  it('of a redirect gets no second request, and the other host no token', async () => {
    await using other = await serve((_, response) => response.writeHead(200).end('{}'));
    await using server = await serve((_, response) =>
      response.writeHead(302, { location: `${other.baseUrl}/me` }).end(),
    );
    const client = realClient(server.baseUrl);
    expect(await client.request('me.get', {})).toMatchObject({
      ok: false,
      error: {
        kind: 'unavailable',
        status: 302,
        message: expect.stringContaining('another address') as string,
      },
    });
    expect(await client.request('instances.power', power)).toMatchObject({
      ok: false,
      error: { kind: 'unavailable', status: 302 },
    });
    expect(await checkToken(client)).toMatchObject({ ok: false, error: { kind: 'not-evorxa' } });
    expect(other.requests).toHaveLength(0);
    expect(server.requests.every((it) => it.headers.authorization === `Bearer ${token}`)).toBe(true);
  });

  it('of more pages elsewhere is not followed', async () => {
    await using other = await serve((_, response) => response.writeHead(200).end('[]'));
    await using server = await serve((_, response) => {
      response.end(JSON.stringify({ data: [{ id: 1 }], next_page_url: `${other.baseUrl}/instances?page=2` }));
    });
    const result = await realClient(server.baseUrl).request('instances.list', {});
    expect(result).toMatchObject({ ok: true, value: { truncated: true, value: [{ id: '1' }] } });
    expect([other.requests.length, server.requests.length]).toEqual([0, 3]);
  });

  it('gets the id of `../me` as one segment, and none of `..`', async () => {
    await using server = await serve((_, response) => response.writeHead(404).end('{}'));
    const client = realClient(server.baseUrl);
    await client.request('instances.get', { path: { id: '../me' } });
    await client.request('instances.get', { path: { id: 'a/b?c#d' } });
    for (const id of ['.', '..']) {
      expect(await client.request('instances.get', { path: { id } })).toMatchObject({
        ok: false,
        error: { kind: 'drift' },
      });
    }
    expect(server.requests.map((it) => it.url)).toEqual([
      '/api/instances/..%2Fme',
      '/api/instances/a%2Fb%3Fc%23d',
    ]);
  });

  it('gets the JSON body of a DELETE', async () => {
    const bodies: string[] = [];
    await using server = await serve((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => bodies.push(text));
      request.on('end', () => response.end('{"refund_cents": 640}'));
    });
    const input = { path: { id: '01H9' }, body: { mode: 'end_of_cycle' } } as const;
    const result = await realClient(server.baseUrl).request('instances.delete', input);
    expect(result).toMatchObject({ ok: true, value: { value: { refundCents: 640 } } });
    expect(bodies).toEqual(['{"mode":"end_of_cycle"}']);
  });

  it('that is not there is offline, also for a change: nothing was sent', async () => {
    const server = await serve(() => undefined);
    await server[Symbol.asyncDispose]();
    const client = realClient(server.baseUrl);
    expect(await client.request('me.get', {})).toMatchObject({ ok: false, error: { kind: 'offline' } });
    expect(await client.request('instances.power', power)).toMatchObject({
      ok: false,
      error: { kind: 'offline' },
    });
    expect(await checkToken(client)).toMatchObject({ ok: false, error: { kind: 'offline' } });
  });
});

describe('a certificate that nobody signed', () => {
  // Node's fetch obeys NODE_TLS_REJECT_UNAUTHORIZED; the app uses Electron's `net`, which does not know it.
  it('is refused, and told apart from no network', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'evorxa-tls-'));
    const key = path.join(folder, 'key.pem');
    const cert = path.join(folder, 'cert.pem');
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1']
        .concat(['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'])
        .concat(['-keyout', key, '-out', cert]),
      { stdio: 'ignore' },
    );
    const tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
    rmSync(folder, { recursive: true });
    await using server = await serve((_, response) => response.end('{}'), tls);
    const client = realClient(server.baseUrl);
    expect(await client.request('me.get', {})).toMatchObject({ ok: false, error: { kind: 'tls' } });
    expect(await client.request('instances.power', power)).toMatchObject({
      ok: false,
      error: { kind: 'tls' },
    });
    expect(await checkToken(client)).toMatchObject({ ok: false, error: { kind: 'tls' } });
    expect(server.requests).toHaveLength(0);
  });

  it('of a port that speaks no TLS is told apart from a bad certificate', async () => {
    await using server = await serve((_, response) => response.end('{}'));
    const client = realClient(server.baseUrl.replace('http:', 'https:'));
    expect(await client.request('me.get', {})).toMatchObject({
      ok: false,
      error: { kind: 'tls', reason: 'handshake' },
    });
    expect(server.requests).toHaveLength(0);
  });
});
