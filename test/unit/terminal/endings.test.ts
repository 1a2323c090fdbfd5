import { describe, expect, test } from 'vitest';
import * as endings from '../../../main/terminal/process/disconnect-reason.ts';
import { overdueEnding, sshErrorEnding, type Environment } from '../../../main/terminal/process/errors.ts';
import type { Greeting } from '../../../main/terminal/process/greeting.ts';
import { again, around, greetingOf, told } from './ending-rig.ts';

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
    expect(told(endings.notOpened('shell', 'odd'))).toEqual([
      'protocol-error',
      'The server opened no shell: odd.',
    ]);
    expect(told(endings.notOpened('files', 'odd'))).toEqual([
      'protocol-error',
      'The server gives no access to its files: odd. SFTP may be turned off in its SSH settings.',
    ]);
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
