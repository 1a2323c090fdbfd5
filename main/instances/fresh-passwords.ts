import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';

/** Masks a secret in the log; gives the function that ends it (`registerSecret` of `log`). */
export type MaskSecret = (secret: string) => () => void;

/** The root passwords that resets gave out since the app started: in memory only, masked in the log. */
export interface FreshPasswords {
  /** Keeps the password of the newest reset in place of an older one. */
  keep(accountId: AccountId, instanceId: InstanceId, password: string): void;
  /** Null: no reset gave one out, or it was forgotten. */
  get(accountId: AccountId, instanceId: InstanceId): string | null;
  forget(accountId: AccountId, instanceId: InstanceId): void;
  /** Forgets those of an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

interface Held {
  readonly accountId: AccountId;
  readonly instanceId: InstanceId;
  readonly password: string;
  readonly unmask: () => void;
}

const nameOf = (accountId: AccountId, instanceId: InstanceId): string => `${accountId}/${instanceId}`;

/**
 * Holds what a password reset showed once, so that SSH and the console can use it while it is fresh. `onChange` is told
 * for which instance one came or went.
 */
export function createFreshPasswords(
  mask: MaskSecret,
  onChange: (accountId: AccountId, instanceId: InstanceId) => void = () => undefined,
): FreshPasswords {
  const held = new Map<string, Held>();
  const drop = (name: string): void => {
    held.get(name)?.unmask();
    held.delete(name);
  };
  return {
    keep: (accountId, instanceId, password) => {
      const name = nameOf(accountId, instanceId);
      drop(name);
      held.set(name, { accountId, instanceId, password, unmask: mask(password) });
      onChange(accountId, instanceId);
    },
    get: (accountId, instanceId) => held.get(nameOf(accountId, instanceId))?.password ?? null,
    forget: (accountId, instanceId) => {
      const name = nameOf(accountId, instanceId);
      if (!held.has(name)) return;
      drop(name);
      onChange(accountId, instanceId);
    },
    forgetAccount: (accountId) => {
      for (const [name, owned] of [...held]) {
        if (owned.accountId !== accountId) continue;
        drop(name);
        onChange(accountId, owned.instanceId);
      }
    },
  };
}
