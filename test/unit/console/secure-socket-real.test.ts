import { createServer, type Server } from 'node:https';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { openSecureSocket, type SocketEnd } from '../../../main/console/secure-socket.ts';
import { createTestAuthority, type CertificateKind, type TestAuthority } from '../../support/certificates.ts';
import { FakeTime, settle } from '../monitor/fake-time.ts';

let authority: TestAuthority;
beforeAll(async () => {
  authority = await createTestAuthority();
});
afterAll(() => authority.close());
afterEach(() => vi.unstubAllEnvs());

/** A WebSocket server with a certificate of the authority; it echoes. */
async function serve(kind: CertificateKind, onServer: (server: Server) => void = echo) {
  const server = createServer(await authority.issue(kind));
  const connections: string[] = [];
  server.on('secureConnection', () => connections.push('secure'));
  onServer(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `wss://127.0.0.1:${(server.address() as AddressInfo).port}/vnc?token=t`, connections };
}

function echo(server: Server): void {
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'binary' });
  sockets.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  onTestFinished(() => sockets.close());
}

/** Answers the upgrade with a status. */
const answering =
  (status: string) =>
  (server: Server): void => {
    server.on('upgrade', (_request, socket) =>
      socket.end(`HTTP/1.1 ${status}\r\nLocation: wss://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n`),
    );
  };

function open(url: string, clock = new FakeTime()) {
  const data: string[] = [];
  let opened: () => void = () => undefined;
  const isOpen = new Promise<void>((resolve) => (opened = resolve));
  let ended: (end: SocketEnd) => void = () => undefined;
  const end = new Promise<SocketEnd>((resolve) => (ended = resolve));
  const socket = openSecureSocket(
    url,
    { clock, roots: [authority.caCert] },
    {
      onOpen: () => opened(),
      onData: (bytes) => data.push(Buffer.from(bytes).toString()),
      onEnd: (how) => ended(how),
    },
  );
  onTestFinished(() => socket.close());
  return { socket, data, isOpen, end, clock };
}

describe('a console’s connection', () => {
  it('carries bytes both ways over TLS that is verified', async () => {
    const { url } = await serve('valid');
    const { socket, data, isOpen } = open(url);
    await isOpen;
    await socket.send(Buffer.from('hello'));
    await vi.waitFor(() => expect(data).toEqual(['hello']));
  });

  it.each(['self-signed', 'expired', 'other-name'] as const)(
    'refuses a certificate that is %s, whatever the environment says',
    async (kind) => {
      vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
      const { url } = await serve(kind);
      const { end } = open(url);
      expect((await end).ending).toMatchObject({
        reason: 'insecure',
        sentence: expect.stringContaining('certificate was not accepted') as string,
      });
    },
  );

  it.each(['ws://127.0.0.1:1/', 'file:///etc/passwd', 'https://127.0.0.1:1/', 'javascript:alert(1)', 'vnc'])(
    'does not open %s',
    async (url) => {
      const { end } = open(url);
      expect((await end).ending).toMatchObject({
        reason: 'insecure',
        sentence: expect.stringContaining('no encrypted address (wss)') as string,
      });
    },
  );

  it('follows no redirect', async () => {
    const { url } = await serve('valid', answering('302 Found'));
    expect((await open(url).end).ending).toMatchObject({ reason: 'insecure' });
  });

  it('tells a refused access from a server that fails', async () => {
    const refused = await serve('valid', answering('401 Unauthorized'));
    expect((await open(refused.url).end).isRefusedAccess).toBe(true);
    const failing = await serve('valid', answering('502 Bad Gateway'));
    expect(await open(failing.url).end).toMatchObject({
      isRefusedAccess: false,
      ending: { reason: 'unreachable', sentence: expect.stringContaining('502') as string },
    });
  });

  it('says that nothing answers, without naming the address', async () => {
    const { ending } = await open('wss://127.0.0.1:1/vnc?token=secret-token').end;
    expect(ending.reason).toBe('unreachable');
    expect(ending.sentence).not.toMatch(/127\.0\.0\.1|secret-token/);
  });

  it('opens also where the answer leaves out the subprotocol', async () => {
    const { url } = await serve('valid', (server) => {
      new WebSocketServer({ server, handleProtocols: () => false }).on('connection', (socket) =>
        socket.send(Buffer.from('RFB 003.008')),
      );
    });
    const { data } = open(url);
    await vi.waitFor(() => expect(data).toEqual(['RFB 003.008']));
  });

  it('repeats why a proxy closes it, and nothing that could not be shown', async () => {
    const closing = (code: number, reason: string) =>
      serve('valid', (server) => {
        new WebSocketServer({ server }).on('connection', (socket) => socket.close(code, reason));
      });
    const words = async (code: number, reason: string): Promise<string> => {
      const { url } = await closing(code, reason);
      return (await open(url).end).ending.sentence;
    };
    // As websockify 0.10 says it.
    expect(await words(1011, 'Failed to connect to downstream server')).toContain(
      'closed by its server: “Failed to connect to downstream server”.',
    );
    expect(await words(1011, 'a\u202eb\u001b[2J')).toContain('“a b [2J”');
    expect(await words(1000, '')).toContain('It has stopped, or somebody else opened the console.');
  });

  it.each([
    ['plain HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'speaks no TLS'],
    ['VNC without TLS', 'RFB 003.008\n', 'speaks no TLS'],
    ['zeros', '\0'.repeat(20), 'speaks no TLS'],
    // Fatal alerts: handshake_failure, protocol_version.
    ['a TLS without anything in common', '\x15\x03\x03\0\x02\x02\x28', 'broke off the encryption (TLS)'],
    ['an old TLS alone', '\x15\x03\x01\0\x02\x02\x46', 'broke off the encryption (TLS)'],
  ])('does not blame a certificate where the port speaks %s', async (_what, said, sentence) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.write(Buffer.from(said, 'latin1')));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { ending } = await open(`wss://127.0.0.1:${(server.address() as AddressInfo).port}/`).end;
    expect(ending).toMatchObject({
      reason: 'insecure',
      sentence: expect.stringContaining(sentence) as string,
    });
    expect(ending.sentence).not.toContain('clock');
  });

  it('says so where TLS is right and what is in it is no WebSocket', async () => {
    const tls = createTlsServer(await authority.issue('valid'), (socket) => {
      socket.on('error', () => undefined).once('data', () => socket.write('RFB 003.008\n'));
    });
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void tls.close());
    const { ending } = await open(`wss://127.0.0.1:${(tls.address() as AddressInfo).port}/`).end;
    expect(ending).toMatchObject({
      reason: 'protocol-error',
      sentence: expect.stringContaining('is no WebSocket') as string,
    });
  });

  it('ends with a server that sends text, or closes', async () => {
    const { url } = await serve('valid');
    const text = open(url);
    await text.isOpen;
    const sender = await serve('valid', (server) => {
      new WebSocketServer({ server, handleProtocols: () => 'binary' }).on('connection', (socket) => {
        socket.send('text');
      });
    });
    expect((await open(sender.url).end).ending.reason).toBe('protocol-error');
    const closer = await serve('valid', (server) => {
      new WebSocketServer({ server, handleProtocols: () => 'binary' }).on('connection', (socket) =>
        socket.close(),
      );
    });
    expect((await open(closer.url).end).ending.reason).toBe('closed');
  });

  it('notices a server that is gone without a word', async () => {
    const { url } = await serve('valid', (server) => {
      new WebSocketServer({ server, handleProtocols: () => 'binary', autoPong: false });
    });
    const { isOpen, end, clock } = open(url);
    await isOpen;
    await clock.pass(15_000);
    await clock.pass(15_000);
    await clock.pass(15_000);
    await settle();
    expect((await end).ending).toMatchObject({
      reason: 'lost',
      sentence: expect.stringContaining('30 s') as string,
    });
  });
});
