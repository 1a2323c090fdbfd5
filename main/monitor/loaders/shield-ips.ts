import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import type { ShieldIp } from '../../../preload/contract/shield.ts';

/** Gives each protected address the instance that has it; null where none is known. Addresses come in one form. */
export function joinInstances<T extends ShieldIp>(
  ips: readonly T[],
  instances: readonly Instance[],
): readonly T[] {
  const owners = new Map<string, InstanceId>();
  for (const { id, mainIp, addresses } of instances) {
    for (const address of mainIp === null ? addresses : [mainIp, ...addresses]) owners.set(address, id);
  }
  return ips.map((ip) => {
    const owner = owners.get(ip.address) ?? ip.instanceId;
    return owner === ip.instanceId ? ip : { ...ip, instanceId: owner };
  });
}
