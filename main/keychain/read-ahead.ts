import type { Keychain, SystemKeychain } from './keychain.ts';

/** A keychain that can be asked before the one who wants the answer is there. */
export interface ReadAheadKeychain extends SystemKeychain {
  /** Reads a secret; the next `read` of this name is given the same answer and asks nobody. */
  readonly readAhead: Keychain['read'];
}

/** Lets a secret be read ahead, once: a system that asks its user to unlock the keychain must not ask twice. */
export function withReadAhead(keychain: SystemKeychain): ReadAheadKeychain {
  const ahead = new Map<string, ReturnType<Keychain['read']>>();
  return {
    ...keychain,
    readAhead: (name) => {
      const reading = keychain.read(name);
      ahead.set(name, reading);
      return reading;
    },
    read: (name) => {
      const reading = ahead.get(name);
      ahead.delete(name);
      return reading ?? keychain.read(name);
    },
    // What was read before is no longer what is kept.
    write: (name, secret) => {
      ahead.delete(name);
      return keychain.write(name, secret);
    },
    remove: (name) => {
      ahead.delete(name);
      return keychain.remove(name);
    },
  };
}
