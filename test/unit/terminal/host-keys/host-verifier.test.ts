import { describe, expect, test } from 'vitest';
import { algorithmsFor, hostKeyTypes, ourOffer } from '../../../../main/terminal/process/algorithms.ts';
import { HostVerifier } from '../../../../main/terminal/process/host-verifier.ts';
import { parseKnownHosts } from '../../../../main/terminal/process/known-hosts.ts';

const address = { host: 'web.example', port: 22 };
const lineOf = (letter: string): string =>
  Buffer.concat([
    Buffer.from('0000000b7373682d6564323535313900000020', 'hex'),
    Buffer.alloc(32, letter),
  ]).toString('base64');
const keyOf = (letter: string): Buffer => Buffer.from(lineOf(letter), 'base64');
const printOf: Readonly<Record<string, string>> = {
  a: 'SHA256:TGIk2D1DFZBKmjWssB2+Qdiona/OUK1TSuWAAHMK+n0',
  b: 'SHA256:tY51GDtdgY+0w0jAi5adr0DjfLY3KB1G5pQLtXMQD38',
};

interface Options {
  readonly knownHosts?: string;
  readonly port?: number;
  readonly answer?: boolean;
  /** One after the other, each time that it is asked for; the last one stays. */
  readonly expected?: readonly boolean[];
  readonly fails?: 'add' | 'forget';
}

/** A verifier with a person in front of it; `did` is what came of it, in order. */
function setUp({ knownHosts = '', port = 22, answer = true, expected = [false], fails }: Options = {}) {
  const did: unknown[] = [];
  const left = [...expected];
  const change = (what: 'add' | 'forget', ...rest: unknown[]): Promise<void> => {
    did.push([what, ...rest]);
    return fails === what
      ? Promise.reject(Object.assign(new Error('no'), { code: 'EROFS' }))
      : Promise.resolve();
  };
  const verifier = new HostVerifier({
    address: { ...address, port },
    name: 'web.example',
    knownHosts: {
      add: (to, key) => change('add', to.host, to.port, key.toString('base64')),
      forget: (to) => change('forget', to.host, to.port),
    },
    entries: parseKnownHosts(knownHosts, '/known_hosts'),
    expectsNewKey: () => (left.length > 1 ? left.shift() === true : left[0] === true),
    newKeyTaken: () => did.push(['taken']),
    ask: (key) => {
      did.push(['ask', key]);
      return Promise.resolve(answer);
    },
  });
  return { did, verifier };
}

describe('a host key that is known', () => {
  const knownHosts = `web.example ssh-ed25519 ${lineOf('a')}\n`;

  test('is trusted without a question, for all of the connection', async () => {
    const { did, verifier } = setUp({ knownHosts, expected: [true] });
    expect(await verifier.verify(keyOf('a'))).toBeNull();
    expect(await verifier.verify(keyOf('a'))).toBeNull();
    expect(did).toEqual([]);
  });

  test('may not be another one later in the same connection', async () => {
    const both = `${knownHosts}web.example ssh-ed25519 ${lineOf('b')}\n`;
    const { did, verifier } = setUp({ knownHosts: both });
    const key = keyOf('a');
    expect(await verifier.verify(key)).toBeNull();
    // The buffer is the connection's, which uses it again.
    key.fill(0);
    expect(await verifier.verify(keyOf('a'))).toBeNull();
    expect(await verifier.verify(keyOf('b'))).toMatchObject({
      reason: 'protocol-error',
      sentence: expect.stringContaining('its host key changed in mid-connection') as string,
    });
    expect(did).toEqual([]);
  });

  test('that changed is refused with both fingerprints', async () => {
    const { did, verifier } = setUp({ knownHosts });
    const ending = await verifier.verify(keyOf('b'));
    expect(ending?.reason).toBe('host-key-changed');
    expect(ending?.retryable).toBe(false);
    expect(ending?.sentence).toContain(
      `It showed ${printOf['b']}; trusted is ${printOf['a']} (/known_hosts, line 1).`,
    );
    expect(did).toEqual([]);
  });

  test('that is revoked is refused, also where a new one is expected', async () => {
    const { did, verifier } = setUp({
      knownHosts: `@revoked * ssh-ed25519 ${lineOf('a')}\n`,
      expected: [true],
    });
    const ending = await verifier.verify(keyOf('a'));
    expect([ending?.reason, ending?.retryable]).toEqual(['host-key-revoked', false]);
    expect(ending?.sentence).toContain(`The host key of web.example (${printOf['a']})`);
    expect(did).toEqual([]);
  });

  test('that changed where a new one is expected is asked about beside the former one, and takes its place', async () => {
    const { did, verifier } = setUp({ knownHosts, expected: [true] });
    expect(await verifier.verify(keyOf('b'))).toBeNull();
    expect(did).toEqual([
      [
        'ask',
        {
          keyType: 'ssh-ed25519',
          fingerprint: printOf['b'],
          reinstalled: { formerFingerprint: printOf['a'] },
          isKnownOnPort22: false,
          hasCertAuthority: false,
        },
      ],
      ['forget', 'web.example', 22],
      ['add', 'web.example', 22, lineOf('b')],
      ['taken'],
    ]);
    // From here on it is the one of this connection.
    expect(await verifier.verify(keyOf('b'))).toBeNull();
    expect(did).toHaveLength(4);
  });

  test.each(['forget', 'add'] as const)(
    'stays expected where the list cannot be changed: %s',
    async (fails) => {
      const { did, verifier } = setUp({ knownHosts, expected: [true], fails });
      expect(await verifier.verify(keyOf('b'))).toMatchObject({
        reason: 'host-key-rejected',
        sentence: expect.stringContaining('could not be used (EROFS)') as string,
      });
      expect(did).not.toContainEqual(['taken']);
      expect(did.at(-1)).toContain(fails);
    },
  );

  test('whose day ended while it was asked about is refused, and what was trusted stays', async () => {
    const { did, verifier } = setUp({ knownHosts, expected: [true, true, false] });
    expect(await verifier.verify(keyOf('b'))).toMatchObject({ reason: 'host-key-changed' });
    expect(did).toHaveLength(1);
  });

  test('whose new one is not accepted stays', async () => {
    const { did, verifier } = setUp({ knownHosts, expected: [true], answer: false });
    expect(await verifier.verify(keyOf('b'))).toMatchObject({ reason: 'host-key-rejected', retryable: true });
    expect(did).toHaveLength(1);
  });
});

describe('a host key that is not known', () => {
  const asked = (more: object) => [
    'ask',
    {
      keyType: 'ssh-ed25519',
      fingerprint: printOf['a'],
      reinstalled: null,
      isKnownOnPort22: false,
      hasCertAuthority: false,
      ...more,
    },
  ];

  test('is asked about and kept', async () => {
    const { did, verifier } = setUp();
    expect(await verifier.verify(keyOf('a'))).toBeNull();
    expect(did).toEqual([asked({}), ['add', 'web.example', 22, lineOf('a')]]);
  });

  test('of a server that was reinstalled says so, and is the one that was expected', async () => {
    const { did, verifier } = setUp({ expected: [true] });
    expect(await verifier.verify(keyOf('a'))).toBeNull();
    expect(did).toEqual([
      asked({ reinstalled: { formerFingerprint: null } }),
      ['add', 'web.example', 22, lineOf('a')],
      ['taken'],
    ]);
  });

  test('is kept also where it is expected no longer, once it was answered', async () => {
    const { did, verifier } = setUp({ expected: [true, false] });
    expect(await verifier.verify(keyOf('a'))).toBeNull();
    expect(did).toEqual([
      asked({ reinstalled: { formerFingerprint: null } }),
      ['add', 'web.example', 22, lineOf('a')],
    ]);
  });

  test('says that it is known on port 22', async () => {
    const knownHosts = `web.example ssh-ed25519 ${lineOf('a')}\n`;
    const { did, verifier } = setUp({ knownHosts, port: 2222 });
    expect(await verifier.verify(keyOf('a'))).toBeNull();
    expect(did[0]).toEqual(asked({ isKnownOnPort22: true }));
  });

  test('that is not accepted is not kept, and is asked about again', async () => {
    const { did, verifier } = setUp({ answer: false });
    expect(await verifier.verify(keyOf('a'))).toMatchObject({ reason: 'host-key-rejected' });
    expect(await verifier.verify(keyOf('a'))).toMatchObject({ reason: 'host-key-rejected' });
    expect(did).toEqual([asked({}), asked({})]);
  });
});

describe('what a connection offers', () => {
  test('nothing that is weak, and curve25519 first, since every other exchange is slow', () => {
    expect(algorithmsFor([])).toEqual({
      kex: [
        'curve25519-sha256',
        'curve25519-sha256@libssh.org',
        'ecdh-sha2-nistp256',
        'ecdh-sha2-nistp384',
        'ecdh-sha2-nistp521',
        'diffie-hellman-group-exchange-sha256',
        'diffie-hellman-group14-sha256',
        'diffie-hellman-group16-sha512',
        'diffie-hellman-group18-sha512',
      ],
      cipher: ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr', 'aes192-ctr', 'aes256-ctr'],
      hmac: [
        'hmac-sha2-256-etm@openssh.com',
        'hmac-sha2-512-etm@openssh.com',
        'hmac-sha2-256',
        'hmac-sha2-512',
      ],
      compress: ['none'],
      serverHostKey: [
        'ssh-ed25519',
        'ecdsa-sha2-nistp256',
        'ecdsa-sha2-nistp384',
        'ecdsa-sha2-nistp521',
        'rsa-sha2-512',
        'rsa-sha2-256',
      ],
    });
  });

  test('the types of host keys that are known come first, in the app’s own order', () => {
    expect(algorithmsFor(['ssh-rsa', 'ecdsa-sha2-nistp384', 'ssh-dss']).serverHostKey).toEqual([
      'ecdsa-sha2-nistp384',
      'rsa-sha2-512',
      'rsa-sha2-256',
      'ssh-ed25519',
      'ecdsa-sha2-nistp256',
      'ecdsa-sha2-nistp521',
    ]);
  });

  test('is what the sentences about it name', () => {
    const { kex, cipher, hmac, serverHostKey } = algorithmsFor([]);
    expect(ourOffer).toEqual({ kex, cipher, mac: hmac, hostKey: serverHostKey });
    expect(hostKeyTypes).toEqual([
      'ssh-ed25519',
      'ecdsa-sha2-nistp256',
      'ecdsa-sha2-nistp384',
      'ecdsa-sha2-nistp521',
      'ssh-rsa',
    ]);
  });
});
