import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { RevealedPassword } from '../../preload/contract/lifecycle.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { KeyedMutex } from '../tasks/index.ts';
import type { FreshPasswords } from './fresh-passwords.ts';
import { administratorOf, resetPassword } from './reset-password.ts';
import type { SecretClipboard } from './secret-clipboard.ts';
import type { InstanceDependencies } from './send-once.ts';

/** The account whose instance is meant. */
export interface PasswordAccount extends Omit<InstanceDependencies, 'isLocked'> {
  readonly accountId: AccountId;
}

/** What using a new password takes. */
export interface PasswordsOptions {
  readonly fresh: FreshPasswords;
  readonly clipboard: SecretClipboard;
  /** From now on SSH may send the fresh password to where this instance is reached now, as this user. */
  readonly allowFresh: (instanceId: InstanceId, user: string) => void;
  /** Keeps a password for SSH; false where no keychain took it. */
  readonly keep: (instanceId: InstanceId, user: string, password: string) => Promise<boolean>;
  readonly report: (cause: unknown) => void;
}

/** Resets passwords, and uses what a reset gave out. */
export interface Passwords {
  /** One reset at a time for an instance: a second would make the first one wrong. */
  reset(account: PasswordAccount, instanceId: InstanceId): Promise<Result<RevealedPassword>>;
  /** Lends the password of the last reset to the clipboard. */
  copy(accountId: AccountId, instanceId: InstanceId): Result<undefined>;
  /** Forgets it, also in the clipboard; null: nobody is signed in. */
  forget(accountId: AccountId | null, instanceId: InstanceId): void;
  /** Keeps it in the keychain for SSH. */
  keep(account: PasswordAccount, instanceId: InstanceId): Promise<Result<undefined>>;
}

/** The request may have left: the password that was held may be wrong now. */
const notKnown = fail({
  kind: 'unknown-outcome',
  message: 'Something went wrong in the app. It is not known whether the password was reset.',
} as const);

const noPassword = fail({
  kind: 'refused',
  message: 'The password of the last reset is no longer available. Reset it again.',
} as const);

/** Makes what resets and uses passwords. */
export function createPasswords(options: PasswordsOptions): Passwords {
  const { fresh, clipboard, allowFresh, keep, report } = options;
  const resets = new KeyedMutex<InstanceId>();
  const find = ({ monitor }: PasswordAccount, instanceId: InstanceId) =>
    monitor.snapshot().instances.find(({ id }) => id === instanceId);

  const reset = async (
    account: PasswordAccount,
    instanceId: InstanceId,
  ): Promise<Result<RevealedPassword>> => {
    const instance = find(account, instanceId);
    const revealed = await resetPassword({ ...account, fresh, isLocked: () => false, report }, instanceId);
    if (!revealed.ok || instance === undefined) return revealed;
    // It is shown once: whatever else throws, it is given out.
    try {
      if (revealed.value.password !== null) allowFresh(instanceId, revealed.value.user);
    } catch (cause) {
      report(cause);
    }
    return revealed;
  };

  return {
    reset: async (account, instanceId) =>
      resets.tryRun<Result<RevealedPassword>>(
        instanceId,
        () => reset(account, instanceId),
        (cause) => {
          report(cause);
          fresh.forget(account.accountId, instanceId);
          return notKnown;
        },
      ) ?? fail({ kind: 'busy', message: 'Its password is being reset.' } as const),
    copy: (accountId, instanceId) => {
      const password = fresh.get(accountId, instanceId);
      if (password === null) return noPassword;
      clipboard.copy(password);
      return ok(undefined);
    },
    forget: (accountId, instanceId) => {
      void clipboard.clear();
      if (accountId !== null) fresh.forget(accountId, instanceId);
    },
    keep: async (account, instanceId) => {
      const password = fresh.get(account.accountId, instanceId);
      const instance = find(account, instanceId);
      if (password === null || instance === undefined) return noPassword;
      const isSaved = await keep(instanceId, administratorOf(instance.osName), password);
      return isSaved
        ? ok(undefined)
        : fail({ kind: 'keychain-unavailable', message: 'The keychain could not save the password.' });
    },
  };
}
