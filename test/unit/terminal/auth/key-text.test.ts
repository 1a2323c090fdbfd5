import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  verify,
  type KeyObject,
  type KeyPairKeyObjectResult,
} from 'node:crypto';
import ssh2, { type ParsedKey } from 'ssh2';
import { describe, expect, test } from 'vitest';
import { readKeyText, type KeyText } from '../../../../main/terminal/process/auth/key-text.ts';
import { offeredKey } from '../../../../main/terminal/process/auth/offered-key.ts';
import { openOfObject, openOfSsh2, type OpenKey } from '../../../../main/terminal/process/auth/open-key.ts';
import { WireReader, wireString } from '../../../../main/terminal/process/auth/wire.ts';
import { blobOf, fingerprints, madeKey, passphrase } from './made-keys.ts';

const data = Buffer.from('what the server wants signed');

/** Reads a key that has to be open. */
function open(found: KeyText | 'wrong-passphrase'): OpenKey {
  if (found === 'wrong-passphrase' || found.kind !== 'open') throw new Error(JSON.stringify(found));
  return found;
}
/** What is said of a key that cannot be used; `FILE` stands for its path. */
function problem(found: KeyText | 'wrong-passphrase', path = 'FILE'): string {
  if (found === 'wrong-passphrase' || found.kind !== 'unusable') throw new Error(JSON.stringify(found));
  return found.problem(path);
}
function unlocked(text: string, words: string): KeyText | 'wrong-passphrase' {
  const found = readKeyText(text);
  if (found.kind !== 'locked') throw new Error(found.kind);
  return found.unlock(words);
}

const hashes: Readonly<Record<string, string>> = {
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
  'rsa-sha2-256': 'sha256',
  'rsa-sha2-512': 'sha512',
};

/** The name in front of a signature that is right, as RFC 4253 and RFC 5656 have it; throws for another. */
function nameOfRight(signature: Buffer, publicKey: KeyObject): string {
  const reader = new WireReader(signature);
  const name = reader.string().toString();
  const body = reader.string();
  if (!reader.isAtEnd) throw new Error('more than a signature');
  const hash = hashes[name] ?? null;
  if (!name.startsWith('ecdsa-')) {
    if (!verify(hash, data, publicKey, body)) throw new Error('a wrong signature');
    return name;
  }
  const numbers = new WireReader(body);
  const size = { sha256: 32, sha384: 48, sha512: 66 }[hash ?? ''] ?? 0;
  const fixed = [numbers.string(), numbers.string()].map((number) => {
    // An `mpint` has no zeros in front, but one where it would look negative.
    if (number[0] === 0 && (number[1] ?? 0) < 0x80) throw new Error('a number with zeros in front');
    if ((number[0] ?? 0x80) >= 0x80) throw new Error('a number that is negative');
    return Buffer.concat([Buffer.alloc(size), number]).subarray(-size);
  });
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  if (!verify(hash, data, key, Buffer.concat(fixed))) throw new Error('a wrong signature');
  return name;
}

describe('a key of ssh-keygen', () => {
  test.each([
    ['ed25519', 'ssh-ed25519', undefined, 'jane at home'],
    ['ecdsa-521', 'ecdsa-sha2-nistp521', undefined, ''],
    ['rsa', 'rsa-sha2-256', 'sha256', 'rsa'],
    ['rsa', 'rsa-sha2-512', 'sha512', 'rsa'],
    ['rsa', 'rsa-sha2-512', undefined, 'rsa'],
  ] as const)('%s signs as %s', async (name, algorithm, hash, comment) => {
    const { key, sign } = open(readKeyText(madeKey(`openssh ${name}`)));
    expect(key).toMatchObject({ fingerprint: fingerprints[name], comment });
    expect(key.blob).toEqual(blobOf(madeKey(`openssh ${name}.pub`)));
    const parsed = ssh2.utils.parseKey(madeKey(`openssh ${name}.pub`)) as ParsedKey;
    const signature = await sign(data, name === 'rsa' && hash === undefined ? 'sha512' : hash);
    expect(nameOfRight(signature, createPublicKey(parsed.getPublicPEM()))).toBe(algorithm);
  });

  test.each([
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
    'aes128-cbc',
    'aes192-cbc',
    'aes256-cbc',
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    '3des-cbc',
  ] as const)('with %s is known before it is unlocked, and opened by its passphrase alone', (cipher) => {
    const text = madeKey(`openssh ${cipher}`);
    expect(readKeyText(text)).toMatchObject({ kind: 'locked', key: { fingerprint: fingerprints.ed25519 } });
    expect(open(unlocked(text, passphrase)).key.fingerprint).toBe(fingerprints.ed25519);
    expect(unlocked(text, 'not this one')).toBe('wrong-passphrase');
    expect(unlocked(text, '')).toBe('wrong-passphrase');
  });

  test('with a cipher that this app does not have names it, and what to do', () => {
    const found = readKeyText(madeKey('openssh chacha20-poly1305@openssh.com'));
    expect(found).toMatchObject({ key: { fingerprint: fingerprints.ed25519 } });
    const said = (path: string): string => problem(found, path);
    expect(said('~/.ssh/id')).toBe(
      'is encrypted with chacha20-poly1305@openssh.com, which this app cannot read. ' +
        'Encrypt it again: ssh-keygen -p -f ~/.ssh/id',
    );
    // The path is one word of a shell.
    expect(said('/keys/a b')).toMatch(/-f '\/keys\/a b'$/);
    expect(said("~/it's")).toMatch(/-f ~\/'it'\\''s'$/);
    expect(said('~root/a b')).toMatch(/-f '~root\/a b'$/);
    expect(said('/a$b')).toMatch(/-f '\/a\$b'$/);
    expect(said('/A_1@%+=:,.-~')).toMatch(/-f \/A_1@%\+=:,\.-~$/);
  });

  const fileOf = (...fields: readonly (string | Buffer)[]): string => {
    const [cipher = '', kdf = '', blob = '', rest = ''] = fields;
    const bytes = Buffer.concat([
      Buffer.from('openssh-key-v1\0'),
      ...[cipher, kdf, ''].map(wireString),
      Buffer.of(0, 0, 0, 1),
      ...[blob, rest].map(wireString),
    ]);
    return `-----BEGIN OPENSSH PRIVATE KEY-----\n${bytes.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----\n`;
  };
  const wire = (...fields: readonly (string | Buffer)[]): Buffer => Buffer.concat(fields.map(wireString));
  const damaged = 'is damaged: it begins as a private key, and the rest of it cannot be read';

  test.each([
    ['sk-ssh-ed25519@openssh.com', wire('sk-ssh-ed25519@openssh.com', 'key', 'ssh:')],
    ['a certificate of one', wire('sk-ssh-ed25519-cert-v01@openssh.com', 'nonce', 'key', 'ssh:')],
  ])('of a security key, %s, goes by an agent', (_name, blob) => {
    expect(problem(readKeyText(fileOf('none', 'none', blob)), '~/my key')).toBe(
      "belongs to a security key, which this app can use by an SSH agent only: ssh-add ~/'my key'",
    );
  });

  test('of another kind names it, cut to a sensible length', () => {
    const kind = (name: string): string => problem(readKeyText(fileOf('none', 'none', wire(name))));
    expect(kind('ssh-xmss@openssh.com')).toBe(
      'contains a key of a kind (ssh-xmss@openssh.com) that this app cannot sign in with',
    );
    expect(kind('x'.repeat(65))).toContain(`(${'x'.repeat(64)})`);
    expect(problem(readKeyText(fileOf('none', 'none', 'x')))).toContain('(unknown)');
  });

  const ed25519 = blobOf(madeKey('openssh ed25519.pub'));
  test.each([
    ['without its private half', fileOf('none', 'none', ed25519, 'x')],
    ['of another magic', madeKey('openssh ed25519').replace('b3BlbnNzaC1rZXktdjEA', 'b3BlbnNzaC1rZXktdjIA')],
    [
      'cut short',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----',
    ],
    ['of RSA without its end', '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n'],
    ['in PEM of no DER', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'],
    [
      'in a PEM of a name that nobody uses',
      '-----BEGIN MY 2ND PRIVATE KEY-----\nAAAA\n-----END MY 2ND PRIVATE KEY-----',
    ],
    [
      'in PKCS #8 with a passphrase, of no DER',
      '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----',
    ],
  ])('that is damaged says so: %s', (_name, text) => {
    expect(problem(readKeyText(text))).toBe(damaged);
  });

  test('whose encrypted part is broken is damaged, whatever the passphrase', () => {
    const text = fileOf('aes256-ctr', 'none', ed25519, Buffer.alloc(32));
    expect(problem(unlocked(text, passphrase))).toBe(damaged);
    expect(unlocked(text, '')).toBe('wrong-passphrase');
  });
});

describe('a key in PEM', () => {
  const pairs: Readonly<Record<string, KeyPairKeyObjectResult>> = {
    'ssh-ed25519': generateKeyPairSync('ed25519'),
    'ecdsa-sha2-nistp256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    'ecdsa-sha2-nistp384': generateKeyPairSync('ec', { namedCurve: 'P-384' }),
    'ecdsa-sha2-nistp521': generateKeyPairSync('ec', { namedCurve: 'P-521' }),
    'ssh-rsa': generateKeyPairSync('rsa', { modulusLength: 1024 }),
  };
  const pair = (type: string): KeyPairKeyObjectResult => {
    const found = pairs[type];
    if (found === undefined) throw new Error(type);
    return found;
  };
  const encryption = { cipher: 'aes-256-cbc', passphrase };

  test.each([
    ['ssh-ed25519', 'pkcs8'],
    ['ecdsa-sha2-nistp256', 'pkcs8'],
    ['ecdsa-sha2-nistp384', 'sec1'],
    ['ecdsa-sha2-nistp521', 'sec1'],
    ['ssh-rsa', 'pkcs1'],
    ['ssh-rsa', 'pkcs8'],
  ] as const)('%s in %s is opened, with a passphrase and without, and signs', async (type, layout) => {
    const { privateKey, publicKey } = pair(type);
    const pem = privateKey.export({ format: 'pem', type: layout });
    const locked = privateKey.export({ format: 'pem', type: layout, ...encryption });
    expect(readKeyText(String(locked))).toMatchObject({ kind: 'locked', key: null });
    expect(unlocked(String(locked), 'not this one')).toBe('wrong-passphrase');
    expect(unlocked(String(locked), '')).toBe('wrong-passphrase');
    for (const key of [open(readKeyText(String(pem))), open(unlocked(String(locked), passphrase))]) {
      expect(key.key.type).toBe(type);
      const hash = type === 'ssh-rsa' ? 'sha256' : undefined;
      const names = new Set<string>();
      // One number in two begins with a bit that is set.
      for (let round = 0; round < 4; round += 1)
        names.add(nameOfRight(await key.sign(data, hash), publicKey));
      expect([...names]).toEqual([type === 'ssh-rsa' ? 'rsa-sha2-256' : type]);
    }
  });

  test('its public half is what SSH calls it, to the byte', () => {
    const jwk = (type: string): Record<string, unknown> => pair(type).publicKey.export({ format: 'jwk' });
    const bytes = (value: unknown): Buffer => Buffer.from(String(value), 'base64url');
    const blob = (type: string): Buffer | undefined => openOfObject(pair(type).privateKey)?.key.blob;
    const wire = (...fields: readonly (string | Buffer)[]): Buffer => Buffer.concat(fields.map(wireString));
    const { x, y } = jwk('ecdsa-sha2-nistp256');
    expect(blob('ecdsa-sha2-nistp256')).toEqual(
      wire('ecdsa-sha2-nistp256', 'nistp256', Buffer.concat([Buffer.of(4), bytes(x), bytes(y)])),
    );
    // The number of an RSA key has its highest bit set; its exponent is 65,537.
    const n = Buffer.concat([Buffer.of(0), bytes(jwk('ssh-rsa')['n'])]);
    expect(blob('ssh-rsa')).toEqual(wire('ssh-rsa', Buffer.of(1, 0, 1), n));
    expect(blob('ssh-ed25519')).toEqual(wire('ssh-ed25519', bytes(jwk('ssh-ed25519')['x'])));
  });

  test('of a kind that SSH does not have is named', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    expect(openOfObject(privateKey)).toBeNull();
    expect(openOfObject(generateKeyPairSync('x25519').privateKey)).toBeNull();
    for (const type of ['sec1', 'pkcs8'] as const)
      expect(problem(readKeyText(String(privateKey.export({ format: 'pem', type }))))).toBe(
        'contains a key of a kind (secp256k1) that this app cannot sign in with',
      );
    expect(
      problem(readKeyText('-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----')),
    ).toContain('(DSA)');
  });

  test('with parameters in front, indented, with the line ends of Windows or of an old Mac', () => {
    const { privateKey } = pair('ecdsa-sha2-nistp256');
    const pem = String(privateKey.export({ format: 'pem', type: 'sec1' }));
    const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
    for (const text of [
      parameters + pem,
      pem.replaceAll('\n', '\r\n'),
      pem.replaceAll('\n', '\r'),
      pem.replaceAll(/^/gm, '  '),
      `${pem}${madeKey('openssh ed25519.pub')}`,
    ])
      expect(open(readKeyText(text)).key.type).toBe('ecdsa-sha2-nistp256');
  });

  test('whose encryption is unknown names it', () => {
    const text =
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: DES-CBC,0123456789ABCDEF\n\nAAAA\n-----END RSA PRIVATE KEY-----';
    expect(problem(readKeyText(text), 'k')).toBe(
      'is encrypted with DES-CBC, which this app cannot read. Encrypt it again: ssh-keygen -p -f k',
    );
  });

  test('that is damaged in a place that its kind does not show is damaged', () => {
    const der = pair('ssh-rsa').privateKey.export({ format: 'der', type: 'pkcs1' });
    const short = Buffer.from('3006020100020105', 'hex');
    const pem = (bytes: Buffer): string =>
      `-----BEGIN RSA PRIVATE KEY-----\n${bytes.toString('base64')}\n-----END RSA PRIVATE KEY-----`;
    expect(open(readKeyText(pem(der))).key.type).toBe('ssh-rsa');
    expect(problem(readKeyText(pem(short)))).toMatch(/^is damaged/);
    expect(() => createPrivateKey({ key: short, format: 'der', type: 'pkcs1' })).toThrow();
  });
});

describe('a key of PuTTY', () => {
  const locked = madeKey('putty 2-rsa-locked');
  const plain = madeKey('putty 2-rsa');
  const exportIt =
    'is in PuTTY’s format, which this app cannot read. Export it: puttygen FILE -O private-openssh -o NEW';
  const damaged = /^is damaged/;

  test('of RSA in version 2 is opened, with a passphrase and without', async () => {
    for (const text of [plain, plain.replaceAll('\n', '\r\n'), `\n${plain}`.slice(1)])
      expect(open(readKeyText(text)).key).toMatchObject({ fingerprint: fingerprints.rsa, comment: 'rsa' });
    expect(readKeyText(locked)).toMatchObject({ kind: 'locked', key: { fingerprint: fingerprints.rsa } });
    expect(unlocked(locked, 'not this one')).toBe('wrong-passphrase');
    const { sign } = open(unlocked(locked, passphrase));
    const parsed = ssh2.utils.parseKey(madeKey('openssh rsa.pub')) as ParsedKey;
    expect(nameOfRight(await sign(data, 'sha256'), createPublicKey(parsed.getPublicPEM()))).toBe(
      'rsa-sha2-256',
    );
  });

  test('of another kind, version or cipher has to be exported, and its public half is read', () => {
    const other = readKeyText(madeKey('putty 3-ed25519'));
    expect(problem(other)).toBe(exportIt);
    expect(other).toMatchObject({ key: { fingerprint: fingerprints.ed25519 } });
    expect(problem(readKeyText(plain.replace('File-2', 'File-3')))).toBe(exportIt);
    expect(problem(readKeyText(plain.replace('Encryption: none', 'Encryption: other')))).toBe(exportIt);
    expect(problem(readKeyText(plain.replace('Public-Lines: 6', 'Public-Lines: 1')))).toBe(exportIt);
    expect(problem(readKeyText(`a line\n${plain}`))).toBe(exportIt);
  });

  test.each(['ssh-dss', 'ssh-ed448'])('of the kind %s names it', (kind) => {
    const text = `PuTTY-User-Key-File-2: ${kind}\nEncryption: none\nPublic-Lines: 1\nAAAA\n`;
    expect(problem(readKeyText(text))).toBe(
      `contains a key of a kind (${kind}) that this app cannot sign in with`,
    );
    expect(problem(readKeyText(text.replace(kind, `x${kind}`)))).toBe(exportIt);
    expect(problem(readKeyText(text.replace(kind, `${kind}x`)))).toBe(exportIt);
  });

  test('that is damaged says so, also once its passphrase is known', () => {
    expect(problem(readKeyText(plain.replace(/^Private-Lines: \d+$/m, 'Private-Lines: x')))).toMatch(damaged);
    const broken = locked.replace(/^Private-Lines: \d+$/m, 'Private-Lines: x');
    expect(problem(unlocked(broken, passphrase))).toMatch(damaged);
  });

  test('in the format of SSH.com has to be exported', () => {
    const text =
      '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nAAAA\n---- END SSH2 ENCRYPTED PRIVATE KEY ----\n';
    expect(problem(readKeyText(text))).toBe(
      'is in SSH.com’s format, which this app cannot read. Export it: puttygen FILE -O private-openssh -o NEW',
    );
  });
});

describe('a text without a private key', () => {
  const line = madeKey('openssh ed25519.pub').trim();

  test.each([line, `# mine\n\n  \n${line}\n`, `  # mine\r\n${line}\r\n`])(
    'may hold one public key: %j',
    (text) => {
      expect(readKeyText(text)).toMatchObject({ kind: 'public', key: { fingerprint: fingerprints.ed25519 } });
    },
  );

  test.each(['', '# mine', 'words', `${line}\n${line}`, `x ${line}`])('or none: %j', (text) => {
    expect(readKeyText(text)).toEqual({ kind: 'none' });
  });
});

describe('a key that ssh2 has read', () => {
  const key = offeredKey(blobOf(madeKey('openssh ed25519.pub')), 'of the file');
  const parsed = (signature: unknown): ParsedKey =>
    ({ comment: 'of ssh2', sign: () => signature }) as unknown as ParsedKey;

  test('keeps the comment of its file, and has its own where there is none', () => {
    if (key === null) throw new Error('no key');
    expect(openOfSsh2(parsed(null), key).key.comment).toBe('of the file');
    expect(openOfSsh2(parsed(null), { ...key, comment: '' }).key.comment).toBe('of ssh2');
  });

  test('that cannot sign rejects with its own error, or says so', async () => {
    if (key === null) throw new Error('no key');
    await expect(openOfSsh2(parsed(new Error('odd')), key).sign(data, undefined)).rejects.toThrow('odd');
    await expect(openOfSsh2(parsed(undefined), key).sign(data, undefined)).rejects.toThrow(
      'The key could not sign',
    );
  });
});
