import { safeParse } from 'zod/mini';
import type { SystemUnlockKind } from '../../preload/contract/app-lock.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Clock } from '../clock/index.ts';
import type { JsonStore } from '../storage/index.ts';
import { Attempts } from './attempts.ts';
import { isPassphrase, passphraseRecord, recordOf, type PassphraseRecord } from './passphrase.ts';
import type { SystemUnlock } from './system-unlock.ts';

const key = 'appLock';

/** What the lock takes. */
export interface AppLockParts {
  readonly store: JsonStore;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** What of the system's own unlocks it too; null where it has nothing for that. */
  readonly system: SystemUnlock | null;
  /** It was locked or unlocked, or a passphrase was set or removed. */
  readonly onChange: () => void;
}

/** What is kept of the passphrase; null: none is set. */
function readRecord(store: Pick<JsonStore, 'get'>): PassphraseRecord | null {
  const read = safeParse(passphraseRecord, store.get(key));
  return read.success ? read.data : null;
}

/** Whether a passphrase is set: the app starts locked then. */
export const isLockSet = (store: Pick<JsonStore, 'get'>): boolean => readRecord(store) !== null;

/**
 * The app's lock: hides what it shows from whoever sits down at the computer. It encrypts nothing: who can sign in to the
 * computer as the user can still reach the user's files and keychain. Errors of what takes a passphrase: `refused`, in words.
 */
export class AppLock {
  readonly #parts: AppLockParts;
  readonly #attempts = new Attempts();
  #isLocked: boolean;
  #isTrying = false;
  #isAskingSystem = false;

  constructor(parts: AppLockParts) {
    this.#parts = parts;
    this.#isLocked = isLockSet(parts.store);
  }

  get isSet(): boolean {
    return isLockSet(this.#parts.store);
  }

  get isLocked(): boolean {
    return this.#isLocked;
  }

  /** Locks, where a passphrase is set. */
  lock(): void {
    if (!this.isSet) return;
    this.#set(true);
  }

  async unlock(passphrase: string): Promise<Result<undefined>> {
    const tried = await this.#try(passphrase);
    if (tried.ok) this.#set(false);
    return tried;
  }

  /** What of the system's own can unlock it now beside the passphrase. */
  async systemUnlock(): Promise<SystemUnlockKind | null> {
    const { system } = this.#parts;
    return system !== null && (await system.isAvailable()) ? system.kind : null;
  }

  async unlockBySystem(): Promise<Result<undefined>> {
    if (this.#isAskingSystem) return fail({ kind: 'busy', message: 'The system is asking already.' });
    this.#isAskingSystem = true;
    try {
      const answer = await (this.#parts.system?.authenticate() ?? 'unavailable');
      if (answer === 'unavailable')
        return fail({ kind: 'refused', message: 'Your system cannot ask you now. Type the passphrase.' });
      if (answer === 'not-confirmed')
        return fail({ kind: 'refused', message: 'Your system did not confirm that it is you.' });
    } finally {
      this.#isAskingSystem = false;
    }
    this.#attempts.succeeded();
    this.#set(false);
    return ok(undefined);
  }

  async turnOn(passphrase: string): Promise<Result<undefined>> {
    const record = await recordOf(passphrase);
    if (this.isSet)
      return fail({ kind: 'refused', message: 'A passphrase is set already. Change it instead.' });
    this.#keep(record);
    return ok(undefined);
  }

  async changePassphrase(current: string, passphrase: string): Promise<Result<undefined>> {
    const tried = await this.#try(current);
    if (tried.ok) this.#keep(await recordOf(passphrase));
    return tried;
  }

  async turnOff(current: string): Promise<Result<undefined>> {
    const tried = await this.#try(current);
    if (tried.ok) this.remove();
    return tried;
  }

  /** Removes the lock, unlocked or not: nothing is left that it would hide. */
  remove(): void {
    this.#parts.store.set(key, undefined);
    this.#isLocked = false;
    this.#parts.onChange();
  }

  /** One at a time: many at once would be tries without a wait. */
  async #try(passphrase: string): Promise<Result<undefined>> {
    const { store, clock } = this.#parts;
    const record = readRecord(store);
    if (record === null) return fail({ kind: 'refused', message: 'No passphrase is set.' });
    if (this.#isTrying) return fail({ kind: 'busy', message: 'A passphrase is being checked.' });
    const waitMs = this.#attempts.waitMs(clock.monotonicMs());
    if (waitMs > 0) return fail({ kind: 'refused', message: tooSoon(waitMs) });
    this.#isTrying = true;
    try {
      if (await isPassphrase(passphrase, record)) {
        this.#attempts.succeeded();
        return ok(undefined);
      }
    } finally {
      this.#isTrying = false;
    }
    this.#attempts.failed(clock.monotonicMs());
    const nextMs = this.#attempts.waitMs(clock.monotonicMs());
    const wait = nextMs > 0 ? ` ${tooSoon(nextMs)}` : '';
    return fail({ kind: 'refused', message: `This is not the passphrase.${wait}` });
  }

  #keep(record: PassphraseRecord): void {
    this.#parts.store.set(key, record);
    this.#parts.onChange();
  }

  #set(isLocked: boolean): void {
    if (this.#isLocked === isLocked) return;
    this.#isLocked = isLocked;
    this.#parts.onChange();
  }
}

function tooSoon(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1000);
  return `Wait ${seconds === 1 ? '1 second' : `${seconds} seconds`} before the next try.`;
}
