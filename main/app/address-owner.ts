import type { InstanceId } from '../../preload/contract/brands.ts';
import { displayName } from '../../preload/contract/display-text.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { ShieldIp } from '../../preload/contract/shield.ts';
import type { AddressOwner } from '../shield/index.ts';

/** The instance that has a protected address, by what the API says or by its addresses; null where none is known. */
export function addressOwner(
  instances: readonly Instance[],
  { instanceId, address }: Pick<ShieldIp, 'address' | 'instanceId'>,
  reachOf: (id: InstanceId) => Pick<AddressOwner, 'host' | 'port'>,
): AddressOwner | null {
  const owner = instances.find(
    ({ id, mainIp, addresses }) => id === instanceId || mainIp === address || addresses.includes(address),
  );
  return owner === undefined ? null : { id: owner.id, name: displayName(owner, 100), ...reachOf(owner.id) };
}
