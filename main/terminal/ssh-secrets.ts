import type { AccountId } from '../../preload/contract/brands.ts';
import type { Keychain, MemoryKeychain, SecretRemovals } from '../keychain/index.ts';
import type { SavedStore } from '../storage/index.ts';
import type { SecretKind, SecretPlace, SessionTarget } from './protocol.ts';

/**
 * What a kept secret belongs to: an account's instance, at the address and for the user that it was entered for, which may
 * be those of a jump host on the way.
 */
export type SecretOwner = Pick<SessionTarget, 'accountId' | 'instanceId'> & SecretPlace;

const prefixOf = (accountId: AccountId): string => `ssh:${accountId}:`;

/**
 * The name of a kept secret in a keychain. A password's holds where it may be sent, so that settings that were changed
 * find none and no other server is given it; a passphrase opens a file and is sent nowhere, but each server has its own
 * files.
 */
export function sshSecretName(
  { accountId, instanceId, host, port, user, isJumpHost }: SecretOwner,
  kind: SecretKind,
): string {
  const name = `${prefixOf(accountId)}${instanceId}`;
  const place = `${user}@${host}:${port}`;
  if (kind === 'password') return `${name}:password:${place}`;
  return isJumpHost ? `${name}:${place}:passphrase` : `${name}:passphrase`;
}

/** The passwords and passphrases that the user asked to keep, for each instance. */
export interface SshSecrets {
  /** The secret, or null where none is kept or the keychain will not give it. */
  read(owner: SecretOwner, kind: SecretKind): Promise<string | null>;
  /** Whether it is kept: the keychain may not take it. */
  write(owner: SecretOwner, kind: SecretKind, secret: string): Promise<boolean>;
  remove(owner: SecretOwner, kind: SecretKind): Promise<void>;
  /**
   * Removes all that was kept for an account that is signed out; nothing more is kept for it. Gives the kind of each
   * secret that the keychain did not let go of, which is tried again at the next start.
   */
  forgetAccount(accountId: AccountId): Promise<readonly SecretKind[]>;
}

export interface SshSecretsOptions {
  readonly keychain: Keychain;
  readonly memory: MemoryKeychain;
  readonly removals: SecretRemovals;
  /** Whether the secrets of an account are kept in memory and never reach the keychain: those of the demo account. */
  readonly isInMemory: (accountId: AccountId) => boolean;
  readonly store: SavedStore;
  /** Masks a secret in the log until the function that it gives is called. */
  readonly registerSecret: (secret: string) => () => void;
  readonly onError: (cause: unknown) => void;
}

/**
 * Keeps the secrets of real accounts in the keychain and those of the demo account in memory. The names of what is
 * kept, not the secrets, are under the key `keptSecrets` of a store: a keychain cannot be asked what it holds, and one
 * that may prompt is not asked for what was never kept.
 */
export function createSshSecrets(options: SshSecretsOptions): SshSecrets {
  const { keychain, memory, removals, isInMemory, store, registerSecret, onError } = options;
  const stored = store.get('keptSecrets');
  const kept = new Set(Array.isArray(stored) ? stored.filter((name) => typeof name === 'string') : []);
  const save = (): void => store.set('keptSecrets', [...kept]);
  /** Signed out in this run: a session of theirs that is still open has nothing kept. */
  const gone = new Set<AccountId>();

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
    read: async (owner, kind) => {
      const name = sshSecretName(owner, kind);
      const inMemory = isInMemory(owner.accountId);
      if (!inMemory && !kept.has(name)) return null;
      const read = await (inMemory ? memory : keychain).read(name);
      if (!read.ok) onError(read.error);
      return read.ok ? read.value : null;
    },
    write: async (owner, kind, secret) => {
      const name = sshSecretName(owner, kind);
      if (isInMemory(owner.accountId)) {
        await memory.write(name, secret);
        return true;
      }
      if (gone.has(owner.accountId)) return false;
      // Before the keychain is asked: what a crash leaves there has to be found again.
      kept.add(name);
      save();
      await store.saved();
      // What a keychain says of a failure may quote what it was given.
      const forgetSecret = registerSecret(secret);
      try {
        const written = await keychain.write(name, secret);
        if (!written.ok) onError(written.error);
        if (!gone.has(owner.accountId)) return written.ok;
        // Signed out meanwhile: what has just been written would be left behind.
        await removals.remove([name]);
        return false;
      } finally {
        forgetSecret();
      }
    },
    remove: async (owner, kind) => {
      const name = sshSecretName(owner, kind);
      await (isInMemory(owner.accountId) ? memory.remove(name) : removeByName(name));
    },
    forgetAccount: async (accountId) => {
      if (isInMemory(accountId)) {
        memory.forget(prefixOf(accountId));
        return [];
      }
      gone.add(accountId);
      const names = [...kept].filter((each) => each.startsWith(prefixOf(accountId)));
      const removed = removals.remove(names);
      for (const name of names) kept.delete(name);
      if (names.length > 0) save();
      return (await removed).map((name) => (name.endsWith(':passphrase') ? 'passphrase' : 'password'));
    },
  };
}
