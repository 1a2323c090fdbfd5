import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { ForwardOrder, ForwardReport } from '../../../../main/terminal/forward-protocol.ts';
import type { PortForwardId } from '../../../../preload/contract/port-forwards.ts';
import type { ForwardView } from '../../../support/forward-view.ts';
import { TestProcess } from '../../../support/ssh-process.ts';
import { startSshd, type Sshd } from '../../../support/sshd.ts';
import { describeWithSshd } from '../../../support/with-sshd.ts';

const megabytes = 1024 * 1024;

/** A server on this machine, which is also the instance: what it does with each connection. */
async function listen(serve: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

async function dial(port: number, host = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host, allowHalfOpen: true });
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  return socket;
}

/** All that comes until the other side has ended. */
async function read(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) text += String(chunk);
  return text;
}

/** Writes in pieces of random sizes, as fast as they are taken, and ends. Gives the hash of it. */
async function writeNoise(socket: Socket, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  const noise = randomBytes(megabytes);
  for (let left = bytes; left > 0;) {
    const start = Math.floor(Math.random() * noise.length);
    const piece = noise.subarray(start, start + Math.min(left, 1 + Math.floor(Math.random() * 200_000)));
    hash.update(piece);
    left -= piece.length;
    if (!socket.write(piece)) await once(socket, 'drain');
  }
  socket.end();
  return hash.digest('hex');
}

async function hashOf(socket: Socket): Promise<{ readonly bytes: number; readonly hash: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    const piece = chunk as Buffer;
    bytes += piece.length;
    hash.update(piece);
  }
  return { bytes, hash: hash.digest('hex') };
}

const idOf = (name: string): PortForwardId => name as PortForwardId;

describeWithSshd('port forwards, with OpenSSH', () => {
  let sshd: Sshd;
  let ssh: TestProcess;
  const servers: Server[] = [];

  beforeAll(async () => {
    sshd = await startSshd({ config: ['MaxStartups 100'] });
  });
  afterAll(() => sshd.stop());
  beforeEach(() => {
    ssh = new TestProcess();
  });
  afterEach(() => {
    ssh.stop();
    for (const server of servers.splice(0)) server.close();
  });

  async function serve(what: (socket: Socket) => void): Promise<number> {
    const { server, port } = await listen(what);
    servers.push(server);
    return port;
  }
  const order = (part: Partial<ForwardOrder>): ForwardOrder => ({
    id: idOf('one'),
    kind: 'local',
    bindAddress: '127.0.0.1',
    port: 0,
    formerPort: null,
    destination: null,
    ...part,
  });
  const to = (port: number, part: Partial<ForwardOrder> = {}): ForwardOrder =>
    order({ destination: { host: '127.0.0.1', port }, ...part });
  const proxy = order({ kind: 'dynamic' });

  async function opened(orders: readonly ForwardOrder[], at: Sshd = sshd): Promise<ForwardView> {
    const { host, port, user, password } = at;
    const view = ssh.openForwards({ host, port, user, auth: { method: 'password' } }, orders);
    await view.signIn(password);
    return view;
  }
  const report = (id = 'one'): ForwardReport | undefined =>
    ssh.messages
      .flatMap((message) => (message.type === 'forwards' ? [message.reports] : []))
      .at(-1)
      ?.find((each) => each.id === id);
  const stateOf = async (id = 'one'): Promise<ForwardReport['state']> =>
    vi.waitUntil(() => {
      const state = report(id)?.state;
      return state === undefined || state.phase === 'opening' ? false : state;
    });
  const portOf = async (id = 'one'): Promise<number> => {
    const state = await stateOf(id);
    if (state.phase !== 'on') throw new Error(JSON.stringify(state));
    return state.port;
  };
  const failureOf = async (id = 'one'): Promise<string> => {
    const state = await stateOf(id);
    return state.phase === 'failed' ? state.sentence : state.phase;
  };
  const problem = (id = 'one'): Promise<string> =>
    vi.waitUntil(() => report(id)?.traffic.problem ?? false, { timeout: 10_000 });
  const set = (view: ForwardView, orders: readonly ForwardOrder[]): void =>
    ssh.receive({ type: 'forwards', sessionId: view.sessionId, orders }, null);

  const bytes = 50 * megabytes;
  test.each(['local', 'remote'] as const)(
    '50 MB each way at once through a %s one, in pieces of any size, and both ends',
    async (kind) => {
      const results: Promise<unknown>[] = [];
      const sent: Promise<string>[] = [];
      const there = await serve((socket) => {
        sent.push(writeNoise(socket, bytes));
        results.push(hashOf(socket));
      });
      await opened([to(there, { kind })]);
      const socket = await dial(await portOf());
      const [hash, came] = await Promise.all([writeNoise(socket, bytes), hashOf(socket)]);
      expect(await results[0]).toEqual({ bytes, hash });
      expect(came).toEqual({ bytes, hash: await sent[0] });
      await vi.waitFor(() =>
        expect(report()?.traffic).toEqual({
          bytesUp: bytes,
          bytesDown: bytes,
          openNow: 0,
          openedTotal: 1,
          problem: null,
        }),
      );
    },
    60_000,
  );

  test.each(['local', 'remote'] as const)(
    'whose reader of a %s one stops holds the sender up, and loses nothing',
    async (kind) => {
      let written = 0;
      const total = 60 * megabytes;
      const piece = Buffer.alloc(64 * 1024, 'x');
      const there = await serve((socket) => {
        const write = (): void => {
          while (written < total) {
            written += piece.length;
            if (!socket.write(piece)) {
              socket.once('drain', write);
              return;
            }
          }
          socket.end();
        };
        write();
      });
      await opened([to(there, { kind })]);
      const socket = await dial(await portOf());
      socket.pause();
      // It is held up once nothing more is written for a while.
      let before = -1;
      await vi.waitUntil(
        () => {
          const isStill = written === before && written > 0;
          before = written;
          return isStill;
        },
        { interval: 500, timeout: 20_000 },
      );
      expect(written).toBeLessThan(total / 2);
      let came = 0;
      for await (const chunk of socket.iterator({ destroyOnReturn: false })) came += (chunk as Buffer).length;
      expect(came).toBe(written);
      expect(came).toBeGreaterThanOrEqual(total);
    },
    60_000,
  );

  test('who ends its own side first still gets the answer', async () => {
    const there = await serve((socket) => void read(socket).then((text) => socket.end(`got ${text}`)));
    await opened([to(there)]);
    const socket = await dial(await portOf());
    socket.end('question');
    expect(await read(socket)).toBe('got question');
  });

  test('a hundred connections at once, each its own', async () => {
    const there = await serve((socket) => socket.pipe(socket));
    await opened([to(there)]);
    const port = await portOf();
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const socket = await dial(port);
        socket.end(`number ${index}`);
        return read(socket);
      }),
    );
    expect(answers).toEqual(Array.from({ length: 100 }, (_, index) => `number ${index}`));
    await vi.waitFor(() => expect(report()?.traffic).toMatchObject({ openNow: 0, openedTotal: 100 }));
  });

  test.each(['here', 'there'])('a connection that is reset %s ends on the other side too', async (where) => {
    const ended = vi.fn();
    const accepted: Socket[] = [];
    const there = await serve((socket) => {
      accepted.push(socket);
      socket.write('hello');
      socket.on('close', ended);
      socket.on('end', () => socket.end());
      socket.resume();
    });
    await opened([to(there)]);
    const socket = await dial(await portOf());
    await once(socket, 'data');
    const closed = once(socket, 'close');
    socket.on('end', () => socket.end());
    if (where === 'here') socket.resetAndDestroy();
    else accepted[0]?.resetAndDestroy();
    await closed;
    await vi.waitFor(() => expect(ended).toHaveBeenCalled());
    await vi.waitFor(() => expect(report()?.traffic.openNow).toBe(0));
    // The next one goes as if nothing had been.
    const next = await dial(await portOf());
    expect(String((await once(next, 'data'))[0])).toBe('hello');
    next.destroy();
  });

  test('nothing listens there: the program is hung up on, and the reason is told until one is connected', async () => {
    const { server, port } = await listen((socket) => socket.end('there now'));
    server.close();
    await once(server, 'close');
    await opened([to(port)]);
    expect(await read(await dial(await portOf()))).toBe('');
    expect(await problem()).toBe(
      `The server could not connect to 127.0.0.1:${port} (“Connection refused”). Check that a program listens there.`,
    );
    const again = createServer((socket) => socket.end('there now')).listen(port, '127.0.0.1');
    servers.push(again);
    await once(again, 'listening');
    expect(await read(await dial(await portOf()))).toBe('there now');
    await vi.waitFor(() => expect(report()?.traffic.problem).toBeNull());
  });

  test('a port that is taken is told, and the others are open', async () => {
    const taken = await serve(() => undefined);
    const there = await serve((socket) => socket.end('here'));
    await opened([to(there, { port: taken }), to(there, { id: idOf('two') })]);
    expect(await failureOf()).toBe(
      `Port ${taken} of this computer is in use by another program. Close that program, or choose another port; 0 takes any free one.`,
    );
    expect(await read(await dial(await portOf('two')))).toBe('here');
  });

  test('any free port: the one that it had before, or another one where that is taken', async () => {
    const there = await serve((socket) => socket.end('here'));
    const { server, port } = await listen(() => undefined);
    const view = await opened([to(there, { formerPort: port })]);
    const other = await portOf();
    expect(other).not.toBe(port);
    server.close();
    await once(server, 'close');
    set(view, []);
    set(view, [to(there, { id: idOf('two'), formerPort: port })]);
    expect(await portOf('two')).toBe(port);
  });

  test('an address that this computer does not have', async () => {
    await opened([to(80, { bindAddress: '203.0.113.9' })]);
    expect(await failureOf()).toContain('This computer has no address 203.0.113.9 now.');
  });

  test('one that is switched off closes its port and its connections; the others stay', async () => {
    const there = await serve((socket) => socket.write('hello'));
    const view = await opened([to(there), to(there, { id: idOf('two') })]);
    const port = await portOf();
    const [one, two] = [await dial(port), await dial(await portOf('two'))];
    await Promise.all([once(one, 'data'), once(two, 'data')]);
    const closed = once(one, 'close');
    one.on('end', () => one.end());
    set(view, [to(there, { id: idOf('two') })]);
    await closed;
    await expect(dial(port)).rejects.toThrow('ECONNREFUSED');
    expect(two.destroyed).toBe(false);
    two.destroy();
  });

  test('all ports are closed by the time that the end is told', async () => {
    const there = await serve((socket) => socket.write('hello'));
    const mortal = await startSshd();
    try {
      const view = await opened([to(there), { ...proxy, id: idOf('two') }], mortal);
      const ports = [await portOf(), await portOf('two')];
      const socket = await dial(ports[0] ?? 0);
      await once(socket, 'data');
      const closed = once(socket, 'close');
      socket.on('end', () => socket.end());
      await mortal.kill();
      expect(await view.untilPhase('ended')).toMatchObject({ reason: 'lost' });
      for (const port of ports) await expect(dial(port)).rejects.toThrow('ECONNREFUSED');
      await closed;
    } finally {
      await mortal.stop();
    }
  });

  const greeting = Buffer.from([5, 1, 0]);
  const request = (address: readonly number[], port: number): Buffer =>
    Buffer.from([5, 1, 0, ...address, port >> 8, port & 255]);
  const named = (name: string): number[] => [3, name.length, ...Buffer.from(name)];
  /** Says all of it at once, and gives what comes after the two answers. */
  async function bySocks(ask: Buffer): Promise<{ readonly code: number | undefined; readonly text: string }> {
    const socket = await dial(await portOf());
    socket.write(Buffer.concat([greeting, ask]));
    const answer = Buffer.from(await read(socket), 'utf8');
    return { code: answer[3], text: answer.subarray(12).toString() };
  }

  test.each([
    ['a name, which the server looks up', named('localhost')],
    ['an IPv4 address', [1, 127, 0, 0, 1]],
  ])('a dynamic one connects to %s', async (_what, address) => {
    const there = await serve((socket) => socket.end('by proxy'));
    await opened([proxy]);
    expect(await bySocks(request(address, there))).toEqual({ code: 0, text: 'by proxy' });
  });

  test('a dynamic one connects to an IPv6 address', async () => {
    const server = createServer((socket) => socket.end('by six')).listen(0, '::1');
    servers.push(server);
    await once(server, 'listening');
    await opened([proxy]);
    const address = [4, ...Array.from({ length: 15 }, () => 0), 1];
    const { port } = server.address() as AddressInfo;
    expect(await bySocks(request(address, port))).toEqual({ code: 0, text: 'by six' });
  });

  test('a dynamic one says by SOCKS what went wrong', async () => {
    const { server, port } = await listen(() => undefined);
    server.close();
    await once(server, 'close');
    await opened([proxy]);
    expect((await bySocks(request(named('localhost'), port))).code).toBe(5);
    expect((await bySocks(request(named('no-such-name.invalid'), 80))).code).toBe(4);
    expect(await problem()).toContain('The server could not connect to');
  });

  test('a server that forwards nothing: each kind says so', async () => {
    const strict = await startSshd({ config: ['AllowTcpForwarding no'] });
    try {
      const there = await serve(() => undefined);
      await opened(
        [to(there), { ...proxy, id: idOf('two') }, to(there, { id: idOf('three'), kind: 'remote' })],
        strict,
      );
      expect(await read(await dial(await portOf()))).toBe('');
      expect(await problem()).toBe(
        `The server does not allow connections to 127.0.0.1:${there}. Its sshd_config forbids them (AllowTcpForwarding, PermitOpen).`,
      );
      expect(await failureOf('three')).toBe(
        'The server did not open any port on 127.0.0.1, and does not say why: its sshd_config forbids it (AllowTcpForwarding, PermitListen).',
      );
    } finally {
      await strict.stop();
    }
  });

  test('a remote one: a port that is taken there is told', async () => {
    const taken = await serve(() => undefined);
    await opened([
      to(80, { kind: 'remote', port: taken }),
      to(80, { id: idOf('two'), kind: 'remote', port: 80 }),
    ]);
    expect(await failureOf()).toContain(`did not open port ${taken} on 127.0.0.1`);
    expect(await failureOf()).toContain('the port is in use there');
    expect(await failureOf('two')).toContain('ports below 1024 are for root');
  });

  test('a remote one: nothing listens here', async () => {
    const { server, port } = await listen(() => undefined);
    server.close();
    await once(server, 'close');
    await opened([to(port, { kind: 'remote' })]);
    expect(await read(await dial(await portOf()))).toBe('');
    expect(await problem()).toContain(`Nothing listens on 127.0.0.1:${port}, as seen from this computer.`);
  });

  test('a remote one that is switched off is closed on the server', async () => {
    const there = await serve((socket) => socket.end('here'));
    const view = await opened([to(there, { kind: 'remote' })]);
    const port = await portOf();
    expect(await read(await dial(port))).toBe('here');
    set(view, []);
    await vi.waitFor(() => expect(dial(port)).rejects.toThrow('ECONNREFUSED'));
  });
});
