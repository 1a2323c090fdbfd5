import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { sshAgentKeys, sshAgentSockets } from '../../../../main/terminal/process/auth/ssh-agents.ts';
import { wireString, wireUint32 } from '../../../../main/terminal/process/auth/wire.ts';
import { FakeClock } from '../fake-clock.ts';
import { blobOf, fingerprints, madeKey } from './made-keys.ts';

const linux = { platform: 'linux', home: '/home/ada' } as const;

describe('where an agent is looked for', () => {
  test("in the shell's environment first, then in the usual places", () => {
    const env = { SSH_AUTH_SOCK: '/tmp/agent', XDG_RUNTIME_DIR: '/run/user/1' };
    expect(sshAgentSockets({ ...linux, env }, { identityAgent: null })).toEqual([
      '/tmp/agent',
      '/home/ada/.1password/agent.sock',
      '/run/user/1/gcr/ssh',
      '/run/user/1/keyring/ssh',
      '/run/user/1/ssh-agent.socket',
    ]);
  });

  test('on a Mac that was started from the dock', () => {
    expect(
      sshAgentSockets({ platform: 'darwin', home: '/Users/ada', env: {} }, { identityAgent: null }),
    ).toEqual(['/Users/ada/Library/Group Containers/2BUA8C4S2C.com.1password/t/agent.sock']);
  });

  test('on Windows at the pipe of OpenSSH', () => {
    expect(
      sshAgentSockets({ platform: 'win32', home: 'C:\\Users\\ada', env: {} }, { identityAgent: null }),
    ).toEqual(['\\\\.\\pipe\\openssh-ssh-agent']);
    const env = { SSH_AUTH_SOCK: 'x', XDG_RUNTIME_DIR: '/run' };
    expect(sshAgentSockets({ platform: 'win32', home: '', env }, { identityAgent: null })).toEqual([
      'x',
      '\\\\.\\pipe\\openssh-ssh-agent',
    ]);
  });

  test('each place once, and none that is empty', () => {
    const same = { SSH_AUTH_SOCK: '/home/ada/.1password/agent.sock', XDG_RUNTIME_DIR: '' };
    expect(sshAgentSockets({ ...linux, env: same }, { identityAgent: null })).toEqual([
      '/home/ada/.1password/agent.sock',
    ]);
    expect(sshAgentSockets({ ...linux, env: { SSH_AUTH_SOCK: '' } }, { identityAgent: null })).toEqual([
      '/home/ada/.1password/agent.sock',
    ]);
  });

  test('what IdentityAgent says wins alone', () => {
    const from = { ...linux, env: { SSH_AUTH_SOCK: '/tmp/agent' } };
    expect(sshAgentSockets(from, { identityAgent: '/run/agent' })).toEqual(['/run/agent']);
    expect(sshAgentSockets(from, { identityAgent: 'none' })).toEqual([]);
  });
});

describe('the keys of an agent', () => {
  const folder = mkdtempSync(join(tmpdir(), 'agents-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const cleanUps: (() => void)[] = [];
  afterEach(() => {
    for (const cleanUp of cleanUps.splice(0)) cleanUp();
  });
  let count = 0;

  const ed25519 = blobOf(madeKey('openssh ed25519.pub'));
  const rsa = blobOf(madeKey('openssh rsa.pub'));
  const identities = (...keys: readonly (readonly [Buffer, string])[]): Buffer =>
    Buffer.concat([
      Buffer.of(12),
      wireUint32(keys.length),
      ...keys.flatMap(([blob, comment]) => [wireString(blob), wireString(comment)]),
    ]);

  /** An agent that answers each request as it is told; what it was sent is in `requests`. */
  async function agent(reply: (request: Buffer, socket: Socket) => void) {
    const path = join(folder, `a${(count += 1)}`);
    const requests: Buffer[] = [];
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (request) => {
        requests.push(request);
        reply(request, socket);
      });
    });
    server.listen(path);
    await once(server, 'listening');
    cleanUps.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return { path, requests };
  }
  const says = (answer: Buffer) => (_request: Buffer, socket: Socket) =>
    void socket.write(wireString(answer));
  const keysAt = (...paths: readonly string[]) => sshAgentKeys(paths, new FakeClock());

  test('are those of all agents, each once; what cannot be offered is passed over', async () => {
    const first = await agent(says(identities([ed25519, 'first'], [Buffer.from('odd'), ''])));
    const second = await agent(says(identities([rsa, 'second'], [ed25519, 'again'])));
    const keys = await keysAt('/nowhere/agent', first.path, second.path);
    expect(keys.map(({ fingerprint, comment }) => [fingerprint, comment])).toEqual([
      [fingerprints.ed25519, 'first'],
      [fingerprints.rsa, 'second'],
    ]);
    expect(first.requests).toEqual([Buffer.of(0, 0, 0, 1, 11)]);
  });

  test('are read however the answer falls into pieces', async () => {
    const answer = wireString(identities([ed25519, 'ü'], [rsa, '']));
    const { path } = await agent((_request, socket) => {
      let at = 0;
      const next = (): void => {
        if (at >= answer.length || socket.destroyed) return;
        socket.write(answer.subarray(at, (at += 100)), () => setImmediate(next));
      };
      socket.write(answer.subarray(0, 2), () => setImmediate(next));
      at = 2;
    });
    expect((await keysAt(path)).map(({ comment }) => comment)).toEqual(['ü', '']);
  });

  test.each<[string, (request: Buffer, socket: Socket) => void]>([
    ['refuses', says(Buffer.of(5))],
    ['says nothing', says(Buffer.alloc(0))],
    [
      'names more keys than it sends',
      says(Buffer.concat([Buffer.of(12), wireUint32(2), wireString(ed25519), wireString('')])),
    ],
    ['hangs up', (_request, socket) => void socket.end()],
    ['hangs up in mid-answer', (_request, socket) => void socket.end(Buffer.of(0, 0, 0, 9, 12))],
    ['answers too much', (_request, socket) => void socket.write(wireUint32(256 * 1024 + 1))],
  ])('are none where it %s', async (_name, reply) => {
    const { path } = await agent(reply);
    expect(await keysAt(path)).toEqual([]);
  });

  test('may be as many as fit into 256 KB', async () => {
    const filler = 'x'.repeat(256 * 1024 - 1 - 4 - 4 - ed25519.length - 4);
    const { path } = await agent(says(identities([ed25519, filler])));
    expect(await keysAt(path)).toHaveLength(1);
  });

  test('are waited for three seconds', async () => {
    const clock = new FakeClock();
    let heard = (): void => undefined;
    const request = new Promise<void>((resolve) => (heard = resolve));
    const { path } = await agent(() => heard());
    let keys: unknown = null;
    const reading = sshAgentKeys([path], clock).then((found) => (keys = found));
    await request;
    clock.advance(2_999);
    await new Promise((resolve) => setImmediate(resolve));
    expect(keys).toBeNull();
    clock.advance(1);
    await reading;
    expect([keys, clock.pending]).toEqual([[], 0]);
  });

  test.each([
    [undefined, 0],
    ['sha256', 2],
    ['sha512', 4],
  ] as const)('sign with the hash %s, for as long as the agent asks its user', async (hash, flags) => {
    const clock = new FakeClock();
    const { path, requests } = await agent((request, socket) => {
      if (request[4] === 11) says(identities([rsa, '']))(request, socket);
      else {
        clock.advance(1_000_000);
        says(Buffer.concat([Buffer.of(14), wireString('a signature')]))(request, socket);
      }
    });
    const [key] = await sshAgentKeys([path], clock);
    expect((await key?.sign(Buffer.from('data'), hash))?.toString()).toBe('a signature');
    expect(requests[1]).toEqual(
      wireString(
        Buffer.concat([Buffer.of(13), wireString(rsa), wireString('data'), Buffer.of(0, 0, 0, flags)]),
      ),
    );
  });

  test('do not sign where the agent refuses, or hangs up', async () => {
    const { path } = await agent((request, socket) => {
      if (request[4] === 11) says(identities([ed25519, ''], [rsa, '']))(request, socket);
      else if (request.includes('rsa')) socket.end();
      else says(Buffer.of(5))(request, socket);
    });
    const [first, second] = await keysAt(path);
    await expect(first?.sign(Buffer.from(''), undefined)).rejects.toThrow('The agent refused to sign');
    await expect(second?.sign(Buffer.from(''), 'sha256')).rejects.toThrow('The agent hung up');
  });
});
