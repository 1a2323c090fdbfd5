import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../../main/terminal/process/connection-parts.ts';
import * as endings from '../../../main/terminal/process/disconnect-reason.ts';
import type { Ending } from '../../../main/terminal/process/disconnect-reason.ts';
import {
  closedEnding,
  errorCode,
  isShutOut,
  overdueEnding,
  socketErrorEnding,
  sshErrorEnding,
  type Environment,
} from '../../../main/terminal/process/errors.ts';
import { Greeting } from '../../../main/terminal/process/greeting.ts';

const again = ' Press Enter to connect again.';

function greetingOf(text: string | Buffer): Greeting {
  const greeting = new Greeting();
  greeting.add(Buffer.from(text as string));
  return greeting;
}
const around = (changes: Partial<Environment> = {}): Environment => ({
  phase: 'authenticating',
  target: 'web:2222',
  host: 'web',
  user: 'jane',
  limits: defaultLimits,
  greeting: greetingOf('SSH-2.0-x\r\n'),
  hasReceived: true,
  disconnect: null,
  exit: null,
  isAsking: false,
  said: '',
  refusal: null,
  ...changes,
});
/** The reason and the sentence without its last words; throws where it may not be tried again. */
function told({ reason, sentence, retryable }: Ending): readonly [string, string] {
  if (!retryable || !sentence.endsWith(again))
    throw new Error(JSON.stringify({ reason, sentence, retryable }));
  return [reason, sentence.slice(0, -again.length)];
}
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

describe('an error of ssh2', () => {
  const end = (message: string, changes: Partial<Environment> = {}) =>
    told(sshErrorEnding(new Error(message), around({ phase: 'key-exchange', ...changes })));
  const broken = (detail: string) => ['protocol-error', `The server broke the SSH protocol: ${detail}.`];
  const notSsh = ['protocol-error', 'web:2222 did not answer as an SSH server. Check the port.'];

  test('before the first word, or after a goodbye, is not what counts', () => {
    expect(end('odd', { hasReceived: false })[1]).toContain('before it said anything');
    expect(end('odd', { disconnect: { reason: 12, text: '' } })[1]).toContain('too many connections');
    expect(
      end('odd', { phase: 'authenticating', said: 'Booting', disconnect: { reason: 12, text: '' } })[1],
    ).toBe('The server ended the connection: it has too many connections. It said: “Booting”.');
  });

  test('in the key exchange tells what does not speak SSH, or an old one', () => {
    expect(end('odd', { greeting: greetingOf('HTTP/1.1') })).toEqual(notSsh);
    for (const version of ['1.5', '1.0'])
      expect(end('odd', { greeting: greetingOf(`SSH-${version}-x\n`) })).toEqual([
        'protocol-error',
        `web:2222 speaks SSH ${version} only, which is no longer safe. Update its SSH server.`,
      ]);
    expect(end('odd', { greeting: greetingOf('SSH-1.99-x\n') })).toEqual(broken('odd'));
    expect(end('odd', { greeting: greetingOf('SSH-2.0-x\n') })).toEqual(broken('odd'));
    for (const words of ['Invalid header', 'bad greeting', 'Identification too long', 'Bad packet length'])
      expect(end(words)).toEqual(notSsh);
    expect(end('Bad packet length', { phase: 'authenticating' })).toEqual(broken('Bad packet length'));
  });

  test('later is a broken protocol, with what the server said while signing in', () => {
    expect(end('odd', { phase: 'open', said: 'Welcome' })).toEqual(broken('odd'));
    expect(end('odd', { phase: 'authenticating', said: 'Welcome' })[1]).toBe(
      'The server broke the SSH protocol: odd. It said: “Welcome”.',
    );
  });

  describe('where the two sides have nothing in common', () => {
    const list = (names: string): Buffer =>
      Buffer.concat([Buffer.of(0, 0, 0, names.length), Buffer.from(names)]);
    const offer = (...lists: readonly string[]): Greeting => {
      const [kex = '', hostKey = '', cipher = '', mac = ''] = lists;
      return greetingOf(
        Buffer.concat([
          Buffer.from('SSH-2.0-x\r\n'),
          Buffer.of(0, 0, 0, 99, 4, 20),
          Buffer.alloc(16),
          ...[kex, hostKey, cipher, '', mac].map(list),
        ]),
      );
    };
    const none = (what: string, greeting: Greeting) =>
      end(`Handshake failed: no matching ${what}`, { greeting })[1];

    test('says what the server offers, and what the app has', () => {
      expect(none('MAC (client to server)', offer('', '', '', 'umac-64@openssh.com'))).toBe(
        'web:2222 and this app have no MAC in common. It offers umac-64@openssh.com; this app has ' +
          'hmac-sha2-256-etm@openssh.com, hmac-sha2-512-etm@openssh.com, hmac-sha2-256, hmac-sha2-512.',
      );
      const both = offer('kex-strict-s,ext-info-s,sntrup761', 'xmss', 'aes512');
      expect(none('key exchange algorithm', both)).toMatch(
        /^web:2222 and this app have no way to exchange keys in common\. It offers sntrup761; this app has curve25519-sha256, /,
      );
      expect(none('host key format', both)).toMatch(
        /have no type of host key in common\. It offers xmss; .*rsa-sha2-256\.$/,
      );
      expect(none('C->S cipher', both)).toMatch(
        /have no cipher in common\. It offers aes512; .*aes256-ctr\.$/,
      );
      expect(none('C->S cipher', offer('a', 'b', ''))).toContain('It offers none; this app has');
      // A list that holds only what is no algorithm is not outdated.
      expect(none('key exchange algorithm', offer('ext-info-s'))).toContain('It offers none;');
    });

    test.each([
      ['key exchange', 0, 'diffie-hellman-group1-sha1,diffie-hellman-group-exchange-sha1'],
      ['host key', 1, 'ssh-rsa,ssh-dss'],
      ['cipher', 2, 'aes128-cbc,arcfour256,blowfish-cbc,cast128-cbc,3des-cbc,none'],
      ['MAC', 3, 'hmac-md5,hmac-ripemd160,hmac-sha1-96'],
    ])('says that all is outdated: %s', (what, at, names) => {
      const lists = ['', '', '', ''];
      lists[at] = names;
      expect(none(what, offer(...lists))).toBe(
        `web:2222 has only outdated encryption. It offers ${names.replaceAll(',', ', ')}.`,
      );
      lists[at] = `${names},new`;
      expect(none(what, offer(...lists))).not.toContain('outdated');
    });

    test.each([
      'ssh-rsa-cert',
      'xssh-rsa',
      'ssh-dss2',
      'xssh-dss',
      'xnone',
      'nonesuch',
      'xdiffie-hellman-sha1',
      'diffie-hellman-sha1x',
    ])('a name that is merely like an outdated one is not: %s', (name) => {
      expect(none('host key', offer('', name))).not.toContain('outdated');
    });

    test('is a broken protocol where the offer is not known, or the part is not', () => {
      expect(end('no matching cipher')).toEqual(broken('no matching cipher'));
      const greeting = offer('a', 'b', 'c', 'd');
      expect(end('no compatible thing', { greeting })).toEqual(broken('no compatible thing'));
      expect(end('no matching cipher', { greeting, phase: 'open' })).toEqual(broken('no matching cipher'));
    });
  });
});

describe('the time for a phase is over', () => {
  test.each([
    [
      'resolving',
      'web:2222 did not answer within 15 s. Check that it runs and that no firewall is in between.',
    ],
    [
      'connecting',
      'web:2222 did not answer within 15 s. Check that it runs and that no firewall is in between.',
    ],
    ['key-exchange', 'web:2222 took the connection but did not finish the key exchange within 20 s.'],
    ['authenticating', 'The server stopped answering while signing in, for 150 s.'],
    ['opening-shell', 'The server stopped answering while opening the shell, for 30 s.'],
  ] as const)('%s', (phase, sentence) => {
    expect(told(overdueEnding(around({ phase })))).toEqual(['timeout', sentence]);
  });

  test('is told in seconds, or in milliseconds below one', () => {
    expect(told(endings.lostNoAnswer(999))).toEqual([
      'lost',
      'The connection was lost: no answer for 999 ms.',
    ]);
    expect(told(endings.lostNoAnswer(1_000))[1]).toContain('for 1 s.');
    expect(told(endings.lostNoAnswer(45_499))[1]).toContain('for 45 s.');
  });
});

describe('other ends', () => {
  test('in their words', () => {
    expect(told(endings.cancelled())).toEqual(['cancelled', 'Connecting was canceled.']);
    expect(endings.closed()).toEqual({
      reason: 'closed',
      sentence: 'The session was closed.',
      retryable: false,
    });
    expect(told(endings.tooMuchGreeting('web', 32 * 1024))).toEqual([
      'protocol-error',
      'web sent more than 32 KB before the key exchange.',
    ]);
    expect(told(endings.noShell('odd'))).toEqual(['protocol-error', 'The server opened no shell: odd.']);
    expect(told(endings.authenticationFailed('It failed.'))).toEqual(['authentication-failed', 'It failed.']);
    expect(told(endings.hostKeyRejected())).toEqual([
      'host-key-rejected',
      'The host key was not accepted, and nothing was sent.',
    ]);
    expect(told(endings.hostKeyForgotten())).toEqual([
      'host-key-rejected',
      'The host key that this app trusted was forgotten; the next connection asks about the new one.',
    ]);
    expect(told(endings.newKeyExpected())).toEqual([
      'host-key-rejected',
      'The server was reinstalled from here, so that one new host key is expected; the next connection asks about it.',
    ]);
    expect(told(endings.knownHostsUnusable('EIO'))).toEqual([
      'host-key-rejected',
      'The list of known hosts could not be used (EIO), so the server cannot be verified.',
    ]);
    expect(told(endings.passwordExpired('jane', ''))).toEqual([
      'authentication-failed',
      'The password of jane has to be changed before signing in. Change it in the server’s console.',
    ]);
    expect(told(endings.passwordExpired('jane', 'Expired'))[1]).toContain(
      ' before signing in (“Expired”). Change it',
    );
  });

  test('a host key that changed is a stop: what to do depends on whose file it is', () => {
    const known = {
      marker: null,
      hosts: 'h',
      keyType: 'ssh-ed25519',
      key: 'AAAA',
      path: '/f',
      lineNumber: 7,
    };
    const said = (own: boolean) => endings.hostKeyChanged('web', 'SHA256:new', { ...known, own });
    expect(said(true)).toEqual({
      reason: 'host-key-changed',
      sentence:
        'The host key of web has changed: somebody may be in between, or the server was reinstalled. ' +
        'It showed SHA256:new; trusted is SHA256:cJ6AyISHokEeHuTfufIqhhSS0gxHZRUMDHlKvXD4FHw (/f, line 7). ' +
        'Nothing was sent. If you know why it changed, forget the old key first.',
      retryable: false,
    });
    expect(said(false).sentence).toMatch(/remove that line first\.$/);
    expect(endings.hostKeyRevoked('web', 'SHA256:x')).toEqual({
      reason: 'host-key-revoked',
      sentence: 'The host key of web (SHA256:x) is marked as revoked in known_hosts. Nothing was sent.',
      retryable: false,
    });
  });

  test('what the server said is cut where it is long', () => {
    const said = (words: string) => endings.withWords(endings.cancelled(), words).sentence;
    expect(said(' \n ')).toBe(`Connecting was canceled.${again}`);
    expect(said('x'.repeat(400))).toBe(`Connecting was canceled. It said: “${'x'.repeat(400)}”.${again}`);
    expect(said('x'.repeat(401))).toBe(`Connecting was canceled. It said: “${'x'.repeat(399)}…”.${again}`);
  });
});
