import type { Activity } from '../../preload/contract/activity.ts';
import type { InstanceId } from '../../preload/contract/brands.ts';
import type { PowerAction } from '../../preload/contract/instance.ts';
import { fail, type Result } from '../../preload/contract/result.ts';
import { endOfSent, gone, recorded, sendOnce, type InstanceDependencies, type Sent } from './send-once.ts';

/**
 * Asks for a power action, once. The answer means "dispatched". Errors: `refused` with the reason, `busy`, and those of
 * the API.
 */
export function powerInstance(
  dependencies: Pick<InstanceDependencies, 'client' | 'monitor' | 'record'>,
  instanceId: InstanceId,
  action: PowerAction,
  actor: Activity['actor'] = 'person',
): Promise<Result<Sent<unknown>>> {
  const { client, monitor } = dependencies;
  const send = async (): Promise<Result<Sent<unknown>>> => {
    const instance = monitor.snapshot().instances.find(({ id }) => id === instanceId);
    if (!instance) return fail(gone);
    const choice = instance.power[action];
    if (!choice.allowed) {
      return fail({ kind: monitor.isExpecting(instanceId) ? 'busy' : 'refused', message: choice.reason });
    }
    return sendOnce(monitor, instanceId, action, () =>
      client.request('instances.power', { path: { id: instanceId, action } }),
    );
  };
  return recorded(dependencies, { kind: action, instanceId, actor }, send, endOfSent);
}
