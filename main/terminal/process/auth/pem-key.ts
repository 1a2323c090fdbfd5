import { createDecipheriv, createHash, getCiphers, getHashes, pbkdf2Sync } from 'node:crypto';
import { derBody, derElements, derOf, derOid, derSequence, derTags, type DerElement } from './der.ts';

/** How the DER of a private key is laid out: RFC 8017, RFC 5915 and RFC 5208, as `createPrivateKey` calls them. */
export type DerLayout = 'pkcs1' | 'sec1' | 'pkcs8';

/** How a key in PEM is encrypted, which stands in the clear. */
type PemEncryption =
  | { readonly kind: 'none' }
  /** `decrypt` gives the key's DER, null for a wrong passphrase. */
  | { readonly kind: 'readable'; readonly decrypt: (passphrase: string) => Buffer | null }
  /** `method` is what it says of itself, to be told. */
  | { readonly kind: 'unknown'; readonly method: string }
  | { readonly kind: 'damaged' };

interface Cipher {
  /** Its name in Node. */
  readonly name: string;
  readonly keyBytes: number;
  readonly blockBytes: number;
}

const aes = (bits: 128 | 192 | 256): Cipher => ({
  name: `aes-${bits}-cbc`,
  keyBytes: bits / 8,
  blockBytes: 16,
});
const tripleDes: Cipher = { name: 'des-ede3-cbc', keyBytes: 24, blockBytes: 8 };

const pemCiphers: ReadonlyMap<string, Cipher> = new Map([
  ['AES-128-CBC', aes(128)],
  ['AES-192-CBC', aes(192)],
  ['AES-256-CBC', aes(256)],
  ['DES-EDE3-CBC', tripleDes],
]);
/** RFC 3565 and RFC 8018. */
const pkcs8Ciphers: ReadonlyMap<string, Cipher> = new Map([
  ['2.16.840.1.101.3.4.1.2', aes(128)],
  ['2.16.840.1.101.3.4.1.22', aes(192)],
  ['2.16.840.1.101.3.4.1.42', aes(256)],
  ['1.2.840.113549.3.7', tripleDes],
]);
const pbes2 = '1.2.840.113549.1.5.13';
const pbkdf2 = '1.2.840.113549.1.5.12';
/** The pseudo-random functions of PBKDF2 (RFC 8018, B.1.2), by their hash in Node. */
const pkcs8Hashes: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.7', 'sha1'],
  ['1.2.840.113549.2.8', 'sha224'],
  ['1.2.840.113549.2.9', 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
]);
/** Some seconds of work; OpenSSL writes 2,048 rounds. */
const maxRounds = 10_000_000;

/**
 * Reads how a key in PEM is encrypted. The runtime is not asked: Electron's BoringSSL refuses hashes and curves that
 * OpenSSL has, by an error that a wrong passphrase has too.
 */
export function pemEncryption(pem: string): PemEncryption {
  const dekInfo = /^DEK-Info: *([^,\s]+) *(?:, *([0-9A-Fa-f]*))?/m.exec(pem);
  if (dekInfo !== null) return oldEncryption(dekInfo[1] ?? '', dekInfo[2] ?? '', derOfPem(pem));
  if (!pem.startsWith('-----BEGIN ENCRYPTED')) return { kind: 'none' };
  try {
    return pkcs8Encryption(derOfPem(pem));
  } catch {
    return { kind: 'damaged' };
  }
}

/** The bytes of a PEM block. */
export function derOfPem(pem: string): Buffer {
  const lines = pem.split(/\r?\n/).filter((line) => !line.includes(':') && !line.startsWith('-----'));
  return Buffer.from(lines.join(''), 'base64');
}

/** What PEM calls the layouts of a private key in DER, by the tags of their elements. */
const layoutNames: readonly (readonly [string, readonly number[]])[] = [
  ['PRIVATE KEY', [derTags.integer, derTags.sequence, derTags.octets]],
  ['EC PRIVATE KEY', [derTags.integer, derTags.octets, derTags.context0]],
  ['RSA PRIVATE KEY', Array<number>(9).fill(derTags.integer)],
  ['ENCRYPTED PRIVATE KEY', [derTags.sequence, derTags.octets]],
];

/** The PEM of a private key in DER; null where it is none. */
export function pemOfDer(der: Buffer): string | null {
  try {
    const tags = derSequence(derElements(der), 0).map(({ tag }) => tag);
    const name = layoutNames.find(([, first]) => first.every((tag, index) => tags[index] === tag))?.[0];
    if (name === undefined) return null;
    return `-----BEGIN ${name}-----\n${der.toString('base64')}\n-----END ${name}-----\n`;
  } catch {
    return null;
  }
}

/**
 * PKCS #8 as its first version has it. The second (RFC 5958) appends the public half, which OpenSSL 3.0 and BoringSSL
 * refuse to read; so they do with attributes that are not in order.
 */
export function asPkcs8Version1(der: Buffer): Buffer {
  const [version, algorithm, key] = derSequence(derElements(der), 0);
  if (version === undefined || algorithm === undefined || key?.tag !== derTags.octets) return der;
  return derOf([
    { tag: derTags.sequence, body: derOf([{ ...version, body: Buffer.of(0) }, algorithm, key]) },
  ]);
}

/** As OpenSSL's PEM_do_header: the key is MD5 of passphrase and the first 8 bytes of the IV, over and over. */
function oldEncryption(method: string, iv: string, data: Buffer): PemEncryption {
  const cipher = pemCiphers.get(method.toUpperCase());
  if (cipher === undefined) return { kind: 'unknown', method };
  const ivBytes = Buffer.from(iv, 'hex');
  return readable(cipher, ivBytes, data, method, (passphrase) => {
    let key = Buffer.alloc(0);
    let hash = key;
    while (key.length < cipher.keyBytes) {
      hash = createHash('md5').update(hash).update(passphrase).update(ivBytes.subarray(0, 8)).digest();
      key = Buffer.concat([key, hash]);
    }
    return key.subarray(0, cipher.keyBytes);
  });
}

/** EncryptedPrivateKeyInfo of RFC 5208 with PBES2 of RFC 8018. Throws where it is neither. */
function pkcs8Encryption(der: Buffer): PemEncryption {
  const info = derSequence(derElements(der), 0);
  const algorithm = derSequence(info, 0);
  const unknown: PemEncryption = { kind: 'unknown', method: 'a method of PKCS #8' };
  if (derOid(algorithm, 0) !== pbes2) return unknown;
  const methods = derSequence(algorithm, 1);
  const derivation = derSequence(methods, 0);
  const encryption = derSequence(methods, 1);
  const cipher = pkcs8Ciphers.get(derOid(encryption, 0));
  if (cipher === undefined || derOid(derivation, 0) !== pbkdf2) return unknown;
  const parameters = derSequence(derivation, 1);
  const hash = hashOf(parameters);
  const roundBytes = derBody(parameters, 1, derTags.integer);
  const rounds = roundBytes.length > 6 ? Infinity : roundBytes.readUIntBE(0, roundBytes.length);
  if (hash === undefined || !getHashes().some((name) => name.toLowerCase() === hash) || rounds > maxRounds)
    return unknown;
  const salt = derBody(parameters, 0, derTags.octets);
  const iv = derBody(encryption, 1, derTags.octets);
  return readable(cipher, iv, derBody(info, 1, derTags.octets), 'a method of PKCS #8', (passphrase) =>
    pbkdf2Sync(passphrase, salt, rounds, cipher.keyBytes, hash),
  );
}

/** Undefined for one that is not known. SHA-1 is what is left out (RFC 8018, A.2). */
function hashOf(parameters: readonly DerElement[]): string | undefined {
  const last = parameters.length - 1;
  if (parameters[last]?.tag !== derTags.sequence) return 'sha1';
  return pkcs8Hashes.get(derOid(derSequence(parameters, last), 0));
}

function readable(
  cipher: Cipher,
  iv: Buffer,
  data: Buffer,
  method: string,
  keyOf: (passphrase: string) => Buffer,
): PemEncryption {
  if (!getCiphers().includes(cipher.name)) return { kind: 'unknown', method };
  if (iv.length !== cipher.blockBytes || data.length === 0 || data.length % cipher.blockBytes !== 0)
    return { kind: 'damaged' };
  return {
    kind: 'readable',
    decrypt: (passphrase) => {
      const decipher = createDecipheriv(cipher.name, keyOf(passphrase), iv);
      const start = decipher.update(data);
      try {
        const der = Buffer.concat([start, decipher.final()]);
        // One wrong passphrase in 256 gives a padding that is right.
        derBody(derSequence(derElements(der), 0), 0, derTags.integer);
        return der;
      } catch {
        return null;
      }
    },
  };
}

const kinds: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.1', 'RSA'],
  ['1.2.840.113549.1.1.10', 'RSA-PSS'],
  ['1.2.840.113549.1.3.1', 'DH'],
  ['1.2.840.10040.4.1', 'DSA'],
  ['1.3.101.110', 'x25519'],
  ['1.3.101.111', 'x448'],
  ['1.3.101.112', 'ed25519'],
  ['1.3.101.113', 'ed448'],
  ['1.2.840.10045.3.1.7', 'P-256'],
  ['1.3.132.0.34', 'P-384'],
  ['1.3.132.0.35', 'P-521'],
  ['1.3.132.0.10', 'secp256k1'],
  ['1.3.132.0.33', 'P-224'],
  ['1.3.36.3.3.2.8.1.1.7', 'brainpoolP256r1'],
  ['1.3.36.3.3.2.8.1.1.11', 'brainpoolP384r1'],
  ['1.3.36.3.3.2.8.1.1.13', 'brainpoolP512r1'],
]);
const curveByNumbers = 'EC with parameters of its own';
const ecPublicKey = '1.2.840.10045.2.1';
/** RFC 5656 has names for these three curves. */
const kindsOfSsh = new Set(['RSA', 'ed25519', 'P-256', 'P-384', 'P-521']);

/**
 * Which kind of key a DER holds, as its own identifiers say; `isOfSsh` where SSH has it, null where the runtime alone can tell.
 * Null where it is damaged.
 */
export function kindOfDer(
  der: Buffer,
  layout: DerLayout,
): { readonly name: string; readonly isOfSsh: boolean | null } | null {
  try {
    const key = derSequence(derElements(der), 0);
    const name =
      layout === 'pkcs1' ? kindOfRsa(key) : layout === 'sec1' ? curveOfSec1(key) : kindOfPkcs8(key);
    return { name, isOfSsh: name === curveByNumbers ? null : kindsOfSsh.has(name) };
  } catch {
    return null;
  }
}

function kindOfPkcs8(key: readonly DerElement[]): string {
  const algorithm = derSequence(key, 1);
  const oid = derOid(algorithm, 0);
  if (oid === ecPublicKey) return curveOf(algorithm.slice(1));
  const name = kinds.get(oid) ?? oid;
  return name === 'RSA' ? kindOfRsa(derSequence(derElements(derBody(key, 2, derTags.octets)), 0)) : name;
}

/** Version 1 has more than two primes (RFC 8017, A.1.2), which neither BoringSSL nor OpenSSH takes. */
function kindOfRsa(key: readonly DerElement[]): string {
  return derBody(key, 0, derTags.integer)[0] === 1 ? 'RSA of more than two primes' : 'RSA';
}

function curveOfSec1(key: readonly DerElement[]): string {
  const parameters = key.find(({ tag }) => tag === derTags.context0);
  if (parameters === undefined) throw new RangeError('No curve');
  return curveOf(derElements(parameters.body));
}

/** By name, or by numbers, which the runtimes read where they are those of a curve that has a name. */
function curveOf(parameters: readonly DerElement[]): string {
  if (parameters[0]?.tag === derTags.sequence) return curveByNumbers;
  const oid = derOid(parameters, 0);
  return kinds.get(oid) ?? oid;
}
