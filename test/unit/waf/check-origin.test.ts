import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkOrigin } from '../../../main/waf/check-origin.ts';
import { FakeTime } from '../monitor/fake-time.ts';
import { wafApp, wafHostname } from './builders.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const local = { clock: new FakeTime(), isLocal: true };
const appAt = (originPort: number | null, more = {}) =>
  wafApp('71', { originIp: '127.0.0.1', originPort, ...more });

describe('an origin', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'evorxa-origin-'));
    // One that nobody vouches for, as origins behind a WAF have.
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=origin.internal',
        '-keyout',
        join(folder, 'key.pem'),
        '-out',
        join(folder, 'cert.pem'),
      ],
      { stdio: 'ignore' },
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const asked: (string | undefined)[] = [];
  const answer: RequestListener = ({ method, url, headers }, response) => {
    asked.push(`${method ?? ''} ${url ?? ''} ${headers.host ?? ''}`);
    response.writeHead(403).end();
  };

  it('that answers HTTP on its port is asked by the first name, and its status is told', async () => {
    const port = await listen(createHttpServer(answer));
    expect(await checkOrigin(local, appAt(port))).toMatchObject({
      value: {
        address: '127.0.0.1',
        hostname: 'shop.example.com',
        answers: [{ port, protocol: 'http', outcome: 'answers', status: 403 }],
      },
    });
    expect(asked.splice(0)).toEqual(['HEAD / shop.example.com']);
  });

  it('that answers HTTPS is asked with the name in TLS, whatever its certificate says', async () => {
    const names: unknown[] = [];
    const server = createHttpsServer(
      {
        key: readFileSync(join(folder, 'key.pem')),
        cert: readFileSync(join(folder, 'cert.pem')),
        SNICallback: (name, done) => {
          names.push(name);
          done(null);
        },
      },
      answer,
    );
    const port = await listen(server);
    const hostnames = [
      wafHostname('301', 'other.example.com'),
      wafHostname('302', '*.shop.example.com', { isPrimary: true }),
    ];
    expect(await checkOrigin(local, appAt(port, { hostnames }))).toMatchObject({
      value: {
        hostname: 'www.shop.example.com',
        answers: [{ protocol: 'https', outcome: 'answers', status: 403 }],
      },
    });
    expect(names).toEqual(['www.shop.example.com']);
    expect(asked.splice(0)).toEqual(['HEAD / www.shop.example.com']);
  });

  it('that takes the connection and says nothing in HTTP is open', async () => {
    const port = await listen(createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_10.0\r\n')));
    expect(await checkOrigin(local, appAt(port))).toMatchObject({
      value: { answers: [{ port, outcome: 'open', status: null }] },
    });
  });

  it('that takes no connection is closed', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    server.close();
    await once(server, 'close');
    expect(await checkOrigin(local, appAt(port))).toMatchObject({
      value: { answers: [{ port, outcome: 'refused', status: null }] },
    });
  });
});

it.each([
  [{ originIp: null }, 'not known'],
  [{ originIp: '10.0.0.5' }, 'a private address'],
  [{ originIp: '127.0.0.1' }, 'a private address'],
  [{ originIp: '203.0.113.5', hostnames: [] }, 'no hostname'],
])('%j is not asked: %s', async (more, why) => {
  expect(await checkOrigin({ ...local, isLocal: false }, wafApp('71', more))).toMatchObject({
    error: { kind: 'refused', message: expect.stringContaining(why) as string },
  });
});
