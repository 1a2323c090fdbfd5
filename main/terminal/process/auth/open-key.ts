import { createPublicKey, sign as signWithKey, type KeyObject } from 'node:crypto';
import type { ParsedKey } from 'ssh2';
import type { KeyOffer } from './key-offer.ts';
import { offeredKey, plainTypeOf, rsaName, type OfferedKey } from './offered-key.ts';
import { wireString } from './wire.ts';

/** A private key that is open, whichever library has read it: it signs as SSH wants it. */
export interface OpenKey {
  readonly kind: 'open';
  readonly key: OfferedKey;
  readonly sign: KeyOffer['sign'];
}

/** A key that ssh2 has read; `key` is its public half. */
export function openOfSsh2(parsed: ParsedKey, key: OfferedKey): OpenKey {
  return {
    kind: 'open',
    key: { ...key, comment: key.comment || parsed.comment },
    sign: (data, hash) => {
      const signature: unknown = parsed.sign(data, hash);
      if (Buffer.isBuffer(signature)) return Promise.resolve(wholeSignature(key.type, hash, signature));
      return Promise.reject(signature instanceof Error ? signature : new Error('The key could not sign'));
    },
  };
}

/** A key that Node has read. Null for a kind that SSH does not have. */
export function openOfObject(object: KeyObject): OpenKey | null {
  const blob = publicBlob(object);
  const key = blob && offeredKey(blob, '');
  if (key === null) return null;
  return {
    kind: 'open',
    key,
    sign: (data, hash) => {
      const digest = hash ?? ecdsaHashes.get(key.type) ?? null;
      return Promise.resolve(wholeSignature(key.type, hash, signWithKey(digest, data, object)));
    },
  };
}

const ecdsaHashes: ReadonlyMap<string, string> = new Map([
  ['ecdsa-sha2-nistp256', 'sha256'],
  ['ecdsa-sha2-nistp384', 'sha384'],
  ['ecdsa-sha2-nistp521', 'sha512'],
]);
const curves: ReadonlyMap<string, string> = new Map([
  ['P-256', 'nistp256'],
  ['P-384', 'nistp384'],
  ['P-521', 'nistp521'],
]);

function publicBlob(object: KeyObject): Buffer | null {
  const { kty, crv, x, y, n, e } = createPublicKey(object).export({ format: 'jwk' });
  const bytes = (value: string | undefined): Buffer => Buffer.from(value ?? '', 'base64url');
  if (kty === 'RSA') return join('ssh-rsa', mpint(bytes(e)), mpint(bytes(n)));
  if (kty === 'OKP' && crv === 'Ed25519') return join('ssh-ed25519', bytes(x));
  const curve = curves.get(crv ?? '');
  if (kty !== 'EC' || curve === undefined) return null;
  return join(`ecdsa-sha2-${curve}`, curve, Buffer.concat([Buffer.of(4), bytes(x), bytes(y)]));
}

function join(...fields: readonly (Buffer | string)[]): Buffer {
  return Buffer.concat(fields.map(wireString));
}

/** A positive number as `mpint`: without zeros in front, but one where it would look negative. */
function mpint(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const number = bytes.subarray(start < 0 ? bytes.length : start);
  return (number[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), number]) : number;
}

/** RFC 4253, section 6.6, and RFC 5656, section 3.1.2, of what a library gives as signature. */
function wholeSignature(type: string, hash: 'sha256' | 'sha512' | undefined, signature: Buffer): Buffer {
  const plainType = plainTypeOf(type);
  if (plainType.startsWith('ecdsa-')) return join(plainType, join(...derIntegers(signature)));
  return join(plainType === 'ssh-rsa' ? rsaName(hash ?? 'sha512') : plainType, signature);
}

/** The two numbers of a DER sequence; DER's integers are written as `mpint` is. */
function derIntegers(der: Buffer): readonly [Buffer, Buffer] {
  let offset = (der[1] ?? 0) > 0x80 ? 3 : 2;
  const next = (): Buffer => {
    const length = der.readUInt8(offset + 1);
    const value = der.subarray(offset + 2, offset + 2 + length);
    offset += 2 + length;
    return value;
  };
  return [next(), next()];
}
