import { describe, expect, test } from 'vitest';
import { impostor, onlyEnd, openAt } from './faulty-peers.ts';

describe('what answers is not a healthy SSH server', () => {
  test('it says nothing', async () => {
    const port = await impostor(() => undefined);
    const { app, view } = openAt(port, { handshakeTimeoutMs: 50 });
    expect(await onlyEnd(app, view)).toEqual({
      reason: 'timeout',
      sentence: 'HOST took the connection but did not finish the key exchange within 50 ms.',
    });
    expect(app.phases(view.sessionId)).toEqual(['resolving', 'connecting', 'key-exchange', 'ended']);
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
      sentence: 'HOST did not answer as an SSH server. Check the port.',
    });
  });

  test.each(['SSH-1.5-Cisco-1.25\n', 'A line before it\r\nSSH-1.3-x\r\n'])(
    'it speaks SSH 1 only: %j',
    async (greeting) => {
      const port = await impostor((socket) => socket.write(greeting));
      const { app, view } = openAt(port);
      const version = /1\.\d/.exec(greeting)?.[0];
      expect(await onlyEnd(app, view)).toEqual({
        reason: 'protocol-error',
        sentence: `HOST speaks SSH ${version} only, which is no longer safe. Update its SSH server.`,
      });
    },
  );

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
    // Seen while it connects or right after: it is said in the same way.
    const { reason, sentence } = await onlyEnd(app, view);
    expect(reason).toBe('lost');
    expect(sentence).toMatch(/^HOST (cut|closed) the connection .*It may refuse this address\.$/);
  });

  test('it offers algorithms of the past only', async () => {
    const port = await impostor((socket) =>
      socket.write(
        offerOf({
          kex: 'diffie-hellman-group1-sha1',
          hostKey: 'ssh-dss',
          cipher: 'arcfour',
          mac: 'hmac-md5',
        }),
      ),
    );
    const { app, view } = openAt(port);
    expect(await onlyEnd(app, view)).toEqual({
      reason: 'protocol-error',
      sentence: 'HOST has only outdated encryption. It offers diffie-hellman-group1-sha1.',
    });
  });

  test.each([
    [
      { kex: 'sntrup761x25519-sha512,mlkem768x25519-sha256,ext-info-s' },
      'way to exchange keys',
      'curve25519-sha256',
    ],
    [{ hostKey: 'ssh-xmss@openssh.com' }, 'type of host key', 'ssh-ed25519'],
    [{ cipher: 'camellia256-ctr' }, 'cipher', 'aes256-gcm@openssh.com'],
    [{ cipher: 'aes256-ctr', mac: 'umac-128-etm@openssh.com' }, 'MAC', 'hmac-sha2-256-etm@openssh.com'],
  ])('it offers nothing that this app has, of today: %j', async (offer, word, ours) => {
    const port = await impostor((socket) => socket.write(offerOf(offer)));
    const { app, view } = openAt(port);
    const { reason, sentence } = await onlyEnd(app, view);
    expect(reason).toBe('protocol-error');
    expect(sentence).toContain(`HOST and this app have no ${word} in common. It offers `);
    const [offered = ''] = Object.values(offer).slice(-1);
    expect(sentence).toContain(`${offered.replace(',ext-info-s', '').replaceAll(',', ', ')}; this app has `);
    expect(sentence).toContain(ours);
    expect(sentence).not.toContain('outdated');
  });
});

/** The greeting of a server and its offer for the key exchange (RFC 4253, section 7.1), healthy but for what is given. */
function offerOf(parts: { kex?: string; hostKey?: string; cipher?: string; mac?: string }): Buffer {
  const { kex = 'curve25519-sha256', hostKey = 'ssh-ed25519' } = parts;
  const { cipher = 'aes256-ctr', mac = 'hmac-sha2-256' } = parts;
  const names = [kex, hostKey, cipher, cipher, mac, mac, 'none', 'none', '', ''];
  const lists = names.map((name) => Buffer.concat([uint32(name.length), Buffer.from(name)]));
  const payload = Buffer.concat([Buffer.of(20), Buffer.alloc(16), ...lists, Buffer.alloc(5)]);
  const padding = 8 - ((payload.length + 5) % 8) + 8;
  return Buffer.concat([
    Buffer.from('SSH-2.0-old\r\n'),
    uint32(payload.length + padding + 1),
    Buffer.of(padding),
    payload,
    Buffer.alloc(padding),
  ]);
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}
