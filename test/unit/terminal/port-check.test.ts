import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { checkPort, type PortFinding } from '../../../main/terminal/port-check.ts';

const limits = { connectMs: 4_000, greetingMs: 150 };
let server: Server | null = null;
const sockets = new Set<Socket>();

async function listen(treat: (socket: Socket) => void): Promise<number> {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    treat(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  const closing = server;
  server = null;
  if (closing !== null) {
    closing.close();
    await once(closing, 'close');
  }
});

async function checked(port: number, host = '127.0.0.1', within = limits) {
  const ports: PortFinding[] = [];
  const greeting = await checkPort({ host, port }, within, (finding) => ports.push(finding));
  return { greeting, port: ports[0], told: ports.length };
}

describe('a port', () => {
  test.each([
    ['SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n', { kind: 'ssh', version: 'SSH-2.0-OpenSSH_9.2p1 Debian-2' }],
    ['Welcome\r\nSSH-2.0-x\n', { kind: 'ssh', version: 'SSH-2.0-x' }],
    ['SSH-2.0-\u001b[31mred\r\n', { kind: 'ssh', version: 'SSH-2.0-red' }],
  ])('whose server says %j speaks SSH', async (words, greeting) => {
    const port = await listen((socket) => socket.write(words));
    expect(await checked(port)).toMatchObject({ port: { kind: 'open' }, greeting, told: 1 });
  });

  test.each([
    ['Not allowed at this time\r\n', { kind: 'refuses', words: 'Not allowed at this time' }],
    ['220 mail.example ESMTP\r\n', { kind: 'other', words: '220 mail.example ESMTP' }],
    ['', { kind: 'closed' }],
  ])('whose server says %j and hangs up', async (words, greeting) => {
    const port = await listen((socket) => socket.end(words));
    expect(await checked(port)).toMatchObject({ port: { kind: 'open' }, greeting });
  });

  test('that takes connections and says nothing, or half a line, is given up', async () => {
    const silent = await listen(() => undefined);
    expect((await checked(silent)).greeting).toEqual({ kind: 'silent', afterMs: 150 });
    for (const socket of sockets) socket.destroy();
    server?.close();
    const half = await listen((socket) => socket.write('SSH-2.0-Ope'));
    expect((await checked(half)).greeting).toEqual({ kind: 'other', words: 'SSH-2.0-Ope' });
  });

  test('that floods is given up', async () => {
    const port = await listen((socket) => socket.write('x'.repeat(100_000)));
    expect((await checked(port, '127.0.0.1', { ...limits, greetingMs: 5_000 })).greeting).toMatchObject({
      kind: 'other',
    });
  });

  test('where nobody listens refuses', async () => {
    const port = await listen(() => undefined);
    server?.close();
    await once(server as Server, 'close');
    server = null;
    expect(await checked(port)).toEqual({ port: { kind: 'refused' }, greeting: null, told: 1 });
  });

  test('that does not answer in time is told once', async () => {
    // The connection is made on this machine; no time is left for it.
    const port = await listen(() => undefined);
    const found = await checked(port, '127.0.0.1', { ...limits, connectMs: 0 });
    expect(found.told).toBe(1);
    expect(['timeout', 'open']).toContain(found.port?.kind);
  });

  test('of an address that no route leads to says so', async () => {
    // A multicast address takes no TCP connection on any machine.
    const found = await checked(22, '224.0.0.1');
    expect(found).toMatchObject({
      port: { kind: 'unreachable', code: expect.any(String) as string },
      greeting: null,
    });
  });
});
