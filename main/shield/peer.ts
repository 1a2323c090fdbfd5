import type { InstanceId } from '../../preload/contract/brands.ts';
import type { ShieldPeer } from '../../preload/contract/firewall.ts';
import type { ShieldIp } from '../../preload/contract/shield.ts';
import type { SshConnectionEnds } from '../ssh/index.ts';

/** The instance that has a protected address, and how it is reached by SSH. */
export interface AddressOwner {
  readonly id: InstanceId;
  readonly name: string;
  /** A host that the user has set; null: the instance's own address. */
  readonly host: string | null;
  readonly port: number;
}

/** What finding this computer's address takes. */
export interface PeerParts {
  readonly ownerOf: (profile: Pick<ShieldIp, 'address' | 'instanceId'>) => AddressOwner | null;
  /** Both ends of an open session, as the instance sees them; null: it does not say. Undefined: none is open. */
  readonly endsAt: (instanceId: InstanceId) => Promise<SshConnectionEnds | null> | undefined;
}

/** This computer's address as the instance behind a protected address sees it, by a session that is open to it. */
export async function peerOf(
  { ownerOf, endsAt }: PeerParts,
  profile: Pick<ShieldIp, 'address' | 'instanceId'>,
): Promise<ShieldPeer> {
  const { address } = profile;
  const owner = ownerOf(profile);
  if (owner === null) return unknown(null, 'No instance of this account is known to have this address.');
  const { id: instanceId, name } = owner;
  const asked = endsAt(instanceId);
  if (asked === undefined)
    return unknown(owner, `No SSH session is open to ${name}. With one, its address is read there.`);
  const ends = await asked;
  if (ends === null) return unknown(owner, `${name} does not say from where it sees your open SSH session.`);
  if (ends.clientAddress.includes(':') !== address.includes(':')) {
    const [has, takes] = address.includes(':') ? ['IPv4', 'IPv6'] : ['IPv6', 'IPv4'];
    return unknown(owner, `Your open SSH session to ${name} uses ${has}; this address takes ${takes}.`);
  }
  const isHere = ends.serverAddress === address;
  return {
    instance: { id: instanceId, name },
    seen: { address: ends.clientAddress, port: isHere ? ends.serverPort : null },
    note: isHere
      ? null
      : `Your SSH session reaches ${name} at ${ends.serverAddress}, not at ${address}: there you may be seen from another address.`,
  };
}

const unknown = (owner: AddressOwner | null, note: string): ShieldPeer => ({
  instance: owner && { id: owner.id, name: owner.name },
  seen: null,
  note,
});
