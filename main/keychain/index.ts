export { createKeychain, type Keychain, type KeychainError } from './keychain.ts';
export { openEntry } from './keyring-entry.ts';
export { openInThread } from './keyring-thread.ts';
export { openWhereSafe } from './open-entry.ts';
export { withReadAhead, type ReadAheadKeychain } from './read-ahead.ts';
export { createMemoryKeychain, type MemoryKeychain } from './memory-keychain.ts';
export { createSecretRemovals, type SecretRemovals } from './removals.ts';
