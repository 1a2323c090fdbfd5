import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Client } from 'ssh2';
import { afterEach, expect, test, vi } from 'vitest';
import { Counts } from '../../../../main/terminal/process/forwards/counts.ts';
import { LocalForward, socksDeadlineMs } from '../../../../main/terminal/process/forwards/local-forward.ts';
import type { PortForwardId } from '../../../../preload/contract/port-forwards.ts';
import { FakeClock } from '../fake-clock.ts';

const clock = new FakeClock();
const counts = new Counts(() => undefined);
const forwardOut = vi.fn();
let forward: LocalForward | null = null;
afterEach(() => {
  forward?.stop();
  forwardOut.mockReset();
});

/** A connection to a SOCKS5 port that the test's clock watches. */
async function dialled(): Promise<Socket> {
  const port = await new Promise<number>((resolve, reject) => {
    const order = {
      id: 'f' as PortForwardId,
      kind: 'dynamic',
      bindAddress: '127.0.0.1',
      port: 0,
      formerPort: null,
      destination: null,
    } as const;
    const client = { forwardOut } as unknown as Client;
    forward = new LocalForward(order, { client, clock }, counts, { on: resolve, failed: reject });
    forward.start();
  });
  const before = counts.now.openedTotal;
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  await vi.waitUntil(() => counts.now.openedTotal > before);
  return socket;
}

test('a program that takes too long to say where it wants to is hung up on', async () => {
  const socket = await dialled();
  socket.write(Buffer.from([5, 1, 0]));
  await once(socket, 'data');
  clock.advance(socksDeadlineMs - 1);
  expect(counts.now.openNow).toBe(1);
  const closed = once(socket, 'close');
  clock.advance(1);
  await closed;
  expect(counts.now.openNow).toBe(0);
});

test('one that has said it is not, however long the server takes', async () => {
  const socket = await dialled();
  socket.write(Buffer.from([5, 1, 0, 5, 1, 0, 1, 10, 0, 0, 7, 0, 80]));
  await vi.waitUntil(() => forwardOut.mock.calls.length > 0);
  clock.advance(socksDeadlineMs * 10);
  expect(counts.now.openNow).toBe(1);
  expect(clock.pending).toBe(0);
  socket.destroy();
});

test('one that hangs up in between asks the server for nothing', async () => {
  const socket = await dialled();
  socket.end(Buffer.from([5, 1]));
  await vi.waitUntil(() => counts.now.openNow === 0);
  expect(forwardOut).not.toHaveBeenCalled();
  expect(clock.pending).toBe(0);
});
