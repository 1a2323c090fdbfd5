import { createPublicKey } from 'node:crypto';
import { displayText } from '../../../preload/contract/display-text.ts';
import { sshFingerprint } from '../../ssh/index.ts';
import type { PublicKeyFacts } from '../../../preload/contract/keys.ts';

/** Of the types that OpenSSH writes: what the user calls them. Sizes of RSA and DSA are read from the key. */
const typeWords: Readonly<Record<string, string>> = {
  'ssh-ed25519': 'ed25519',
  'ssh-rsa': 'RSA',
  'ssh-dss': 'DSA',
  'ecdsa-sha2-nistp256': 'ECDSA P-256',
  'ecdsa-sha2-nistp384': 'ECDSA P-384',
  'ecdsa-sha2-nistp521': 'ECDSA P-521',
  'sk-ssh-ed25519@openssh.com': 'ed25519 on a security key',
  'sk-ecdsa-sha2-nistp256@openssh.com': 'ECDSA P-256 on a security key',
};

/** NIST SP 800-131A and OpenSSH's own default for new keys. */
const shortestRsaBits = 2048;
/** OpenSSH reads no RSA key below this (SSH_RSA_MINIMUM_MODULUS_SIZE). */
const smallestRsaBits = 1024;

/**
 * Reads a key in OpenSSH's format (`type base64 comment`), as ssh-keygen reads it: lines that begin with `#` and empty
 * ones do not count, and options of authorized_keys may stand in front. Null where it is anything else: several
 * keys, a certificate, a type that is not known, a body that does not fit its type.
 */
export function readPublicKey(text: string): PublicKeyFacts | null {
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*(?:#|$)/.test(line));
  const fields = lines.length === 1 ? keyFieldsOf(lines[0] ?? '') : null;
  if (fields === null) return null;
  const { type, base64, comment } = fields;
  const word = typeWords[type];
  if (word === undefined) return null;
  const blob = Buffer.from(base64, 'base64');
  if (blob.toString('base64') !== base64) return null;
  const parts = fieldsOf(blob);
  if (parts === null || parts[0]?.toString('latin1') !== type || !fitsType(type, parts)) return null;
  const bits = type === 'ssh-rsa' ? bitLength(parts[2]) : type === 'ssh-dss' ? bitLength(parts[1]) : null;
  return {
    type: bits === null ? word : `${word} ${bits}`,
    comment: displayText(comment, 120),
    fingerprint: sshFingerprint(blob),
    weakness: weaknessOf(type, bits),
  };
}

/** `type`, `base64` and comment of a line, after the options that may stand in front of them. */
function keyFieldsOf(
  line: string,
): { readonly type: string; readonly base64: string; readonly comment: string } | null {
  const bare = line.trim();
  const options = /^(?:[^\s"]|"(?:[^"\\]|\\.)*")+[ \t]+/.exec(bare)?.[0] ?? '';
  const isKeyFirst = Object.hasOwn(typeWords, options.trim());
  const [, type, base64, comment = ''] =
    /^(\S+)[ \t]+(\S+)(?:[ \t]+(.*))?$/.exec(isKeyFirst ? bare : bare.slice(options.length)) ?? [];
  return type === undefined || base64 === undefined ? null : { type, base64, comment };
}

/** The line alone, of a text that `readPublicKey` takes. */
export function publicKeyLine(text: string): string {
  const line = text.split(/\r?\n/).find((each) => !/^\s*(?:#|$)/.test(each)) ?? '';
  const fields = keyFieldsOf(line);
  return fields === null ? text.trim() : `${fields.type} ${fields.base64} ${fields.comment}`.trim();
}

const curves: Readonly<
  Record<string, { readonly name: string; readonly jwk: string; readonly bytes: number }>
> = {
  'ecdsa-sha2-nistp256': { name: 'nistp256', jwk: 'P-256', bytes: 32 },
  'ecdsa-sha2-nistp384': { name: 'nistp384', jwk: 'P-384', bytes: 48 },
  'ecdsa-sha2-nistp521': { name: 'nistp521', jwk: 'P-521', bytes: 66 },
  'sk-ecdsa-sha2-nistp256@openssh.com': { name: 'nistp256', jwk: 'P-256', bytes: 32 },
};

/** Whether the fields after the type are those of a key of it: as many as it has, and each what it has to be. */
function fitsType(type: string, [, ...fields]: readonly Buffer[]): boolean {
  const [first, second] = fields;
  switch (type) {
    case 'ssh-ed25519':
      return fields.length === 1 && first?.length === 32;
    case 'sk-ssh-ed25519@openssh.com':
      return fields.length === 2 && first?.length === 32;
    case 'ssh-rsa':
      return fields.length === 2 && fields.every(isPositive) && bitLength(second) >= smallestRsaBits;
    case 'ssh-dss':
      return fields.length === 4 && fields.every(isPositive);
    default:
      return fields.length === (type.startsWith('sk-') ? 3 : 2) && isPoint(type, first, second);
  }
}

/** RFC 4251's `mpint` with a set first bit is a negative number. */
function isPositive(number: Buffer): boolean {
  return number.length > 0 && (number[0] ?? 0) < 0x80 && bitLength(number) > 0;
}

/** An uncompressed point that lies on the curve that the type names (RFC 5656, section 3.1). */
function isPoint(type: string, curveName: Buffer | undefined, point: Buffer | undefined): boolean {
  const curve = curves[type];
  if (curve === undefined || point === undefined) return false;
  if (curveName?.toString('latin1') !== curve.name) return false;
  if (point[0] !== 4 || point.length !== 1 + 2 * curve.bytes) return false;
  const x = point.subarray(1, 1 + curve.bytes).toString('base64url');
  const y = point.subarray(1 + curve.bytes).toString('base64url');
  try {
    createPublicKey({ key: { kty: 'EC', crv: curve.jwk, x, y }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}

function weaknessOf(type: string, bits: number | null): string | null {
  if (type === 'ssh-dss')
    return 'DSA is no longer safe, and today’s OpenSSH refuses it. Replace it with ed25519.';
  return type === 'ssh-rsa' && bits !== null && bits < shortestRsaBits
    ? `RSA with ${bits} bits is too short to be safe. Replace it with ed25519.`
    : null;
}

/** The length-prefixed fields of SSH's wire format (RFC 4251, section 5); null where they do not fill the blob. */
function fieldsOf(blob: Buffer): readonly Buffer[] | null {
  const fields: Buffer[] = [];
  let offset = 0;
  while (offset < blob.length) {
    if (offset + 4 > blob.length) return null;
    const end = offset + 4 + blob.readUInt32BE(offset);
    if (end > blob.length) return null;
    fields.push(blob.subarray(offset + 4, end));
    offset = end;
  }
  return fields;
}

/** The size of an `mpint` without its leading zeros. */
function bitLength(number: Buffer | undefined): number {
  const start = number?.findIndex((byte) => byte !== 0) ?? -1;
  const lead = number?.[start];
  if (number === undefined || lead === undefined) return 0;
  return (number.length - start) * 8 - Math.clz32(lead) + 24;
}
