import ssh2 from 'ssh2';

/** A key pair in OpenSSH's formats. */
export interface KeyPair {
  readonly private: string;
  readonly public: string;
}

/**
 * A new ed25519 key pair. One in about 150 that ssh2 1.17 makes is malformed (it strips leading zeros,
 * mscdex/ssh2#1513): those are thrown away.
 */
export function newKeyPair(): KeyPair {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519');
    const isSound = [pair.private, pair.public].every((key) => !(ssh2.utils.parseKey(key) instanceof Error));
    if (isSound) return pair;
  }
}
