import { canonicalAddress } from '../../preload/contract/address.ts';
import { errorText } from '../../preload/contract/errors-words.ts';
import type { ApiClient } from '../api/index.ts';
import { reachOf } from '../domain/index.ts';
import type { ShieldFinding } from './evidence.ts';

/** What judging Shield's rules takes. */
export interface ShieldEvidenceParts {
  readonly client: Pick<ApiClient, 'request'>;
  /** This computer's address as an open session says that instances see it; null: none says. */
  readonly seenAddress: (family: 4 | 6) => Promise<string | null>;
  /** The address that this computer sends from. */
  readonly ownAddressTowards: (address: string) => Promise<string | null>;
}

/** Whether Shield's rules let this computer through to a port of one of these addresses: the first that it protects. */
export async function shieldEvidence(
  { client, seenAddress, ownAddressTowards }: ShieldEvidenceParts,
  addresses: readonly string[],
  port: number,
): Promise<ShieldFinding> {
  const canonical = addresses.map((address) => canonicalAddress(address) ?? address);
  const listed = await client.request('shield.ips', {});
  if (!listed.ok) return { kind: 'unreadable', why: errorText(listed.error) };
  const protectedIp = listed.value.value.find(({ address }) => canonical.includes(address));
  if (protectedIp === undefined) return { kind: 'not-protected', address: canonical.join(', ') };
  const { id, address } = protectedIp;
  const read = await client.request('shield.ip', { path: { id } });
  if (!read.ok) return { kind: 'unreadable', why: errorText(read.error) };
  const { rules, defaultIn } = read.value.value;
  if (rules === null) return { kind: 'unreadable', why: 'They are not written as this app expects.' };
  const family = address.includes(':') ? 6 : 4;
  const source = await sourceOf(family, address, seenAddress, ownAddressTowards);
  const reach = reachOf({ rules, defaultIn }, { source: source?.address ?? null, family, port });
  return { kind: 'judged', ipId: id, reach, source };
}

async function sourceOf(
  family: 4 | 6,
  address: string,
  seenAddress: ShieldEvidenceParts['seenAddress'],
  ownAddressTowards: ShieldEvidenceParts['ownAddressTowards'],
): Promise<Extract<ShieldFinding, { readonly kind: 'judged' }>['source']> {
  const seen = await seenAddress(family);
  if (seen !== null) return { address: seen, isSeen: true };
  const own = canonicalAddress((await ownAddressTowards(address)) ?? '');
  return own === null ? null : { address: own, isSeen: false };
}
