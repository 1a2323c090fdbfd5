import {
  createMemoryKeychain,
  createSecretRemovals,
  type Keychain,
  type SecretRemovals,
} from '../keychain/index.ts';
import { registerSecret } from '../log/index.ts';
import type { Storage } from '../storage/index.ts';
import { createSshSecrets, type SshSecrets } from '../terminal/index.ts';
import { isInMemory } from './stores.ts';

/** Where secrets are. */
export interface SecretParts {
  /** Those of the demo account, which end with the app. */
  readonly memory: Keychain;
  /** What signing out could not remove yet. */
  readonly removals: SecretRemovals;
  readonly sshSecrets: SshSecrets;
}

/** What opening them takes. */
export interface SecretPartsOptions {
  /** The system's. */
  readonly keychain: Keychain;
  readonly storage: Pick<Storage, 'accounts'>;
  readonly report: (cause: unknown) => void;
}

/** Opens what is kept in the system's keychain. */
export function createSecretParts({ keychain, storage, report }: SecretPartsOptions): SecretParts {
  const memory = createMemoryKeychain();
  const removals = createSecretRemovals({ keychain, store: storage.accounts, onError: report });
  const sshSecrets = createSshSecrets({
    keychain,
    memory,
    removals,
    isInMemory,
    store: storage.accounts,
    registerSecret,
    onError: report,
  });
  return { memory, removals, sshSecrets };
}
