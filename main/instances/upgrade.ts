import type { Cents, InstanceId, PackageId } from '../../preload/contract/brands.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import { checkAction, endOfCharge, recorded, sendOnce, type InstanceDependencies } from './send-once.ts';

/** What an upgrade is asked for with: a larger plan, rebooted now or some time. */
export interface UpgradeRequest {
  readonly instanceId: InstanceId;
  readonly packageId: PackageId;
  readonly reboot: boolean;
}

/** How an upgrade ended: `wasLost` where nobody knows; `chargedCents` null where the answer names no charge. */
export interface UpgradeOutcome {
  readonly wasLost: boolean;
  readonly chargedCents: Cents | null;
}

/**
 * Moves an instance to a larger plan, which debits the wallet at once. Without a reboot the plan works after the next
 * one, and until then that is noted. Errors: `refused`, `busy`, `insufficient-funds`, `invalid` for a smaller plan.
 */
export function upgradeInstance(
  dependencies: InstanceDependencies,
  request: UpgradeRequest,
): Promise<Result<UpgradeOutcome>> {
  const { instanceId } = request;
  const send = () => sendUpgrade(dependencies, request);
  return recorded(dependencies, { kind: 'upgraded', instanceId }, send, endOfCharge);
}

async function sendUpgrade(
  dependencies: InstanceDependencies,
  { instanceId, packageId, reboot }: UpgradeRequest,
): Promise<Result<UpgradeOutcome>> {
  const { client, monitor } = dependencies;
  const checked = checkAction(dependencies, instanceId, 'upgrade');
  if (!checked.ok) return checked;
  // A stopped instance has nothing to reboot: the next start is with the new plan.
  const waitsForReboot = !reboot && checked.value.state.kind === 'running';
  const sent = await sendOnce(
    monitor,
    instanceId,
    'upgrade',
    () =>
      client.request('instances.upgrade', {
        path: { id: instanceId },
        body: { package_id: packageId, reboot },
      }),
    reboot ? 'dispatched' : 'done',
  );
  if (!sent.ok) return sent;
  if (sent.value.kind === 'lost') return ok({ wasLost: true, chargedCents: null });
  if (waitsForReboot) monitor.note(instanceId, 'reboot-due');
  return ok({ wasLost: false, chargedCents: sent.value.value.chargedCents });
}
