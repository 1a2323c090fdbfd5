import { createHash } from 'node:crypto';

/** `SHA256:…` of a public key in SSH's wire format, as OpenSSH prints it. */
export function sshFingerprint(publicKey: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '')}`;
}

/** `MD5:aa:bb:…` of a public key in SSH's wire format, as OpenSSH printed it before 6.8 and does with `-E md5`. */
export function md5Fingerprint(publicKey: Uint8Array): string {
  return md5OfHex(createHash('md5').update(publicKey).digest('hex'));
}

/** The same of 32 digits. */
export function md5OfHex(hex: string): string {
  return `MD5:${(hex.toLowerCase().match(/../g) ?? []).join(':')}`;
}
