import type { InstanceId } from '../../preload/contract/brands.ts';
import type { PowerAction } from '../../preload/contract/instance.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ApiClient } from '../api/index.ts';
import type { AccountMonitor } from '../monitor/index.ts';

export interface PowerDependencies {
  readonly client: Pick<ApiClient, 'request'>;
  readonly monitor: Pick<AccountMonitor, 'snapshot' | 'isExpecting' | 'expect' | 'dispatch'>;
}

/**
 * Asks for a power action, once. The answer means "dispatched": from then on the monitor shows what is
 * expected until the API shows it too. An answer that was lost is no failure: the action may have taken
 * effect, and the monitor looks. Errors: `refused` with the reason, `busy`, and those of the API.
 */
export async function powerInstance(
  { client, monitor }: PowerDependencies,
  instanceId: InstanceId,
  action: PowerAction,
): Promise<Result<undefined>> {
  const instance = monitor.snapshot().instances.find(({ id }) => id === instanceId);
  if (!instance) return fail({ kind: 'refused', message: 'This server is no longer in the list.' });
  const choice = instance.power[action];
  if (!choice.allowed) {
    return fail({ kind: monitor.isExpecting(instanceId) ? 'busy' : 'refused', message: choice.reason });
  }
  // Before the request, so that a second click finds the door shut.
  monitor.expect(instanceId, action);
  const result = await client.request('instances.power', { path: { id: instanceId, action } });
  if (result.ok) {
    monitor.dispatch(instanceId, 'dispatched');
    return ok(undefined);
  }
  if (result.error.kind === 'unknown-outcome') {
    monitor.dispatch(instanceId, 'lost');
    return ok(undefined);
  }
  monitor.dispatch(instanceId, 'refused');
  return result;
}
