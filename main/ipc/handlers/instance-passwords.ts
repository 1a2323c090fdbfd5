import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { RevealedPassword } from '../../../preload/contract/lifecycle.ts';
import { fail, type Result } from '../../../preload/contract/result.ts';
import type { AccountRuntime } from '../../app/account-runtime.ts';
import type { Runtimes } from '../../app/runtimes.ts';
import {
  administratorOf,
  resetPassword,
  type FreshPasswords,
  type SecretClipboard,
} from '../../instances/index.ts';
import { KeyedMutex } from '../../tasks/index.ts';
import { done, findInstance, noAccount, onCurrent, type Domain } from './shared.ts';

/** The calls about an instance's password. */
export type PasswordHandlers = Pick<
  Domain<'instances'>,
  'resetPassword' | 'copyPassword' | 'forgetPassword' | 'keepPassword'
>;

/** What the calls about passwords are answered by. */
export interface PasswordHandlerParts {
  readonly runtimes: Runtimes;
  readonly fresh: FreshPasswords;
  readonly clipboard: SecretClipboard;
  /** From now on SSH may send the fresh password to where this instance is reached now, as this user. */
  readonly allowFresh: (instanceId: InstanceId, user: string) => void;
  /** Keeps a password for SSH; false where no keychain took it. */
  readonly keep: (instanceId: InstanceId, user: string, password: string) => Promise<boolean>;
  readonly report: (cause: unknown) => void;
}

/** The request may have left: the password that was held may be wrong now. */
const notKnown = fail({
  kind: 'unknown-outcome',
  message: 'Something went wrong in the app. It is not known whether the password was reset.',
} as const);

const noPassword = fail({
  kind: 'refused',
  message: 'The password of the last reset is no longer held. Reset it again.',
} as const);

/** Answers the calls about passwords. One reset at a time for a server: a second would make the first one wrong. */
export function createPasswordHandlers(parts: PasswordHandlerParts): PasswordHandlers {
  const { runtimes, fresh, clipboard } = parts;
  const resets = new KeyedMutex<InstanceId>();

  const reset = async (
    runtime: AccountRuntime,
    instanceId: InstanceId,
  ): Promise<Result<RevealedPassword>> => {
    const { account, client, monitor, record } = runtime;
    const instance = findInstance(runtime, instanceId);
    const revealed = await resetPassword(
      { client, monitor, record, fresh, accountId: account.id, isLocked: () => false, report: parts.report },
      instanceId,
    );
    if (!revealed.ok || instance === undefined) return revealed;
    // It is shown once: whatever else throws, it is given out.
    try {
      if (revealed.value.password !== null) parts.allowFresh(instanceId, revealed.value.user);
    } catch (cause) {
      parts.report(cause);
    }
    return revealed;
  };

  return {
    resetPassword: ({ instanceId }) =>
      onCurrent(
        () => runtimes.current(),
        (runtime) =>
          resets.tryRun<Result<RevealedPassword>>(
            instanceId,
            () => reset(runtime, instanceId),
            (cause) => {
              parts.report(cause);
              fresh.forget(runtime.account.id, instanceId);
              return notKnown;
            },
          ) ?? fail({ kind: 'busy', message: 'Its password is being reset.' } as const),
      ),
    copyPassword: ({ instanceId }) => {
      const runtime = runtimes.current();
      const password = runtime && fresh.get(runtime.account.id, instanceId);
      if (password === null) return noPassword;
      clipboard.copy(password);
      return done;
    },
    forgetPassword: ({ instanceId }) => {
      const runtime = runtimes.current();
      void clipboard.clear();
      if (runtime !== null) fresh.forget(runtime.account.id, instanceId);
      return done;
    },
    keepPassword: async ({ instanceId }) => {
      const runtime = runtimes.current();
      if (runtime === null) return noAccount;
      const password = fresh.get(runtime.account.id, instanceId);
      const instance = findInstance(runtime, instanceId);
      if (password === null || instance === undefined) return noPassword;
      const isKept = await parts.keep(instanceId, administratorOf(instance.osName), password);
      return isKept
        ? done
        : fail({ kind: 'keychain-unavailable', message: 'The keychain did not take the password.' });
    },
  };
}
