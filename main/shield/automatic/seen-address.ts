import { canonicalAddress, isReachable } from '../../../preload/contract/address.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { ShieldIp } from '../../../preload/contract/shield.ts';
import type { PeerParts } from '../peer.ts';

/** This computer's address as an instance sees it, as a source; where its session comes in there. */
export interface SeenAddress {
  readonly cidr: string;
  /** Null: the user has typed it. */
  readonly serverAddress: string | null;
}

/** A lone address as a source in its one form. */
export const loneSource = (address: string): string => `${address}/${address.includes(':') ? 128 : 32}`;

/**
 * Asks an open SSH session from where the instance behind a protected address sees this computer. Error: `refused`, with why
 * that is not known. A private address says nothing of where Shield sees this computer.
 */
export async function seenAddress(
  { endsAt, ownerOf }: PeerParts,
  profile: Pick<ShieldIp, 'address' | 'instanceId'>,
): Promise<Result<SeenAddress>> {
  const owner = ownerOf(profile);
  if (owner === null)
    return refused('No instance of this account is known to have this address. Enter yours.');
  const { id: instanceId, name } = owner;
  const asked = endsAt(instanceId);
  if (asked === undefined)
    return refused(`No SSH session is open to ${name}, so your address is not known. Open one, or enter it.`);
  const ends = await asked;
  if (ends === null)
    return refused(`${name} does not say from where it sees your SSH session. Enter your address.`);
  const { clientAddress, serverAddress } = ends;
  if (clientAddress.includes(':') !== profile.address.includes(':'))
    return refused(
      `Your SSH session to ${name} uses another IP version than ${profile.address}. Enter your address.`,
    );
  if (!isReachable(clientAddress))
    return refused(
      `${name} sees this computer at ${clientAddress}, a private address: Shield sees another one. Enter your public address.`,
    );
  return ok({ cidr: loneSource(clientAddress), serverAddress });
}

/** Reads an address that was typed for a protected one. Error: `refused`, with why it cannot be used. */
export function typedAddress(text: string, { address }: Pick<ShieldIp, 'address'>): Result<SeenAddress> {
  const typed = text.includes('/') ? null : canonicalAddress(text.trim());
  if (typed === null) return refused('Your address is not an IP address.');
  if (typed.includes(':') !== address.includes(':'))
    return refused('Your address is of another family than the protected one.');
  if (!isReachable(typed)) return refused(`${typed} is a private address: Shield sees another one.`);
  return ok({ cidr: loneSource(typed), serverAddress: null });
}

const refused = (message: string) => fail({ kind: 'refused', message } as const);
