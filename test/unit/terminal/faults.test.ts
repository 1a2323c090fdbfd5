import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import type { ConnectionLimits } from '../../../main/terminal/process/connection-parts.ts';
import { startSshd, type Sshd } from '../../support/sshd.ts';
import { describeWithSshd } from '../../support/with-sshd.ts';
import { TestProcess, type View } from '../../support/ssh-process.ts';

const cleanUps: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A TCP server that speaks as it is told; answers with its port. */
async function impostor(onConnection: (socket: Socket) => void): Promise<number> {
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

function openAt(
  port: number,
  limits: Partial<ConnectionLimits> = {},
  host = '127.0.0.1',
): { app: TestProcess; view: View } {
  const app = new TestProcess({ limits });
  cleanUps.push(() => app.stop());
  return { app, view: app.open({ host, port, user: 'root', auth: { method: 'auto' } }) };
}

/** The sentence of the one end that a session has, once nothing more can follow. */
async function onlyEnd(app: TestProcess, view: View): Promise<{ reason: string; sentence: string }> {
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

describe('what answers is not a healthy SSH server', () => {
  test('it says nothing', async () => {
    const port = await impostor(() => undefined);
    const { app, view } = openAt(port, { handshakeTimeoutMs: 50 });
    expect(await onlyEnd(app, view)).toEqual({
      reason: 'timeout',
      sentence: 'HOST took the connection but did not finish the key exchange within 50 ms.',
    });
    expect(app.phases(view.sessionId)).toEqual(['connecting', 'key-exchange', 'ended']);
  });

  test('a banner of 100 KB', async () => {
    const port = await impostor((socket) => socket.write('no SSH here\r\n'.repeat(8000)));
    const { app, view } = openAt(port);
    expect(await onlyEnd(app, view)).toEqual({
      reason: 'protocol-error',
      sentence: 'HOST sent more than 32 KB before the key exchange.',
    });
  });

  test.each([
    ['a line without an end', 'x'.repeat(9000)],
    ['a web server', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'],
    ['bytes', Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 251))],
    ['an SSH greeting, then bytes', `SSH-2.0-x\r\n${'\u0000\u00ff'.repeat(4000)}`],
  ])('garbage: %s', async (_name, garbage) => {
    const port = await impostor((socket) => socket.end(garbage));
    const { app, view } = openAt(port);
    expect(await onlyEnd(app, view)).toEqual({
      reason: 'protocol-error',
      sentence: 'What answers at HOST is not an SSH server. Check the port.',
    });
  });

  test('it hangs up at once', async () => {
    const port = await impostor((socket) => socket.end());
    const { app, view } = openAt(port);
    expect(await onlyEnd(app, view)).toEqual({
      reason: 'lost',
      sentence: 'HOST closed the connection before it said anything. It may refuse this address.',
    });
  });

  test('it resets the connection', async () => {
    const port = await impostor((socket) => socket.resetAndDestroy());
    const { app, view } = openAt(port);
    expect((await onlyEnd(app, view)).reason).toBe('lost');
  });

  test('it offers algorithms of the past only', async () => {
    const port = await impostor((socket) => {
      socket.write('SSH-2.0-old\r\n');
      const names = [
        'diffie-hellman-group1-sha1',
        'ssh-dss',
        'arcfour',
        'arcfour',
        'hmac-md5',
        'hmac-md5',
        'none',
        'none',
        '',
        '',
      ];
      const lists = names.map((name) => Buffer.concat([uint32(name.length), Buffer.from(name)]));
      const payload = Buffer.concat([Buffer.of(20), Buffer.alloc(16), ...lists, Buffer.alloc(5)]);
      const padding = 8 - ((payload.length + 5) % 8) + 8;
      socket.write(
        Buffer.concat([
          uint32(payload.length + padding + 1),
          Buffer.of(padding),
          payload,
          Buffer.alloc(padding),
        ]),
      );
    });
    const { app, view } = openAt(port);
    expect(await onlyEnd(app, view)).toEqual({
      reason: 'protocol-error',
      sentence: 'HOST offers outdated encryption only.',
    });
  });
});

describe('nothing answers', () => {
  test('the port is closed', async () => {
    const port = await impostor(() => undefined);
    for (const cleanUp of cleanUps.splice(0)) await cleanUp();
    const { app, view } = openAt(port);
    expect(await onlyEnd(app, view)).toEqual({
      reason: 'refused',
      sentence: 'HOST refused the connection: no SSH server listens there.',
    });
  });

  test('the name does not exist', async () => {
    const { app, view } = openAt(22, {}, 'no-such-host.invalid');
    expect(await onlyEnd(app, view)).toMatchObject({
      reason: 'unreachable',
      sentence: 'The name no-such-host.invalid could not be found.',
    });
  });

  test('packets are swallowed', async () => {
    // A listener whose queue is full: further connections are left without an answer.
    const port = await fullListener();
    const { app, view } = openAt(port, { connectTimeoutMs: 100 });
    expect(await onlyEnd(app, view)).toMatchObject({ reason: 'timeout' });
  });

  test('a cancel ends it while it connects, and during the key exchange', async () => {
    const first = openAt(await fullListener());
    await first.view.untilPhase('connecting');
    first.view.send({ type: 'cancel' });
    expect(await onlyEnd(first.app, first.view)).toMatchObject({ reason: 'cancelled' });
    const second = openAt(await impostor(() => undefined));
    await second.view.untilPhase('key-exchange');
    second.view.send({ type: 'cancel' });
    expect(await onlyEnd(second.app, second.view)).toMatchObject({ reason: 'cancelled' });
  });
});

describeWithSshd('a real sshd in trouble', () => {
  const keepalive = { intervalMs: 200, maxUnanswered: 3, wakeTimeoutMs: 100 };

  async function openShell(
    limits: Partial<ConnectionLimits>,
  ): Promise<{ app: TestProcess; view: View; sshd: Sshd }> {
    const sshd = await startSshd();
    cleanUps.push(() => sshd.stop());
    const app = new TestProcess({ limits, secrets: { password: sshd.password } });
    cleanUps.push(() => app.stop());
    writeFileSync(app.knownHostsPath, `[127.0.0.1]:${sshd.port} ${sshd.hostPublicKey('ed25519')}\n`);
    const view = app.open({
      host: sshd.host,
      port: sshd.port,
      user: sshd.user,
      auth: { method: 'password' },
    });
    await view.untilPhase('open');
    return { app, view, sshd };
  }

  test('it hangs in mid-session: noticed by three keepalives, and Enter connects again with the scrollback kept', async () => {
    const { app, view, sshd } = await openShell({ keepalive });
    view.type('echo before-$((1+1))\r');
    await view.untilText('before-2');
    sshd.freeze();
    expect(await onlyEnd(app, view)).toEqual({
      reason: 'lost',
      sentence: 'The connection was lost: no answer for 600 ms.',
    });
    sshd.thaw();
    await view.reconnect();
    await view.untilPhase('open');
    const other = app.attach(view.sessionId);
    await other.untilText('before-2');
    other.type('echo after-$((1+2))\r');
    await other.untilText('after-3');
  });

  test('a connection that answers stays open for many intervals, with its latency', async () => {
    const { app, view } = await openShell({ keepalive: { ...keepalive, intervalMs: 40, maxUnanswered: 50 } });
    await view.until(() => view.states.filter(({ phase }) => phase === 'open').length > 8);
    const last = view.states.at(-1);
    expect(last?.phase === 'open' && last.latencyMs).toBeTypeOf('number');
    expect(app.phases(view.sessionId)).not.toContain('ended');
  });

  test('it hung while the machine slept: found out at the wake, without waiting for the next keepalive', async () => {
    const { app, view, sshd } = await openShell({ keepalive: { ...keepalive, intervalMs: 3_600_000 } });
    app.receive({ type: 'resumed' }, null);
    sshd.freeze();
    app.receive({ type: 'resumed' }, null);
    expect(await onlyEnd(app, view)).toMatchObject({ reason: 'lost' });
  });

  test('it hangs while signing in', async () => {
    const sshd = await startSshd();
    cleanUps.push(() => sshd.stop());
    const app = new TestProcess({ limits: { answerTimeoutMs: 100 } });
    cleanUps.push(() => app.stop());
    writeFileSync(app.knownHostsPath, `[127.0.0.1]:${sshd.port} ${sshd.hostPublicKey('ed25519')}\n`);
    const view = app.open({
      host: sshd.host,
      port: sshd.port,
      user: sshd.user,
      auth: { method: 'password' },
    });
    const { id } = await view.prompted('password');
    sshd.freeze();
    view.send({ type: 'answer', promptId: id, answers: [sshd.password], remember: false });
    expect(await onlyEnd(app, view)).toEqual({
      reason: 'timeout',
      sentence: 'The server stopped answering while signing in, for 100 ms.',
    });
  });

  test('it dies', async () => {
    const { app, view, sshd } = await openShell({});
    await sshd.kill();
    expect(await onlyEnd(app, view)).toMatchObject({ reason: 'lost' });
  });

  test('the shell is killed', async () => {
    const { app, view } = await openShell({});
    view.type('kill -KILL $$\r');
    expect(await onlyEnd(app, view)).toEqual({
      reason: 'exited',
      sentence: 'The shell was ended by SIGKILL.',
    });
  });

  test('a closed session closes its connection', async () => {
    const { app, view, sshd } = await openShell({});
    app.receive({ type: 'close', sessionId: view.sessionId }, null);
    expect(app.messages.at(-1)).toMatchObject({ type: 'state', state: { phase: 'ended', reason: 'closed' } });
    // `ps` fails when there is none left.
    while (spawnSync('ps', ['-u', sshd.user, '-o', 'comm=']).stdout.includes('bash')) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
});

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}

/**
 * A port at which nobody accepts and whose queue is full, so that the kernel leaves further connections without
 * an answer: a thread listens and then sleeps.
 */
async function fullListener(): Promise<number> {
  const awake = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
     const server = require('node:net').createServer();
     server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       Atomics.wait(workerData, 0, 0);
     });`,
    { eval: true, workerData: awake },
  );
  const [port] = (await once(worker, 'message')) as [number];
  // The kernel holds one more than it was told to.
  const waiting = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  await Promise.all(waiting.map((socket) => once(socket, 'connect')));
  cleanUps.push(async () => {
    for (const socket of waiting) socket.destroy();
    Atomics.store(awake, 0, 1);
    Atomics.notify(awake, 0);
    await worker.terminate();
  });
  return port;
}
