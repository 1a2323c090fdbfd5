import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { Notice } from '../../../preload/contract/snapshot.ts';
import { fail } from '../../../preload/contract/result.ts';
import type { Runtimes } from '../../app/runtimes.ts';
import {
  administratorOf,
  doneNotice,
  resetPassword,
  type FreshPasswords,
  type SecretClipboard,
} from '../../instances/index.ts';
import { done, findInstance, noAccount, type Domain } from './shared.ts';

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
  readonly onDone: (notice: Notice) => void;
  readonly nowMs: () => number;
}

const noPassword = fail({
  kind: 'refused',
  message: 'The password of the last reset is no longer held. Reset it again.',
} as const);

/** Answers the calls about passwords. One reset at a time for a server: a second would make the first one wrong. */
export function createPasswordHandlers(parts: PasswordHandlerParts): PasswordHandlers {
  const { runtimes, fresh, clipboard } = parts;
  const underWay = new Set<InstanceId>();

  return {
    resetPassword: async ({ instanceId }) => {
      const runtime = runtimes.current();
      if (runtime === null) return noAccount;
      if (underWay.has(instanceId)) return fail({ kind: 'busy', message: 'Its password is being reset.' });
      const { account, client, monitor } = runtime;
      const instance = findInstance(runtime, instanceId);
      underWay.add(instanceId);
      const revealed = await resetPassword(
        { client, monitor, fresh, accountId: account.id, isLocked: () => false },
        instanceId,
      );
      underWay.delete(instanceId);
      if (!revealed.ok || instance === undefined) return revealed;
      if (revealed.value.password !== null) parts.allowFresh(instanceId, revealed.value.user);
      parts.onDone(doneNotice(account.id, instance, { kind: 'reset-password' }, parts.nowMs()));
      return revealed;
    },
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
