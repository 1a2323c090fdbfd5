import { createCipheriv, createHash, generateKeyPairSync, pbkdf2Sync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  derElements,
  derOf,
  derSequence,
  type DerElement,
} from '../../../../main/terminal/process/auth/der.ts';
import {
  asPkcs8Version1,
  derOfPem,
  kindOfDer,
  pemEncryption,
  pemOfDer,
} from '../../../../main/terminal/process/auth/pem-key.ts';

const sequence = (...elements: readonly DerElement[]): DerElement => ({ tag: 0x30, body: derOf(elements) });
const integer = (...bytes: readonly number[]): DerElement => ({ tag: 2, body: Buffer.of(...bytes) });
const octets = (body: Buffer): DerElement => ({ tag: 4, body });
const nothing: DerElement = { tag: 5, body: Buffer.alloc(0) };
const der = (...elements: readonly DerElement[]): Buffer => derOf(elements);
/** An object identifier by its bytes in hexadecimal. */
const oid = (hex: string): DerElement => ({ tag: 6, body: Buffer.from(hex, 'hex') });
const pemOf = (name: string, bytes: Buffer, ...headers: readonly string[]): string =>
  [`-----BEGIN ${name}-----`, ...headers, bytes.toString('base64'), `-----END ${name}-----`].join('\n');

const rsaOid = '2a864886f70d010101';
const ecOid = '2a8648ce3d0201';
const p256 = '2a8648ce3d030107';

describe('the layout of a private key in DER', () => {
  const nine = Array.from({ length: 9 }, () => integer(1));
  test.each([
    ['PRIVATE KEY', [integer(0), sequence(), octets(Buffer.of(1))]],
    ['EC PRIVATE KEY', [integer(1), octets(Buffer.of(1)), { tag: 0xa0, body: Buffer.alloc(0) }]],
    ['RSA PRIVATE KEY', nine],
    ['ENCRYPTED PRIVATE KEY', [sequence(), octets(Buffer.of(1))]],
  ])('%s', (name, elements) => {
    const bytes = der(sequence(...elements));
    expect(pemOfDer(bytes)).toBe(
      `-----BEGIN ${name}-----\n${bytes.toString('base64')}\n-----END ${name}-----\n`,
    );
  });

  test.each([
    ['eight numbers', der(sequence(...nine.slice(1)))],
    ['a public key', der(sequence(sequence(), { tag: 3, body: Buffer.of(0) }))],
    ['no sequence', der(integer(0))],
    ['text', Buffer.from('ssh-ed25519 AAAA')],
    ['nothing', Buffer.alloc(0)],
  ])('none: %s', (_name, bytes) => {
    expect(pemOfDer(bytes)).toBeNull();
  });

  test('version 2 of PKCS #8 is read as version 1: without what is appended', () => {
    const algorithm = sequence(oid('2b6570'));
    const key = octets(Buffer.of(4, 1, 9));
    const version2 = der(sequence(integer(1), algorithm, key, { tag: 0x81, body: Buffer.of(0, 7) }));
    expect(asPkcs8Version1(version2)).toEqual(der(sequence(integer(0), algorithm, key)));
    for (const other of [
      der(sequence(integer(1), algorithm)),
      der(sequence(integer(1))),
      der(sequence(integer(1), algorithm, integer(2))),
    ])
      expect(asPkcs8Version1(other)).toBe(other);
  });

  test('the bytes of a PEM are those between its marks, without headers, whatever its line ends', () => {
    const text = '-----BEGIN X-----\r\nProc-Type: 4,ENCRYPTED\r\n\r\nAQID\r\nBA==\r\n-----END X-----\r\n';
    expect(derOfPem(text)).toEqual(Buffer.of(1, 2, 3, 4));
    expect(derOfPem(text.replaceAll('\r', ''))).toEqual(Buffer.of(1, 2, 3, 4));
  });
});

describe('the kind of a private key', () => {
  const pkcs8 = (...algorithm: readonly DerElement[]): Buffer =>
    der(sequence(integer(0), sequence(...algorithm), octets(der(sequence(integer(0), integer(5))))));
  const sec1 = (...parameters: readonly DerElement[]): Buffer =>
    der(sequence(integer(1), octets(Buffer.of(1)), { tag: 0xa0, body: derOf(parameters) }));

  test.each([
    [rsaOid, 'RSA', true],
    ['2a864886f70d01010a', 'RSA-PSS', false],
    ['2a864886f70d010301', 'DH', false],
    ['2a8648ce380401', 'DSA', false],
    ['2b656e', 'x25519', false],
    ['2b656f', 'x448', false],
    ['2b6570', 'ed25519', true],
    ['2b6571', 'ed448', false],
    ['2b0601', '1.3.6.1', false],
  ])('PKCS #8 with %s: %s', (id, name, isOfSsh) => {
    expect(kindOfDer(pkcs8(oid(id)), 'pkcs8')).toEqual({ name, isOfSsh });
  });

  test.each([
    [p256, 'P-256', true],
    ['2b81040022', 'P-384', true],
    ['2b81040023', 'P-521', true],
    ['2b8104000a', 'secp256k1', false],
    ['2b81040021', 'P-224', false],
    ['2b240303020801' + '0107', 'brainpoolP256r1', false],
    ['2b240303020801010b', 'brainpoolP384r1', false],
    ['2b240303020801010d', 'brainpoolP512r1', false],
    ['2b81040010', '1.3.132.0.16', false],
  ])('an EC key on the curve %s: %s', (id, name, isOfSsh) => {
    expect(kindOfDer(pkcs8(oid(ecOid), oid(id)), 'pkcs8')).toEqual({ name, isOfSsh });
    expect(kindOfDer(sec1(oid(id)), 'sec1')).toEqual({ name, isOfSsh });
  });

  test('a curve that is given by its numbers: the runtime alone can tell', () => {
    const kind = { name: 'EC with parameters of its own', isOfSsh: null };
    expect(kindOfDer(pkcs8(oid(ecOid), sequence(integer(1))), 'pkcs8')).toEqual(kind);
    expect(kindOfDer(sec1(sequence(integer(1))), 'sec1')).toEqual(kind);
  });

  test('RSA of more than two primes is a kind of its own, in both layouts', () => {
    const more = { name: 'RSA of more than two primes', isOfSsh: false };
    const rsa = (version: number): Buffer => der(sequence(integer(version), integer(5)));
    expect(kindOfDer(rsa(0), 'pkcs1')).toEqual({ name: 'RSA', isOfSsh: true });
    expect(kindOfDer(rsa(1), 'pkcs1')).toEqual(more);
    const inPkcs8 = der(sequence(integer(0), sequence(oid(rsaOid), nothing), octets(rsa(1))));
    expect(kindOfDer(inPkcs8, 'pkcs8')).toEqual(more);
  });

  test.each([
    ['pkcs8', Buffer.of(1, 2)],
    ['pkcs8', der(sequence(integer(0)))],
    ['pkcs8', der(sequence(integer(0), sequence(oid(ecOid))))],
    ['pkcs1', der(sequence())],
    ['sec1', der(sequence(integer(1), octets(Buffer.of(1))))],
  ] as const)('none where it is damaged: %s', (layout, bytes) => {
    expect(kindOfDer(bytes, layout)).toBeNull();
  });
});

const passphrase = 'open sesame ü';
const secret = der(sequence(integer(0), octets(Buffer.from('whatever is kept'))));
const unknownPkcs8 = { kind: 'unknown', method: 'a method of PKCS #8' };
const damaged = { kind: 'damaged' };

function decrypted(pem: string, words: string): string | null {
  const found = pemEncryption(pem);
  if (found.kind !== 'readable') throw new Error(found.kind);
  return found.decrypt(words)?.toString('hex') ?? null;
}

describe('PKCS #8 with a passphrase', () => {
  const salt = Buffer.from('salt and more');
  interface Method {
    readonly hash?: DerElement | null;
    readonly rounds?: DerElement;
    readonly keyLength?: DerElement;
    readonly cipher?: string;
    readonly iv?: Buffer;
    readonly derivation?: string;
    readonly scheme?: string;
  }
  const hmac = (last: string): DerElement => sequence(oid(`2a864886f70d02${last}`), nothing);
  const encrypted = (method: Method, data: Buffer): string => {
    const parameters = [
      octets(salt),
      method.rounds ?? integer(3),
      ...(method.keyLength === undefined ? [] : [method.keyLength]),
      ...(method.hash === null ? [] : [method.hash ?? hmac('09')]),
    ];
    const derivation = sequence(oid(method.derivation ?? '2a864886f70d01050c'), sequence(...parameters));
    const encryption = sequence(
      oid(method.cipher ?? '60864801650304012a'),
      octets(method.iv ?? Buffer.alloc(16, 9)),
    );
    const scheme = sequence(oid(method.scheme ?? '2a864886f70d01050d'), sequence(derivation, encryption));
    return pemOf('ENCRYPTED PRIVATE KEY', der(sequence(scheme, octets(data))));
  };
  const encryptedBy = (name: string, hash: string, keyBytes: number, ivBytes = 16, rounds = 3): Buffer => {
    const key = pbkdf2Sync(passphrase, salt, rounds, keyBytes, hash);
    const cipher = createCipheriv(name, key, Buffer.alloc(ivBytes, 9));
    return Buffer.concat([cipher.update(secret), cipher.final()]);
  };
  const aes256 = encryptedBy('aes-256-cbc', 'sha256', 32);

  test.each([
    ['07', 'sha1'],
    ['08', 'sha224'],
    ['09', 'sha256'],
    ['0a', 'sha384'],
    ['0b', 'sha512'],
  ])('is read with the hash %s: %s', (last, hash) => {
    const pem = encrypted({ hash: hmac(last) }, encryptedBy('aes-256-cbc', hash, 32));
    expect(decrypted(pem, passphrase)).toBe(secret.toString('hex'));
  });

  test('is read without a hash, which is SHA-1, and with the length of the key', () => {
    const data = encryptedBy('aes-256-cbc', 'sha1', 32);
    expect(decrypted(encrypted({ hash: null }, data), passphrase)).toBe(secret.toString('hex'));
    const withLength = encrypted({ hash: null, keyLength: integer(32) }, data);
    expect(decrypted(withLength, passphrase)).toBe(secret.toString('hex'));
  });

  test.each([
    ['608648016503040102', 'aes-128-cbc', 16, 16],
    ['608648016503040116', 'aes-192-cbc', 24, 16],
    ['60864801650304012a', 'aes-256-cbc', 32, 16],
    ['2a864886f70d0307', 'des-ede3-cbc', 24, 8],
  ])('is read with the cipher %s: %s', (cipher, name, keyBytes, ivBytes) => {
    const pem = encrypted(
      { cipher, iv: Buffer.alloc(ivBytes, 9) },
      encryptedBy(name, 'sha256', keyBytes, ivBytes),
    );
    expect(decrypted(pem, passphrase)).toBe(secret.toString('hex'));
    expect(decrypted(pem, 'not this one')).toBeNull();
  });

  test.each<[string, Method]>([
    ['another hash', { hash: hmac('0c') }],
    ['another cipher', { cipher: '6086480165030401' + '06' }],
    ['another derivation', { derivation: '2b06010401da470404' + '0b' }],
    ['another scheme', { scheme: '2a864886f70d010c0103' }],
    ['more rounds than some seconds of work', { rounds: integer(0x00, 0x98, 0x96, 0x81) }],
    ['a number of rounds beyond all numbers', { rounds: integer(1, 0, 0, 0, 0, 0, 0) }],
  ])('%s is unknown', (_name, method) => {
    expect(pemEncryption(encrypted(method, aes256))).toEqual(unknownPkcs8);
  });

  test('ten million rounds are the most', () => {
    expect(pemEncryption(encrypted({ rounds: integer(0x98, 0x96, 0x80) }, aes256)).kind).toBe('readable');
  });

  test.each<[string, () => string]>([
    ['an IV of another length', () => encrypted({ iv: Buffer.alloc(8, 9) }, aes256)],
    ['nothing that is encrypted', () => encrypted({}, Buffer.alloc(0))],
    ['half a block', () => encrypted({}, aes256.subarray(0, -8))],
    ['no DER', () => pemOf('ENCRYPTED PRIVATE KEY', Buffer.from('text'))],
  ])('is damaged with %s', (_name, pem) => {
    expect(pemEncryption(pem())).toEqual(damaged);
  });

  test('is told from a key without a passphrase by its first line', () => {
    expect(pemEncryption(pemOf('PRIVATE KEY', secret))).toEqual({ kind: 'none' });
  });

  test('a passphrase whose padding happens to be right is wrong where no key comes of it', () => {
    const key = pbkdf2Sync(passphrase, salt, 3, 32, 'sha256');
    for (const text of ['no DER', der(sequence(octets(Buffer.of(1)))), der(integer(1))]) {
      const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16, 9));
      const data = Buffer.concat([cipher.update(text), cipher.final()]);
      expect(decrypted(encrypted({}, data), passphrase)).toBeNull();
    }
  });
});

describe('a PEM of before PKCS #8 with a passphrase', () => {
  const iv = Buffer.from('0123456789abcdef0123456789abcdef', 'hex');
  const proc = 'Proc-Type: 4,ENCRYPTED';

  /** As OpenSSL's EVP_BytesToKey has it, with MD5 and one round. */
  function keyFor(ivOfKey: Buffer, length: number): Buffer {
    const parts: Buffer[] = [];
    for (let last = Buffer.alloc(0); Buffer.concat(parts).length < length; parts.push(last))
      last = createHash('md5')
        .update(Buffer.concat([last, Buffer.from(passphrase), ivOfKey.subarray(0, 8)]))
        .digest();
    return Buffer.concat(parts).subarray(0, length);
  }

  test.each([
    ['AES-128-CBC', 16, 16],
    ['AES-192-CBC', 24, 16],
    ['AES-256-CBC', 32, 16],
    ['aes-256-cbc', 32, 16],
    ['DES-EDE3-CBC', 24, 8],
  ])('is read with %s', (name, keyBytes, ivBytes) => {
    const ownIv = iv.subarray(0, ivBytes);
    const cipher = createCipheriv(name.toLowerCase(), keyFor(ownIv, keyBytes), ownIv);
    const data = Buffer.concat([cipher.update(secret), cipher.final()]);
    const pem = pemOf('RSA PRIVATE KEY', data, proc, `DEK-Info: ${name},${ownIv.toString('hex')}`, '');
    expect(decrypted(pem, passphrase)).toBe(secret.toString('hex'));
    expect(decrypted(pem, `${passphrase}!`)).toBeNull();
  });

  test('another cipher is named, and one without its IV is damaged', () => {
    const with_ = (info: string): unknown =>
      pemEncryption(pemOf('EC PRIVATE KEY', Buffer.alloc(16), proc, info, ''));
    expect(with_('DEK-Info: CAMELLIA-256-CBC,00')).toEqual({ kind: 'unknown', method: 'CAMELLIA-256-CBC' });
    expect(with_('DEK-Info: AES-128-CBC')).toEqual(damaged);
    expect(with_('DEK-Info:AES-128-CBC , 0011')).toEqual(damaged);
  });

  test('Node writes the same', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const plain = privateKey.export({ format: 'der', type: 'sec1' });
    const pem = privateKey.export({ format: 'pem', type: 'sec1', cipher: 'aes-192-cbc', passphrase });
    expect(decrypted(String(pem), passphrase)).toBe(plain.toString('hex'));
    expect(derSequence(derElements(plain), 0)).toHaveLength(4);
  });
});
