import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { SecretOwner } from './ssh-secrets.ts';

/** Where fresh passwords may be sent: where the instance was reached when its password was reset, and nowhere else. */
export interface FreshLogins {
  allow(owner: SecretOwner): void;
  /** The fresh password of this very login; null where none is held or it belongs elsewhere. */
  passwordFor(owner: SecretOwner): string | null;
}

/** Hands what a password reset gave out to SSH. Settings that were changed since find none. */
export function createFreshLogins(
  held: (accountId: AccountId, instanceId: InstanceId) => string | null,
): FreshLogins {
  const allowed = new Map<string, string>();
  const nameOf = ({ accountId, instanceId }: SecretOwner): string => `${accountId}/${instanceId}`;
  const loginOf = ({ host, port, user }: SecretOwner): string => `${user}@${host}:${port}`;
  return {
    allow: (owner) => {
      allowed.set(nameOf(owner), loginOf(owner));
    },
    passwordFor: (owner) =>
      !owner.isJumpHost && allowed.get(nameOf(owner)) === loginOf(owner)
        ? held(owner.accountId, owner.instanceId)
        : null,
  };
}
