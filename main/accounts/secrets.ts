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

/** What a kept secret opens: an account on the server, or a key file. */
type Kind = 'password' | 'passphrase';

/** The name of a kept secret in a keychain. */
export function sshSecretName(accountId: AccountId, instanceId: InstanceId, kind: Kind): string {
  return `ssh:${accountId}:${instanceId}:${kind}`;
}

/** The passwords and passphrases that a person asked to keep, for each instance. */
export interface SshSecrets {
  /** The secret, or null where none is kept or the keychain will not give it. */
  read(account: Account, instanceId: InstanceId, kind: Kind): Promise<string | null>;
  write(account: Account, instanceId: InstanceId, kind: Kind, secret: string): Promise<void>;
  remove(account: Account, instanceId: InstanceId, kind: Kind): Promise<void>;
}

/** Keeps the secrets of real accounts in the keychain and those of the demo account in memory. */
export function createSshSecrets(
  keychain: Keychain,
  memory: Keychain,
  onError: (cause: unknown) => void,
): SshSecrets {
  const of = (account: Account): Keychain => (account.kind === 'demo' ? memory : keychain);
  return {
    read: async (account, instanceId, kind) => {
      const read = await of(account).read(sshSecretName(account.id, instanceId, kind));
      if (!read.ok) onError(read.error);
      return read.ok ? read.value : null;
    },
    write: async (account, instanceId, kind, secret) => {
      const written = await of(account).write(sshSecretName(account.id, instanceId, kind), secret);
      if (!written.ok) onError(written.error);
    },
    remove: async (account, instanceId, kind) => {
      const removed = await of(account).remove(sshSecretName(account.id, instanceId, kind));
      if (!removed.ok) onError(removed.error);
    },
  };
}
