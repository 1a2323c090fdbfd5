export { createKeychain, type Keychain, type KeychainError } from './keychain.ts';
export { createMemoryKeychain } from './memory-keychain.ts';
