import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { withReachability } from '../../../main/domain/index.ts';
import { probeSsh } from '../../../main/terminal/ssh-probe.ts';

test.each([
  ['SSH-2.0-OpenSSH_10.0\r\n', 'answers'],
  ['Welcome\r\nSSH-1.99-x\r\n', 'answers'],
  ['Not allowed at this time\r\n', 'refuses'],
  ['Exceeded MaxStartups\r\n', 'refuses'],
  ['Too many connections\r\n', 'refuses'],
  ['HTTP/1.1 400 Bad Request\r\n\r\n', 'not-ssh'],
  ['', 'not-ssh'],
])('a server that says %j and hangs up: %s', async (words, kind) => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(words);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await probeSsh('127.0.0.1', port)).toEqual({ kind, address: '127.0.0.1' });
  server.close();
  await once(server, 'close');
  expect(await probeSsh('127.0.0.1', port)).toEqual({ kind: 'silent' });
});

test('the notice of a new server tells an SSH server that refuses for now from what is none', () => {
  const notice = {
    key: 'k',
    kind: 'provisioned',
    title: 'web',
    body: 'It is running.',
    instanceId: null,
    atMs: 0,
  } as const;
  const bodyOf = (kind: 'refuses' | 'not-ssh'): string =>
    withReachability(notice, { kind, address: 'h' }).body;
  expect(bodyOf('refuses')).toBe(
    'It is running. Its SSH server refuses connections from this address for now.',
  );
  expect(bodyOf('not-ssh')).toContain('did not answer as SSH');
});
