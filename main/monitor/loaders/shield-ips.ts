import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import type { ShieldIp } from '../../../preload/contract/shield.ts';
import { canonicalAddress } from '../../insight/index.ts';

/** Gives each protected address the instance that has it, by the parsed address; null where none is known. */
export function joinInstances<T extends ShieldIp>(
  ips: readonly T[],
  instances: readonly Instance[],
): readonly T[] {
  const owners = new Map<string, InstanceId>();
  for (const { id, mainIp, addresses } of instances) {
    for (const text of mainIp === null ? addresses : [mainIp, ...addresses]) {
      const address = canonicalAddress(text);
      if (address !== null) owners.set(address, id);
    }
  }
  return ips.map((ip) => {
    const address = canonicalAddress(ip.address);
    const owner = (address === null ? undefined : owners.get(address)) ?? ip.instanceId;
    return owner === ip.instanceId ? ip : { ...ip, instanceId: owner };
  });
}
