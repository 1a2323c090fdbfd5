import type { Account } from '../../preload/contract/account.ts';
import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
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

const sshSecretName = (accountId: AccountId, instanceId: InstanceId): string =>
  `ssh:${accountId}:${instanceId}`;

/** The passwords and passphrases that a person asked to keep, one an instance. */
export interface SshSecrets {
  /** The secret, or null where none is kept or the keychain will not give it. */
  read(account: Account, instanceId: InstanceId): Promise<string | null>;
  write(account: Account, instanceId: InstanceId, secret: string): Promise<void>;
  remove(account: Account, instanceId: InstanceId): Promise<void>;
}

/** Keeps the secrets of real accounts in the keychain and those of the demo account in memory. */
export function createSshSecrets(
  keychain: Keychain,
  memory: Keychain,
  onError: (cause: unknown) => void,
): SshSecrets {
  const of = (account: Account): Keychain => (account.kind === 'demo' ? memory : keychain);
  return {
    read: async (account, instanceId) => {
      const read = await of(account).read(sshSecretName(account.id, instanceId));
      if (!read.ok) onError(read.error);
      return read.ok ? read.value : null;
    },
    write: async (account, instanceId, secret) => {
      const written = await of(account).write(sshSecretName(account.id, instanceId), secret);
      if (!written.ok) onError(written.error);
    },
    remove: async (account, instanceId) => {
      const removed = await of(account).remove(sshSecretName(account.id, instanceId));
      if (!removed.ok) onError(removed.error);
    },
  };
}
