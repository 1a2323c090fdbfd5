import type { Cents, InstanceId } from '../../preload/contract/brands.ts';
import type { DeletionMode } from '../../preload/contract/lifecycle.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import {
  checkAction,
  endOfSent,
  recorded,
  sendOnce,
  type InstanceDependencies,
  type Sent,
} from './send-once.ts';

/** The refund that the answer names; null where it names none. */
export interface Refund {
  readonly refundCents: Cents | null;
}

/**
 * Deletes an instance now, or at the end of its cycle, which the API may never show: it is noted. Errors: `refused`
 * (also for a lock), `busy`, and those of the API.
 */
export async function deleteInstance(
  dependencies: InstanceDependencies,
  instanceId: InstanceId,
  mode: DeletionMode,
): Promise<Result<Sent<Refund>>> {
  const { client, monitor } = dependencies;
  const checked = checkAction(dependencies, instanceId, 'delete');
  if (!checked.ok) return checked;
  const isLater = mode === 'end_of_cycle';
  const sent = await sendOnce(
    monitor,
    instanceId,
    isLater ? 'schedule-deletion' : 'delete',
    () => client.request('instances.delete', { path: { id: instanceId }, body: { mode } }),
    isLater ? 'done' : 'dispatched',
  );
  if (isLater && sent.ok && sent.value.kind === 'dispatched') monitor.note(instanceId, 'deletion-scheduled');
  return sent;
}

/** Cancels a scheduled deletion. The answer is not believed alone: the list is read again. */
export async function cancelDeletion(
  dependencies: InstanceDependencies,
  instanceId: InstanceId,
): Promise<Result<undefined>> {
  const { client, monitor } = dependencies;
  const send = async (): Promise<Result<Sent<unknown>>> => {
    const checked = checkAction(dependencies, instanceId, 'cancel-deletion');
    if (!checked.ok) return checked;
    return sendOnce(monitor, instanceId, 'cancel-deletion', () =>
      client.request('instances.cancelDeletion', { path: { id: instanceId } }),
    );
  };
  const sent = await recorded(dependencies, { kind: 'deletion-canceled', instanceId }, send, endOfSent);
  if (!sent.ok) return sent;
  if (sent.value.kind === 'dispatched') monitor.note(instanceId, 'deletion-canceled');
  return ok(undefined);
}
