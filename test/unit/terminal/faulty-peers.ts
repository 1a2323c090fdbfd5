import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect } from 'vitest';
import type { ConnectionLimits } from '../../../main/terminal/process/connection-parts.ts';
import { TestProcess, type View } from '../../support/ssh-process.ts';

/** What a test leaves behind; undone after it, the last first. */
export const cleanUps: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A TCP server that speaks as it is told; answers with its port. */
export async function impostor(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Opens a session at a port, with limits of the test's own. */
export function openAt(
  port: number,
  limits: Partial<ConnectionLimits> = {},
  host = '127.0.0.1',
): { app: TestProcess; view: View } {
  const app = new TestProcess({ limits });
  cleanUps.push(() => app.stop());
  return { app, view: app.open({ host, port, user: 'root', auth: { method: 'auto' } }) };
}

/** The sentence of the one end that a session has, once nothing more can follow. */
export async function onlyEnd(app: TestProcess, view: View): Promise<{ reason: string; sentence: string }> {
  const end = await view.ended();
  // Late errors of the same death come in these turns.
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(app.phases(view.sessionId).filter((phase) => phase === 'ended')).toHaveLength(1);
  return {
    reason: end.reason,
    sentence: end.sentence
      .replace(/ Press Enter to connect again\.$/, '')
      .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST'),
  };
}
