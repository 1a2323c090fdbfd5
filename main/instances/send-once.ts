import type { Activity } from '../../preload/contract/activity.ts';
import type { Cents, InstanceId } from '../../preload/contract/brands.ts';
import { displayName } from '../../preload/contract/display-text.ts';
import type { AppError } from '../../preload/contract/errors.ts';
import { formatCents } from '../../preload/contract/format.ts';
import type { Instance, LifecycleAction } from '../../preload/contract/instance.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ActionEnd, Recorder } from '../activity/index.ts';
import type { ApiClient, ApiResult } from '../api/index.ts';
import type { AccountMonitor, ExpectedAction } from '../monitor/index.ts';

/** What the use cases of one account's instances need. */
export interface InstanceDependencies {
  readonly client: Pick<ApiClient, 'request'>;
  readonly monitor: Pick<AccountMonitor, 'snapshot' | 'isExpecting' | 'expect' | 'dispatch' | 'note'>;
  /** Where it is recorded what an action came to. */
  readonly record: Pick<Recorder, 'run'>;
  /** The user has locked it here: it is neither deleted nor reinstalled. */
  readonly isLocked: (instanceId: InstanceId) => boolean;
}

/** How a request ended that was not refused. `lost`: nobody knows whether it took effect. */
export type Sent<T> = { readonly kind: 'dispatched'; readonly value: T } | { readonly kind: 'lost' };

/** Does something to an instance and records what it came to, with the name that the instance has before. */
export function recorded<T>(
  {
    monitor,
    record,
  }: Pick<InstanceDependencies, 'record'> & { readonly monitor: Pick<AccountMonitor, 'snapshot'> },
  action: Pick<Activity, 'kind'> & { readonly instanceId: InstanceId; readonly actor?: Activity['actor'] },
  act: () => Promise<Result<T>>,
  read?: (value: T) => ActionEnd,
): Promise<Result<T>> {
  const instance = monitor.snapshot().instances.find(({ id }) => id === action.instanceId);
  const name = instance === undefined ? null : displayName(instance, 100);
  return record.run({ ...action, name }, act, read);
}

/** What an answer that names a charge says of the action. */
export function endOfCharge({
  wasLost,
  chargedCents,
}: {
  readonly wasLost: boolean;
  readonly chargedCents: Cents | null;
}): ActionEnd {
  if (wasLost) return { outcome: 'unknown' };
  return {
    outcome: 'done',
    detail: chargedCents === null ? null : `${formatCents(chargedCents)} was charged.`,
  };
}

/** What a request that was not refused came to. */
export const endOfSent = ({ kind }: Pick<Sent<unknown>, 'kind'>): ActionEnd => ({
  outcome: kind === 'lost' ? 'unknown' : 'done',
});

export const gone: AppError = { kind: 'refused', message: 'This instance is no longer in the list.' };
/** Code threw, and nothing has left. */
export const notSent: AppError = {
  kind: 'internal',
  message: 'Something went wrong in the app before this was sent. The log has the details.',
};
const locked: AppError = {
  kind: 'refused',
  message: 'It is locked against deletion here. Remove the lock first.',
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
