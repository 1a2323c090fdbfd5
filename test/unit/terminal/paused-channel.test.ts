import { once } from 'node:events';
import { Client, Server, type ClientChannel, type ServerChannel } from 'ssh2';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { holdLittle } from '../../../main/terminal/process/ssh2-inside.ts';
import { madeKey } from './auth/made-keys.ts';

const windowBytes = 2 * 1024 * 1024;
const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

/** A shell of which nothing is read; what the server has left of its window. */
async function pausedShell(prepare: (channel: ClientChannel) => void) {
  let serverSide: ServerChannel | undefined;
  const server = new Server({ hostKeys: [madeKey('openssh ed25519')] }, (client) => {
    client.on('error', () => undefined);
    client.on('authentication', (context) => context.accept());
    client.on('session', (accept) => {
      accept().on('shell', (acceptShell) => {
        serverSide = acceptShell();
        const flood = (): void => {
          while (serverSide?.write(Buffer.alloc(32 * 1024)) === true);
        };
        serverSide.on('drain', flood);
        flood();
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  const client = new Client();
  client.connect({ host: '127.0.0.1', port, username: 'jane', password: 'x', hostVerifier: () => true });
  await once(client, 'ready');
  const channel = await new Promise<ClientChannel>((resolve, reject) => {
    client.shell(false, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  prepare(channel);
  channel.pause();
  cleanUps.push(() => {
    client.end();
    server.close();
  });
  return channel;
}

describe('a channel that is paused', () => {
  test('has its server stop once it has used up the window that it had', async () => {
    const channel = await pausedShell(holdLittle);
    await vi.waitUntil(() => channel.readableLength === windowBytes, { timeout: 20_000 });
    const { incoming } = channel as unknown as { readonly incoming: { readonly window: number } };
    expect(incoming.window).toBe(0);
  });

  test('would be sent another one by ssh2 itself', async () => {
    const channel = await pausedShell(() => undefined);
    await vi.waitUntil(() => channel.readableLength > windowBytes, { timeout: 20_000 });
  });

  test('goes on where it is read again', async () => {
    const channel = await pausedShell(holdLittle);
    await vi.waitUntil(() => channel.readableLength === windowBytes, { timeout: 20_000 });
    let readBytes = 0;
    channel.on('data', (chunk: Buffer) => (readBytes += chunk.length));
    channel.resume();
    await vi.waitUntil(() => readBytes > 4 * windowBytes, { timeout: 20_000 });
  });
});
