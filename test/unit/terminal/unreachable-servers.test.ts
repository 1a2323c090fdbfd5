import { once } from 'node:events';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { cleanUps, impostor, onlyEnd, openAt } from './faulty-peers.ts';

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
