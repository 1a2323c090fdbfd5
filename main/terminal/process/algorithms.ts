import type { Algorithms, CipherAlgorithm, KexAlgorithm, MacAlgorithm, ServerHostKeyAlgorithm } from 'ssh2';

/** Curve25519 first: every other exchange is slow in ssh2. No SHA-1, no group below 2048 bits. */
const kex: readonly KexAlgorithm[] = [
  'curve25519-sha256',
  'curve25519-sha256@libssh.org',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521',
  'diffie-hellman-group-exchange-sha256',
  'diffie-hellman-group14-sha256',
  'diffie-hellman-group16-sha512',
  'diffie-hellman-group18-sha512',
];

/** Electron's crypto has no chacha20-poly1305. */
const cipher: readonly CipherAlgorithm[] = [
  'aes128-gcm@openssh.com',
  'aes256-gcm@openssh.com',
  'aes128-ctr',
  'aes192-ctr',
  'aes256-ctr',
];

const hmac: readonly MacAlgorithm[] = [
  'hmac-sha2-256-etm@openssh.com',
  'hmac-sha2-512-etm@openssh.com',
  'hmac-sha2-256',
  'hmac-sha2-512',
];

/** A key of one type can sign in several ways; `ssh-rsa` keys sign with SHA-2 only. */
const hostKeyAlgorithmsByType: ReadonlyMap<string, readonly ServerHostKeyAlgorithm[]> = new Map([
  ['ssh-ed25519', ['ssh-ed25519']],
  ['ecdsa-sha2-nistp256', ['ecdsa-sha2-nistp256']],
  ['ecdsa-sha2-nistp384', ['ecdsa-sha2-nistp384']],
  ['ecdsa-sha2-nistp521', ['ecdsa-sha2-nistp521']],
  ['ssh-rsa', ['rsa-sha2-512', 'rsa-sha2-256']],
]);

/** What this app offers for each part of a connection, for sentences. */
export const ourOffer = {
  kex,
  hostKey: [...hostKeyAlgorithmsByType.values()].flat(),
  cipher,
  mac: hmac,
} as const;

/** The types of host keys that the app can ask a server for, in its own order. */
export const hostKeyTypes: readonly string[] = [...hostKeyAlgorithmsByType.keys()];

/**
 * What a connection offers. The types that known_hosts holds for the host come first, in the app's own order: a
 * server with several keys then shows one that is known, and nobody is alarmed by a key that is merely new to us.
 */
export function algorithmsFor(knownKeyTypes: readonly string[]): Algorithms {
  const types = [
    ...hostKeyTypes.filter((type) => knownKeyTypes.includes(type)),
    ...hostKeyTypes.filter((type) => !knownKeyTypes.includes(type)),
  ];
  return {
    kex: [...kex],
    cipher: [...cipher],
    hmac: [...hmac],
    compress: ['none'],
    serverHostKey: types.flatMap((type) => hostKeyAlgorithmsByType.get(type) ?? []),
  };
}
