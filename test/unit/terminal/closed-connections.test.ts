import { describe, expect, test } from 'vitest';
import {
  closedEnding,
  errorCode,
  isShutOut,
  socketErrorEnding,
  type Environment,
} from '../../../main/terminal/process/errors.ts';
import { around, greetingOf, told } from './ending-rig.ts';

const failure = (code: string): Error => Object.assign(new Error('words'), { code });

test('an error is known by the code of the system, or by its words', () => {
  expect(errorCode(failure('EPIPE'))).toBe('EPIPE');
  expect(errorCode(new Error('words'))).toBe('words');
  expect(errorCode(Object.assign(new Error('words'), { code: 5 }))).toBe('words');
  expect(errorCode('text')).toBe('text');
});

describe('an error of the socket', () => {
  test.each([
    ['ECONNREFUSED', 'refused', 'web:2222 refused the connection: no SSH server listens there.'],
    ['ENOTFOUND', 'unreachable', 'The name web could not be found.'],
    ['EAI_AGAIN', 'unreachable', 'The name web could not be found.'],
    ['ETIMEDOUT', 'timeout', 'web:2222 did not answer.'],
    ['ECONNRESET', 'lost', 'web:2222 cut the connection at once. It may refuse this address.'],
    ['EHOSTUNREACH', 'unreachable', 'web:2222 cannot be reached: there is no route to it.'],
    ['ENETUNREACH', 'unreachable', 'web:2222 cannot be reached: this computer has no network.'],
    ['ENETDOWN', 'unreachable', 'web:2222 cannot be reached: this computer has no network.'],
    ['EODD', 'unreachable', 'web:2222 cannot be reached: EODD.'],
  ])('before it is connected, %s: %s', (code, reason, sentence) => {
    for (const phase of ['resolving', 'connecting'] as const)
      expect(told(socketErrorEnding(failure(code), around({ phase })))).toEqual([reason, sentence]);
  });

  test.each([
    ['ECONNRESET', 'the other side reset it'],
    ['EPIPE', 'the other side closed it'],
    ['ETIMEDOUT', 'the network gave no answer'],
    ['EODD', 'the network reported EODD'],
  ])('later, %s: the connection was lost', (code, words) => {
    for (const phase of ['key-exchange', 'authenticating', 'opening-shell', 'open'] as const)
      expect(told(socketErrorEnding(failure(code), around({ phase })))).toEqual([
        'lost',
        `The connection was lost: ${words}.`,
      ]);
  });

  test('before the first word of the server: it may refuse this address', () => {
    const end = (code: string) =>
      told(
        socketErrorEnding(
          failure(code),
          around({ phase: 'key-exchange', hasReceived: false, greeting: greetingOf('') }),
        ),
      );
    expect(end('ECONNRESET')).toEqual([
      'lost',
      'web:2222 closed the connection before it said anything. It may refuse this address.',
    ]);
    expect(end('EPIPE')).toEqual(['lost', 'The connection was lost: the other side closed it.']);
  });

  test('after a refusal in words: the words', () => {
    const greeting = greetingOf('Go away\r\n');
    const end = (phase: Environment['phase']) =>
      told(socketErrorEnding(failure('ECONNRESET'), around({ phase, greeting })));
    expect(end('key-exchange')).toEqual([
      'protocol-error',
      'web:2222 answered “Go away” instead of an SSH greeting. If that is no refusal, check the port.',
    ]);
    expect(end('open')[0]).toBe('lost');
  });

  test('while somebody is asked: the server waited too long', () => {
    expect(told(socketErrorEnding(failure('ECONNRESET'), around({ isAsking: true })))).toEqual([
      'timeout',
      'The server hung up, since it waited too long for an answer: most wait two minutes for a sign-in.',
    ]);
  });
});

describe('a connection that is closed', () => {
  test.each<[Partial<Environment>, string, string]>([
    [{ exit: { status: 0, signal: null } }, 'exited', 'The shell ended.'],
    [{ exit: { status: 3, signal: null } }, 'exited', 'The shell ended with status 3.'],
    [{ exit: { status: null, signal: 'KILL' } }, 'exited', 'The shell was ended by KILL.'],
    [
      { hasReceived: false },
      'lost',
      'web:2222 closed the connection before it said anything. It may refuse this address.',
    ],
    [{ phase: 'open' }, 'lost', 'The connection was lost: the server closed it.'],
    [
      { phase: 'key-exchange' },
      'lost',
      'The connection was lost: the server closed it during the key exchange.',
    ],
    [{}, 'lost', 'The connection was lost: the server closed it during the sign-in.'],
    [
      { said: 'No\n entry ' },
      'lost',
      'The connection was lost: the server closed it during the sign-in. It said: “No entry”.',
    ],
    [{ phase: 'open', said: 'Welcome' }, 'lost', 'The connection was lost: the server closed it.'],
    [
      { phase: 'opening-shell' },
      'lost',
      'The connection was lost: the server closed it during the start of the shell.',
    ],
    [{ phase: 'over' }, 'lost', 'The connection was lost: the server closed it during over.'],
    [
      { isAsking: true, said: 'Hurry' },
      'timeout',
      'The server hung up, since it waited too long for an answer: most wait two minutes for a sign-in. It said: “Hurry”.',
    ],
    [
      { phase: 'key-exchange', greeting: greetingOf('HTTP/1.1 400 Bad Request\r\n') },
      'protocol-error',
      'web:2222 did not answer as an SSH server. Check the port.',
    ],
    [
      { phase: 'key-exchange', greeting: greetingOf('<html>') },
      'protocol-error',
      'web:2222 did not answer as an SSH server. Check the port.',
    ],
    [
      { phase: 'key-exchange', greeting: greetingOf('a <b>') },
      'protocol-error',
      'web:2222 answered “a <b>” instead of an SSH greeting. If that is no refusal, check the port.',
    ],
    [
      { phase: 'key-exchange', greeting: greetingOf(Buffer.alloc(9, 1)) },
      'protocol-error',
      'web:2222 did not answer as an SSH server. Check the port.',
    ],
    [
      { disconnect: { reason: 11, text: ' Bye\u001b[2J\nnow ' } },
      'lost',
      'The server ended the connection: “Bye now”.',
    ],
    [
      { disconnect: { reason: 1, text: '' } },
      'lost',
      'The server ended the connection: it does not allow this address to connect.',
    ],
    [
      { disconnect: { reason: 2, text: '' } },
      'lost',
      'The server ended the connection: it found a fault in the protocol.',
    ],
    [
      { disconnect: { reason: 3, text: '' } },
      'lost',
      'The server ended the connection: the key exchange failed.',
    ],
    [
      { disconnect: { reason: 7, text: '' } },
      'lost',
      'The server ended the connection: it does not offer what was asked for.',
    ],
    [
      { disconnect: { reason: 8, text: '' } },
      'lost',
      'The server ended the connection: it does not speak this version of SSH.',
    ],
    [
      { disconnect: { reason: 11, text: '' } },
      'lost',
      'The server ended the connection: it was ended on its side.',
    ],
    [
      { disconnect: { reason: 12, text: '' } },
      'lost',
      'The server ended the connection: it has too many connections.',
    ],
    [
      { disconnect: { reason: 14, text: '' } },
      'lost',
      'The server ended the connection: it takes no further way to sign in.',
    ],
    [
      { disconnect: { reason: 15, text: '' } },
      'lost',
      'The server ended the connection: it does not know this user.',
    ],
    [{ disconnect: { reason: 4, text: ' ' } }, 'lost', 'The server ended the connection: reason 4.'],
    [
      { disconnect: { reason: 2, text: 'Too many authentication failures' } },
      'authentication-failed',
      'The server refused further attempts to sign in as jane.',
    ],
    [
      {
        disconnect: { reason: 2, text: 'too many authentication failures for jane' },
        refusal: 'It was refused.',
      },
      'authentication-failed',
      'It was refused. The server takes no further attempts.',
    ],
  ])('%j', (changes, reason, sentence) => {
    expect(told(closedEnding(around(changes)))).toEqual([reason, sentence]);
  });

  test('by a server that refuses for now: half a minute is waited', () => {
    const greeting = greetingOf('Exceeded MaxStartups\r\n');
    expect(closedEnding(around({ phase: 'key-exchange', greeting }))).toEqual({
      reason: 'refused',
      sentence:
        'web:2222 refuses this address for now (“Exceeded MaxStartups”): too many failed sign-ins, or too many connections at once. ' +
        'Wait half a minute, then press Enter to connect again.',
      retryable: true,
    });
  });

  test('is shut out where the server says so, and not otherwise', () => {
    const by = (text: string) => isShutOut({ disconnect: { reason: 2, text } });
    expect([by('Too many authentication failures'), by('Too many'), isShutOut({ disconnect: null })]).toEqual(
      [true, false, false],
    );
  });
});
