import { createRequire } from 'node:module';
import type { AsyncEntry } from '@napi-rs/keyring';

interface Keyring {
  readonly AsyncEntry: typeof AsyncEntry;
}

/** An entry as `@napi-rs/keyring` has it; taken as an argument so that the rules can be tested. */
export interface KeyringEntry {
  getPassword(signal: AbortSignal): Promise<string | null>;
  setPassword(secret: string, signal: AbortSignal): Promise<void>;
  deleteCredential(signal: AbortSignal): Promise<boolean>;
}

/** Opens the entry of a name. */
export type OpenEntry = (name: string) => Promise<KeyringEntry>;

/** Opens an entry of this system's keychain. Holds its thread while the system's daemon does not answer. */
export const openEntry: OpenEntry = (name) =>
  new Promise((resolve) => {
    // Imported, a CommonJS module has Node compile a lexer first, for 8 to 16 ms.
    const { AsyncEntry } = createRequire(import.meta.url)('@napi-rs/keyring') as Keyring;
    // Unpinned, the library would fall back to the kernel's keyring, which a reboot empties.
    resolve(new AsyncEntry('Evorxa', name, { linux: { store: 'secret-service' } }));
  });
