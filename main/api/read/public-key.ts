import { createHash } from 'node:crypto';
import { displayText } from '../../../preload/contract/display-text.ts';
import type { PublicKeyFacts } from '../../../preload/contract/keys.ts';

/** Of the types that OpenSSH writes: what a person calls them. Sizes of RSA and DSA are read from the key. */
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

/**
 * Reads one line in OpenSSH's format (`type base64 comment`). Null where it is anything else: several lines, a
 * certificate, a type that is not known, a body that does not fit its type.
 */
export function readPublicKey(line: string): PublicKeyFacts | null {
  const [, type = '', base64 = '', comment = ''] =
    /^(\S+)[ \t]+(\S+)(?:[ \t]+(.*))?$/.exec(line.trim()) ?? [];
  const word = typeWords[type];
  if (word === undefined) return null;
  const blob = Buffer.from(base64, 'base64');
  if (blob.toString('base64') !== base64) return null;
  const fields = fieldsOf(blob);
  const [named, first, second] = fields ?? [];
  if (named === undefined || first === undefined || named.toString('latin1') !== type) return null;
  const isRsa = type === 'ssh-rsa';
  const bits = isRsa ? bitLength(second) : type === 'ssh-dss' ? bitLength(first) : null;
  if (isRsa && bits === 0) return null;
  if (type === 'ssh-ed25519' && first.length !== 32) return null;
  return {
    type: bits === null ? word : `${word} ${bits}`,
    comment: displayText(comment, 120),
    fingerprint: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`,
    weakness: weaknessOf(type, bits),
  };
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
