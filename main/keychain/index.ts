export { createKeychain, type Keychain, type KeychainError } from './keychain.ts';
export { openInThread } from './keyring-thread.ts';
export { createMemoryKeychain } from './memory-keychain.ts';
