import { setImmediate } from 'node:timers/promises';
import type { Result } from '../../preload/contract/result.ts';
import { fail, ok } from '../../preload/contract/result.ts';
import type { KeyringEntry, OpenEntry } from './keyring-entry.ts';

/** Why the keychain gave nothing. Absent is no error: it is a null. */
export type KeychainError =
  { readonly kind: 'keychain-locked' } | { readonly kind: 'keychain-unavailable'; readonly message: string };

/** The operating system's keychain, one secret a name. Used in the main process only. */
export interface Keychain {
  /** The secret, or null where there is none under this name. */
  read(name: string): Promise<Result<string | null, KeychainError>>;
  write(name: string, secret: string): Promise<Result<undefined, KeychainError>>;
  /** Removes the secret; one that is not there counts as removed. */
  remove(name: string): Promise<Result<undefined, KeychainError>>;
}

/** The keychain of this machine, whose calls may outlive their deadlines. */
export interface SystemKeychain extends Keychain {
  /**
   * A call is under way, or was given up at its deadline. The library's thread may still wait for the system then, and
   * an ordinary end of the process would wait for that thread.
   */
  isHeldUp(): boolean;
  /** Resolves once nothing is being written or removed; null where nothing is now. */
  writesDone(): Promise<void> | null;
}

/** The Windows credential store holds 2,560 bytes, which are 1,280 characters there. */
const maxSecretLength = 1280;

/** An unlock prompt of the system blocks the call for as long as it stands; the app goes on without it. */
const defaultTimeoutMs = 10_000;

/**
 * Messages of a store that is there and refuses, until somebody unlocks it. The library throws plain errors, so their
 * words are all there is: the first as measured with gnome-keyring (see docs/decisions), the others as macOS has them
 * for `errSecInteractionNotAllowed`, `errSecUserCanceled` and `errSecAuthFailed`.
 */
const lockedMessages =
  /couldn't access platform storage|user interaction is not allowed|user canceled|passphrase you entered is not correct/i;

/** What an error of the library means: a store that is locked, or else one that cannot be reached. */
export function classifyKeyringError(cause: unknown): KeychainError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const isTimeout = cause instanceof Error && (cause.name === 'AbortError' || cause.name === 'TimeoutError');
  return isTimeout || lockedMessages.test(message)
    ? { kind: 'keychain-locked' }
    : { kind: 'keychain-unavailable', message };
}

/** The keychain of this machine, whose entries are opened by `open`. */
export function createKeychain(open: OpenEntry, timeoutMs = defaultTimeoutMs): SystemKeychain {
  let underWay = 0;
  let wasGivenUp = false;
  const writes = new Set<Promise<unknown>>();
  const attempt = async <T>(name: string, act: (entry: KeyringEntry, signal: AbortSignal) => Promise<T>) => {
    const deadline = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    // The library may not heed its signal while a prompt is open, so the wait is cut here too.
    const expired = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        wasGivenUp = true;
        deadline.abort();
        reject(new DOMException('The keychain did not answer.', 'TimeoutError'));
      }, timeoutMs);
    });
    underWay += 1;
    try {
      // Opening counts as well, and has to be in the race: an `expired` that nobody waits for yet would end the app.
      const answer = open(name).then((entry) => act(entry, deadline.signal));
      return ok(await Promise.race([answer, expired]));
    } catch (cause) {
      return fail(classifyKeyringError(cause));
    } finally {
      underWay -= 1;
      clearTimeout(timer);
    }
  };
  const counted = async <T>(
    write: Promise<Result<T, KeychainError>>,
  ): Promise<Result<undefined, KeychainError>> => {
    writes.add(write);
    try {
      const written = await write;
      return written.ok ? ok(undefined) : written;
    } finally {
      writes.delete(write);
    }
  };
  const allWritten = async (): Promise<void> => {
    while (writes.size > 0) {
      await Promise.allSettled(writes);
      // Whoever waited for one may begin the next.
      await setImmediate();
    }
  };
  return {
    writesDone: () => (writes.size === 0 ? null : allWritten()),
    isHeldUp: () => wasGivenUp || underWay > 0,
    read: (name) => attempt(name, (entry, signal) => entry.getPassword(signal)),
    write: async (name, secret) => {
      if (secret.length > maxSecretLength) {
        const message = `The keychain holds at most ${maxSecretLength} characters.`;
        return fail({ kind: 'keychain-unavailable', message });
      }
      return counted(attempt(name, (entry, signal) => entry.setPassword(secret, signal)));
    },
    remove: (name) => counted(attempt(name, (entry, signal) => entry.deleteCredential(signal))),
  };
}
