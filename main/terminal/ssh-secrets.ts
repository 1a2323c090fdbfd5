import type { Account } from '../../preload/contract/account.ts';
import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { JsonStore } from '../settings/index.ts';
import type { Keychain } from '../keychain/index.ts';

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
  /** Removes all that was kept for an account. */
  forgetAccount(accountId: AccountId): Promise<void>;
}

/**
 * Keeps the secrets of real accounts in the keychain and those of the demo account in memory. The names of what is
 * kept, not the secrets, are under the key `keptSecrets` of a store: a keychain cannot be asked what it holds, and one
 * that may prompt is not asked for what was never kept.
 */
export function createSshSecrets(
  keychain: Keychain,
  memory: Keychain,
  store: JsonStore,
  onError: (cause: unknown) => void,
): SshSecrets {
  const stored = store.get('keptSecrets');
  const kept = new Set(Array.isArray(stored) ? stored.filter((name) => typeof name === 'string') : []);
  const save = (): void => store.set('keptSecrets', [...kept]);

  const removeByName = async (name: string): Promise<void> => {
    const removed = await keychain.remove(name);
    if (!removed.ok) {
      onError(removed.error);
      return;
    }
    kept.delete(name);
    save();
  };

  return {
    read: async (account, instanceId, kind) => {
      const name = sshSecretName(account.id, instanceId, kind);
      if (account.kind !== 'demo' && !kept.has(name)) return null;
      const read = await (account.kind === 'demo' ? memory : keychain).read(name);
      if (!read.ok) onError(read.error);
      return read.ok ? read.value : null;
    },
    write: async (account, instanceId, kind, secret) => {
      const name = sshSecretName(account.id, instanceId, kind);
      if (account.kind === 'demo') {
        await memory.write(name, secret);
        return;
      }
      // Before the keychain is asked: what a crash leaves there has to be found again.
      kept.add(name);
      save();
      const written = await keychain.write(name, secret);
      if (!written.ok) onError(written.error);
    },
    remove: async (account, instanceId, kind) => {
      const name = sshSecretName(account.id, instanceId, kind);
      await (account.kind === 'demo' ? memory.remove(name) : removeByName(name));
    },
    forgetAccount: async (accountId) => {
      const prefix = `ssh:${accountId}:`;
      for (const name of [...kept].filter((each) => each.startsWith(prefix))) await removeByName(name);
    },
  };
}
