import ipaddr from 'ipaddr.js';
import { canonicalNetwork } from '../../../preload/contract/address.ts';

/** What a typed source really matches, with what is to be said of it; or why it cannot be used. */
export type ReadSource =
  | { readonly ok: true; readonly cidr: string; readonly note: string | null }
  | { readonly ok: false; readonly message: string };

/** Reads a source that was typed for an address of this family. Nothing typed is everybody, as the reference says. */
export function readSource(text: string, family: 4 | 6): ReadSource {
  const typed = text.trim();
  const everybody = family === 6 ? '::/0' : '0.0.0.0/0';
  if (typed === '') return { ok: true, cidr: everybody, note: null };
  if (/^(?:0\.0\.0\.0|::)$/.test(typed))
    return { ok: false, message: `${typed} alone is no one's address. For any source, enter ${everybody}.` };
  const network = canonicalNetwork(typed, family);
  if (network === null)
    return { ok: false, message: 'Enter an address or a network in CIDR form, such as 198.51.100.0/24.' };
  const cidr = network.includes('/') ? network : `${network}/${network.includes(':') ? 128 : 32}`;
  if (cidr.includes(':') !== (family === 6))
    return { ok: false, message: `This address takes IPv${family} sources; ${cidr} is another family.` };
  return { ok: true, cidr, note: noteOn(typed, cidr) };
}

/** Whether a network in its one form, or a lone address, holds an address; false for the other family. */
export function contains(cidr: string, address: string): boolean {
  const [network, bits] = parsed(cidr);
  const other = ipaddr.process(address);
  return network.kind() === other.kind() && other.match(network, bits);
}

/** Whether a network holds the whole of another one. */
export function covers(cidr: string, inner: string): boolean {
  const [, bits] = parsed(cidr);
  const [network, innerBits] = parsed(inner);
  return bits <= innerBits && contains(cidr, network.toString());
}

/** The length of a network's prefix in bits. */
export const prefixOf = (cidr: string): number => parsed(cidr)[1];

function parsed(cidr: string): readonly [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const [address = '', bits] = cidr.split('/');
  const network = ipaddr.process(address);
  return [network, bits === undefined ? (network.kind() === 'ipv4' ? 32 : 128) : Number(bits)];
}

function noteOn(typed: string, cidr: string): string | null {
  const [address = '', prefix] = typed.split('/');
  if (prefix === '0' && !/^[0:.]+$/.test(address))
    return `A prefix of /0 matches every address, not ${address}.`;
  if (typed.includes(':') && !cidr.includes(':')) return `This is the IPv4 network ${cidr}.`;
  if (!ipaddr.isValid(address) || prefix === undefined) return null;
  const isNetwork = contains(address, cidr.split('/')[0] ?? '');
  return isNetwork ? null : `The bits behind the prefix are dropped: this matches ${cidr}.`;
}
