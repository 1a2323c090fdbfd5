import type { TypedFingerprint } from '../../preload/contract/known-hosts.ts';
import { md5OfHex, sshFingerprint } from './fingerprint.ts';

const maxFingerprints = 100;

const publicKey = /(?:^|\s)((?:ssh|ecdsa|sk)-[\w@.-]+)\s+([A-Za-z0-9+/]+={0,2})(?=\s|$)/;
const sha256 = /(?:^|\s)SHA256:([A-Za-z0-9+/]{43})=?(?![A-Za-z0-9+/])/;
const md5 = /(?:^|\s)(?:MD5:)?((?:[0-9a-f]{2}:){15}[0-9a-f]{2})(?![0-9a-f:])/i;
const bareMd5 = /^(?:MD5:)?([0-9a-f]{32})$/i;

/**
 * The fingerprints in a text: of each line a fingerprint, or that of a public key. Takes what ssh-keygen -l, ssh-keyscan, a
 * .pub file and known_hosts hold. Empty where there is none.
 */
export function readFingerprints(text: string): readonly TypedFingerprint[] {
  const found = text.split(/\r?\n/).flatMap((line) => ofLine(line.trim()) ?? []);
  return [...new Set(found)].slice(0, maxFingerprints);
}

function ofLine(line: string): TypedFingerprint | null {
  if (line === '' || line.startsWith('#')) return null;
  const [, type, base64 = ''] = publicKey.exec(line) ?? [];
  if (type !== undefined) {
    const key = Buffer.from(base64, 'base64');
    const named = Buffer.from(type, 'latin1');
    // The key begins with its type: a base64 text that does not is cut, or none.
    return key.length > named.length + 4 && key.subarray(4, 4 + named.length).equals(named)
      ? sshFingerprint(key)
      : null;
  }
  const [, hash] = sha256.exec(line) ?? [];
  if (hash !== undefined) return `SHA256:${hash}`;
  const [, hex] = md5.exec(line) ?? [];
  if (hex !== undefined) return `MD5:${hex.toLowerCase()}`;
  const [, bare] = bareMd5.exec(line) ?? [];
  return bare === undefined ? null : md5OfHex(bare);
}
