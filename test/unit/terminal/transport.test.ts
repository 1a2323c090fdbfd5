import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Transport } from '../../../main/terminal/process/transport.ts';
import { impostor } from './faulty-peers.ts';

const mebibyte = 1024 * 1024;

describe('a transport', () => {
  const transports: Transport[] = [];
  afterEach(() => {
    for (const transport of transports.splice(0)) transport.destroy();
  });

  const connect = (port: number, host = '127.0.0.1'): Transport => {
    const transport = new Transport({ host, port });
    transports.push(transport);
    return transport;
  };
  /** A connection and the server's end of it. */
  async function connected(): Promise<{ readonly transport: Transport; readonly peer: Socket }> {
    const peers: Socket[] = [];
    const transport = connect(await impostor((socket) => peers.push(socket)));
    await once(transport, 'connect');
    return { transport, peer: await vi.waitUntil(() => peers[0]) };
  }
  /** What it brings, chunk by chunk, each as it is and not a copy. */
  function chunksOf(transport: Transport): Buffer[] {
    const chunks: Buffer[] = [];
    transport.on('data', (chunk: Buffer) => chunks.push(chunk));
    return chunks;
  }
  const textOf = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString();

  test('says that it connects, that the name is found, and that it is connected', async () => {
    const steps: string[] = [];
    const transport = connect(await impostor(() => undefined), 'localhost');
    expect(transport.connecting).toBe(true);
    for (const step of ['lookup', 'connect']) transport.on(step, () => steps.push(step));
    await once(transport, 'connect');
    // A name may have several addresses.
    expect([...new Set(steps)]).toEqual(['lookup', 'connect']);
    expect(transport.connecting).toBe(false);
  });

  test('sends what is written, each in its turn', async () => {
    const { transport, peer } = await connected();
    let received = '';
    peer.on('data', (data: Buffer) => (received += data.toString()));
    transport.write('a');
    await vi.waitUntil(() => received === 'a');
    await new Promise<void>((resolve) => transport.write('b', () => resolve()));
    await vi.waitUntil(() => received === 'ab');
  });

  test('gives each chunk a memory of its own, and counts what came in', async () => {
    const { transport, peer } = await connected();
    const chunks = chunksOf(transport);
    peer.write('first');
    await vi.waitUntil(() => transport.received === 5);
    peer.write('then');
    await vi.waitUntil(() => transport.received === 9);
    expect(chunks.map(String)).toEqual(['first', 'then']);
  });

  test('uses one memory over and over where the reader is done with each chunk at once', async () => {
    const { transport, peer } = await connected();
    transport.reuseBuffer = true;
    const read: string[] = [];
    transport.on('data', (chunk: Buffer) => read.push(chunk.toString()));
    const chunks = chunksOf(transport);
    peer.write('first');
    await vi.waitUntil(() => transport.received === 5);
    peer.write('again');
    await vi.waitUntil(() => transport.received === 10);
    expect(read).toEqual(['first', 'again']);
    // Kept beyond its time, the first has become the second.
    expect(chunks.map(String)).toEqual(['again', 'again']);
  });

  test('loses nothing that comes while nobody reads, whatever the reader is said to be done with', async () => {
    const { transport, peer } = await connected();
    transport.reuseBuffer = true;
    const chunks = chunksOf(transport);
    transport.pause();
    peer.write('first');
    await vi.waitUntil(() => transport.received === 5);
    peer.write('again');
    await vi.waitUntil(() => transport.received === 10);
    expect(chunks).toEqual([]);
    transport.resume();
    await vi.waitUntil(() => chunks.length > 0);
    expect(textOf(chunks)).toBe('firstagain');
  });

  test('stops reading while nobody takes what came, and brings the rest later', async () => {
    const all = Buffer.alloc(16 * mebibyte, '0123456789');
    const port = await impostor((socket) => socket.end(all));
    const held = connect(port);
    held.pause();
    const other = connect(port);
    let otherBytes = 0;
    other.on('data', (chunk: Buffer) => (otherBytes += chunk.length));
    await once(other, 'end');
    expect(otherBytes).toBe(all.length);
    expect(held.received).toBeGreaterThan(0);
    expect(held.received).toBeLessThan(mebibyte);
    const chunks = chunksOf(held);
    held.resume();
    await once(held, 'end');
    expect(Buffer.concat(chunks).equals(all)).toBe(true);
    expect(held.received).toBe(all.length);
  });

  describe.each(['', 'goodbye'])('whose server ends with %j', (words) => {
    test('brings that, then the end, and closes', async () => {
      const { transport, peer } = await connected();
      const steps: string[] = [];
      for (const step of ['end', 'error', 'close']) transport.on(step, () => steps.push(step));
      const chunks = chunksOf(transport);
      const peerClosed = once(peer, 'close');
      peer.end(words);
      await peerClosed;
      await vi.waitUntil(() => transport.closed);
      expect(textOf(chunks)).toBe(words);
      expect(steps).toEqual(['end', 'close']);
    });

    test('does so for a reader who comes once the connection is closed, and without an error', async () => {
      const { transport, peer } = await connected();
      const steps: string[] = [];
      for (const step of ['end', 'error', 'close']) transport.on(step, () => steps.push(step));
      const peerClosed = once(peer, 'close');
      peer.end(words);
      await peerClosed;
      expect(steps).toEqual([]);
      const chunks = chunksOf(transport);
      await vi.waitUntil(() => transport.closed);
      expect(textOf(chunks)).toBe(words);
      expect(steps).toEqual(['end', 'close']);
    });
  });

  test('sends what is left when it is ended', async () => {
    const { transport, peer } = await connected();
    let received = '';
    peer.on('data', (data: Buffer) => (received += data.toString()));
    const ended = once(peer, 'end');
    transport.write('one, ');
    transport.end('two');
    await ended;
    expect(received).toBe('one, two');
  });

  test('that is destroyed is closed on both sides, with the error that it is given', async () => {
    const { transport, peer } = await connected();
    const peerClosed = once(peer, 'close');
    const errors: Error[] = [];
    transport.on('error', (error) => errors.push(error));
    transport.destroy(new Error('Let go'));
    await peerClosed;
    await vi.waitUntil(() => transport.closed);
    expect(errors.map(({ message }) => message)).toEqual(['Let go']);
  });

  test('that is refused says so by the code of the socket', async () => {
    const transport = connect(1);
    const [error] = (await once(transport, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
    expect(transport.destroyed).toBe(true);
  });

  test('that the other side resets says so by the code of the socket', async () => {
    const { transport, peer } = await connected();
    peer.resetAndDestroy();
    const [error] = (await once(transport, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNRESET');
    expect(transport.destroyed).toBe(true);
  });
});
