import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { RevealedPassword } from '../../preload/contract/lifecycle.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { FreshPasswords } from './fresh-passwords.ts';
import { checkAction, recorded, type InstanceDependencies } from './send-once.ts';

/** What a reset needs besides. */
export interface ResetDependencies extends InstanceDependencies {
  readonly accountId: AccountId;
  readonly fresh: Pick<FreshPasswords, 'keep' | 'forget'>;
  readonly report: (cause: unknown) => void;
}

/** Who logs in to a system: Windows has no root. */
export function administratorOf(osName: string | null): string {
  return osName !== null && /windows/i.test(osName) ? 'Administrator' : 'root';
}

/**
 * Has a new password made. It is shown once, held in memory for SSH and the console, and written nowhere. Where its
 * field is not known the whole answer is given, so that it is not lost. A lost answer is an error: there may be a new
 * password that nobody has.
 */
export function resetPassword(
  dependencies: ResetDependencies,
  instanceId: InstanceId,
): Promise<Result<RevealedPassword>> {
  const send = () => sendReset(dependencies, instanceId);
  return recorded(dependencies, { kind: 'password-reset', instanceId }, send);
}

async function sendReset(
  dependencies: ResetDependencies,
  instanceId: InstanceId,
): Promise<Result<RevealedPassword>> {
  const { client, accountId, fresh, report } = dependencies;
  const checked = checkAction(dependencies, instanceId, 'reset-password');
  if (!checked.ok) return checked;
  const result = await client.request('instances.resetPassword', { path: { id: instanceId } });
  if (!result.ok) {
    if (result.error.kind === 'unknown-outcome') fresh.forget(accountId, instanceId);
    return fail(result.error);
  }
  const { secret, answer } = result.value.value;
  // It is shown once: where it cannot be held, it is shown all the same.
  try {
    if (secret === null) fresh.forget(accountId, instanceId);
    else fresh.keep(accountId, instanceId, secret);
  } catch (cause) {
    report(cause);
  }
  return ok({ user: administratorOf(checked.value.osName), password: secret, answer });
}
