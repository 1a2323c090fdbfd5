import { createRequire } from 'node:module';
import type { Client } from 'ssh2';
import { beforeEach, describe, expect, test } from 'vitest';
import { wireString } from '../../../main/terminal/process/auth/wire.ts';
import { lookInside, type Inside } from '../../../main/terminal/process/ssh2-inside.ts';

type Handler = (...args: unknown[]) => void;
const names = ['USERAUTH_FAILURE', 'USERAUTH_INFO_REQUEST', 'EXT_INFO', 'DISCONNECT'];

describe('what a server says that ssh2 does not pass on', () => {
  let handlers: Record<string, Handler | undefined>;
  let did: unknown[];
  let queue: string[];
  let inside: Inside;
  let client: Client;

  beforeEach(() => {
    did = [];
    queue = [];
    handlers = Object.fromEntries(names.map((name) => [name, (...args) => did.push([name, ...args])]));
    const protocol = {
      _handlers: handlers,
      _authsQueue: queue,
      _packetRW: {
        write: {
          allocStart: 5,
          alloc: (length: number) => Buffer.alloc(5 + length),
          finalize: (packet: Buffer) => packet,
        },
      },
      _cipher: { encrypt: (packet: Buffer) => did.push(['sent', packet.toString('hex')]) },
      _kexinit: undefined,
    };
    client = { _protocol: protocol } as unknown as Client;
    inside = lookInside(client, (...words) => did.push(['instructions', ...words]));
  });
  const comes = (name: string, ...args: unknown[]): void => handlers[name]?.('inner', ...args);

  test('nothing yet', () => {
    expect([inside.lastAnswer, inside.signatureAlgorithms, inside.disconnect]).toEqual([null, null, null]);
  });

  test('the last answer to an attempt, which ssh2 hears too', () => {
    comes('USERAUTH_FAILURE', ['publickey'], false);
    comes('USERAUTH_FAILURE', ['password'], true);
    expect(inside.lastAnswer).toEqual({ methodsLeft: ['password'], partialSuccess: true });
    expect(did).toEqual([
      ['USERAUTH_FAILURE', 'inner', ['publickey'], false],
      ['USERAUTH_FAILURE', 'inner', ['password'], true],
    ]);
  });

  test('instructions that come without a question, and no others', () => {
    comes('USERAUTH_INFO_REQUEST', 'a', 'b', []);
    comes('USERAUTH_INFO_REQUEST', 'c', 'd');
    comes('USERAUTH_INFO_REQUEST', 'e', 'f', [{ prompt: 'PIN' }]);
    expect(did.filter((each) => (each as unknown[])[0] === 'instructions')).toEqual([
      ['instructions', 'a', 'b'],
      ['instructions', 'c', 'd'],
    ]);
  });

  test('the algorithms of signatures, as they were told first', () => {
    comes('EXT_INFO', [{ name: 'other', algs: ['x'] }]);
    expect(inside.signatureAlgorithms).toBeNull();
    comes('EXT_INFO', [{ name: 'other' }, { name: 'server-sig-algs', algs: ['rsa-sha2-256'] }]);
    comes('EXT_INFO', [{ name: 'server-sig-algs', algs: ['ssh-rsa'] }]);
    expect(inside.signatureAlgorithms).toEqual(['rsa-sha2-256']);
    comes('EXT_INFO', [{ name: 'server-sig-algs' }]);
    expect(did).toHaveLength(4);
  });

  test('the first goodbye', () => {
    comes('DISCONNECT', 11, 'Bye');
    comes('DISCONNECT', 2, 'Again');
    expect(inside.disconnect).toEqual({ reason: 11, text: 'Bye' });
  });

  test('a signed request is sent without the id of the session, and awaited', () => {
    const signed = Buffer.concat([wireString('the id'), Buffer.from('request')]);
    inside.sendSigned(signed, Buffer.from('sig'));
    const payload = Buffer.concat([Buffer.from('request'), wireString('sig')]);
    expect(did).toEqual([['sent', Buffer.concat([Buffer.alloc(5), payload]).toString('hex')]]);
    expect(queue).toEqual(['publickey']);
  });

  test.each(names)('an ssh2 without %s is told at once', (name) => {
    const rest = Object.fromEntries(
      names.filter((each) => each !== name).map((each) => [each, () => undefined]),
    );
    const other = { _protocol: { _handlers: rest } } as unknown as Client;
    expect(() => lookInside(other, () => undefined)).toThrow(`ssh2 no longer has ${name}`);
  });
});

test('the native part of ssh2 is what its own files say', async () => {
  const { decryptsToFreshMemory } = await import('../../../main/terminal/process/ssh2-inside.ts');
  const { bindingAvailable } = createRequire(import.meta.url)('ssh2/lib/protocol/crypto.js') as {
    readonly bindingAvailable: boolean;
  };
  expect(decryptsToFreshMemory).toBe(!bindingAvailable);
});
