import { ok } from '../../preload/contract/result.ts';
import type { Keychain } from './keychain.ts';

/** Secrets in memory: for the demo account, whose servers end with the app. */
export function createMemoryKeychain(): Keychain {
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
  };
}
