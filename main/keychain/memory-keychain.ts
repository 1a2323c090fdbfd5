import { ok } from '../../preload/contract/result.ts';
import type { Keychain } from './keychain.ts';

/** A keychain that can be told what is no longer wanted. */
export interface MemoryKeychain extends Keychain {
  /** Removes each secret whose name begins like this. */
  forget(prefix: string): void;
}

/** Secrets in memory: for the demo account, whose instances end with the app. */
export function createMemoryKeychain(): MemoryKeychain {
  const secrets = new Map<string, string>();
  return {
    read: (name) => Promise.resolve(ok(secrets.get(name) ?? null)),
    write: (name, secret) => {
      secrets.set(name, secret);
      return Promise.resolve(ok(undefined));
    },
    remove: (name) => {
      secrets.delete(name);
      return Promise.resolve(ok(undefined));
    },
    forget: (prefix) => {
      for (const name of secrets.keys()) if (name.startsWith(prefix)) secrets.delete(name);
    },
  };
}
