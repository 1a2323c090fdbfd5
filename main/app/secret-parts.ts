import { join } from 'node:path';
import {
  createKeychain,
  createMemoryKeychain,
  createSecretRemovals,
  openInThread,
  type Keychain,
  type SecretRemovals,
} from '../keychain/index.ts';
import { registerSecret } from '../log/index.ts';
import type { Storage } from '../storage/index.ts';
import { createSshSecrets, type SshSecrets } from '../terminal/index.ts';
import { isInMemory } from './stores.ts';

/** Where secrets are. */
export interface SecretParts {
  readonly keychain: ReturnType<typeof createKeychain>;
  /** Those of the demo account, which end with the app. */
  readonly memory: Keychain;
  /** What signing out could not remove yet. */
  readonly removals: SecretRemovals;
  readonly sshSecrets: SshSecrets;
}

/** What opening them takes. */
export interface SecretPartsOptions {
  /** The folder of the built main process. */
  readonly out: string;
  readonly storage: Pick<Storage, 'accounts'>;
  readonly report: (cause: unknown) => void;
}

/** Opens the system's keychain, in a thread of its own, and what is kept in it. */
export function createSecretParts({ out, storage, report }: SecretPartsOptions): SecretParts {
  const keychain = createKeychain(openInThread(join(out, 'keychain.js')));
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
  return { keychain, memory, removals, sshSecrets };
}
