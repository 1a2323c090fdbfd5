import type { InstanceId } from '../../preload/contract/brands.ts';
import type { AppError } from '../../preload/contract/errors.ts';
import type { Instance, LifecycleAction } from '../../preload/contract/instance.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ApiClient, ApiResult } from '../api/index.ts';
import type { AccountMonitor, ExpectedAction } from '../monitor/index.ts';

/** What the use cases of one account's instances need. */
export interface InstanceDependencies {
  readonly client: Pick<ApiClient, 'request'>;
  readonly monitor: Pick<AccountMonitor, 'snapshot' | 'isExpecting' | 'expect' | 'dispatch' | 'note'>;
  /** A person has locked it here: it is neither deleted nor reinstalled. */
  readonly isLocked: (instanceId: InstanceId) => boolean;
}

/** How a request ended that was not refused. `lost`: nobody knows whether it took effect. */
export type Sent<T> = { readonly kind: 'dispatched'; readonly value: T } | { readonly kind: 'lost' };

export const gone: AppError = { kind: 'refused', message: 'This server is no longer in the list.' };
const locked: AppError = {
  kind: 'refused',
  message: 'It is locked against deletion here. Take the lock off first.',
};

/** The instance, where this action can be asked of it now; else the reason. */
export function checkAction(
  { monitor, isLocked }: InstanceDependencies,
  instanceId: InstanceId,
  action: LifecycleAction,
): Result<Instance> {
  const instance = monitor.snapshot().instances.find(({ id }) => id === instanceId);
  if (!instance) return fail(gone);
  const choice = instance.lifecycle[action];
  if (!choice.allowed)
    return fail({ kind: monitor.isExpecting(instanceId) ? 'busy' : 'refused', message: choice.reason });
  if ((action === 'delete' || action === 'reinstall') && isLocked(instanceId)) return fail(locked);
  return ok(instance);
}

/**
 * Sends a request that changes an instance, once. From before the request the monitor shows what is expected, so that
 * a second click finds the door shut, until the API shows it too. An answer that was lost is no failure: the request
 * may have taken effect, and the monitor looks. `done`: the answer alone says that it has.
 */
export async function sendOnce<T>(
  monitor: Pick<AccountMonitor, 'expect' | 'dispatch'>,
  instanceId: InstanceId,
  action: ExpectedAction,
  send: () => Promise<ApiResult<T>>,
  whenAnswered: 'dispatched' | 'done' = 'dispatched',
): Promise<Result<Sent<T>>> {
  monitor.expect(instanceId, action);
  let result: ApiResult<T>;
  try {
    result = await send();
  } catch (cause) {
    // It may have left: the monitor looks, as where the answer is lost.
    monitor.dispatch(instanceId, 'lost');
    throw cause;
  }
  if (result.ok) {
    monitor.dispatch(instanceId, whenAnswered);
    return ok({ kind: 'dispatched', value: result.value.value });
  }
  if (result.error.kind === 'unknown-outcome') {
    monitor.dispatch(instanceId, 'lost');
    return ok({ kind: 'lost' });
  }
  monitor.dispatch(instanceId, 'refused');
  return result;
}
