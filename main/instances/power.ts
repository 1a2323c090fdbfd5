import type { InstanceId } from '../../preload/contract/brands.ts';
import type { PowerAction } from '../../preload/contract/instance.ts';
import { fail, type Result } from '../../preload/contract/result.ts';
import { gone, sendOnce, type InstanceDependencies, type Sent } from './send-once.ts';

/**
 * Asks for a power action, once. The answer means "dispatched". Errors: `refused` with the reason, `busy`, and those of
 * the API.
 */
export async function powerInstance(
  { client, monitor }: Pick<InstanceDependencies, 'client' | 'monitor'>,
  instanceId: InstanceId,
  action: PowerAction,
): Promise<Result<Sent<unknown>>> {
  const instance = monitor.snapshot().instances.find(({ id }) => id === instanceId);
  if (!instance) return fail(gone);
  const choice = instance.power[action];
  if (!choice.allowed) {
    return fail({ kind: monitor.isExpecting(instanceId) ? 'busy' : 'refused', message: choice.reason });
  }
  return sendOnce(monitor, instanceId, action, () =>
    client.request('instances.power', { path: { id: instanceId, action } }),
  );
}
