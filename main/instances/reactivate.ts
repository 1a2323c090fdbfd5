import type { Cents, InstanceId } from '../../preload/contract/brands.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import { checkAction, endOfCharge, recorded, sendOnce, type InstanceDependencies } from './send-once.ts';

/** How a reactivation ended: `wasLost` where nobody knows; `chargedCents` null where the answer names no charge. */
export interface ReactivationOutcome {
  readonly wasLost: boolean;
  readonly chargedCents: Cents | null;
}

/**
 * Pays a full cycle for a suspended instance, which then starts. Errors: `refused`, `busy`, `insufficient-funds`, and
 * the others of the API.
 */
export function reactivateInstance(
  dependencies: InstanceDependencies,
  instanceId: InstanceId,
): Promise<Result<ReactivationOutcome>> {
  const send = () => sendReactivation(dependencies, instanceId);
  return recorded(dependencies, { kind: 'reactivated', instanceId }, send, endOfCharge);
}

async function sendReactivation(
  dependencies: InstanceDependencies,
  instanceId: InstanceId,
): Promise<Result<ReactivationOutcome>> {
  const { client, monitor } = dependencies;
  const checked = checkAction(dependencies, instanceId, 'reactivate');
  if (!checked.ok) return checked;
  const sent = await sendOnce(monitor, instanceId, 'reactivate', () =>
    client.request('instances.reactivate', { path: { id: instanceId } }),
  );
  if (!sent.ok) return sent;
  if (sent.value.kind === 'lost') return ok({ wasLost: true, chargedCents: null });
  return ok({ wasLost: false, chargedCents: sent.value.value.chargedCents });
}
