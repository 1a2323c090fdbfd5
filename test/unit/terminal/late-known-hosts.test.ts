import type { Socket } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { Connection } from '../../../main/terminal/process/connection.ts';
import { defaultLimits } from '../../../main/terminal/process/connection-parts.ts';
import type { KnownHost } from '../../../main/terminal/process/known-hosts.ts';
import { FakeClock } from './fake-clock.ts';
import { impostor } from './faulty-peers.ts';

/** A connection without a session, whose known hosts are read when the test says so; its ends are in `sentences`. */
function start(port: number, entries: Promise<readonly KnownHost[]>) {
  const sentences: string[] = [];
  const nothing = (): void => undefined;
  const refuses = (): Promise<never> => Promise.reject(new Error('Not asked here'));
  const connection = new Connection(
    { host: '127.0.0.1', port, user: 'jane', knownAs: { host: '127.0.0.1', port } },
    {
      clock: new FakeClock(),
      limits: defaultLimits,
      knownHosts: { read: () => entries, add: refuses, forget: refuses },
      expectsNewKey: () => false,
      newKeyTaken: nothing,
      authentication: null as never,
      kind: 'shell',
      agentSocket: null,
    },
    {
      phase: nothing,
      askHostKey: refuses,
      use: () => {
        throw new Error('Not signed in here');
      },
      opened: nothing,
      latency: nothing,
      doubt: nothing,
      said: nothing,
      reconnect: nothing,
      ended: ({ sentence }) => sentences.push(sentence),
    },
  );
  connection.start();
  return { sentences };
}

describe('a server that hangs up while the known hosts are read', () => {
  test.each([
    ['', 'closed the connection before it said anything. It may refuse this address.'],
    ['SSH-2.0-x\r\n', 'The connection was lost: the server closed it during the key exchange.'],
    ['Go away\r\n', 'answered “Go away” instead of an SSH greeting.'],
  ])('is said to have done so, and nothing else: %j', async (words, sentence) => {
    const peers: Socket[] = [];
    const port = await impostor((socket) => {
      peers.push(socket);
      socket.end(words);
    });
    let read = (): void => undefined;
    const { sentences } = start(port, new Promise((resolve) => (read = () => resolve([]))));
    await vi.waitUntil(() => peers[0]?.closed);
    read();
    await vi.waitUntil(() => sentences.length > 0);
    // Late errors of the same death come in these turns.
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toContain(sentence);
  });
});
