import ipaddr from 'ipaddr.js';

/** The addresses of a network in its one form, "198.51.100.0/24": the first, the last, and how many. */
export function rangeOf(cidr: string): {
  readonly first: string;
  readonly last: string;
  readonly count: bigint;
} {
  const [address = '', prefix = ''] = cidr.split('/');
  const bits = Number(prefix);
  const first = ipaddr.parse(address);
  const last =
    first.kind() === 'ipv4'
      ? ipaddr.IPv4.broadcastAddressFromCIDR(cidr)
      : ipaddr.IPv6.broadcastAddressFromCIDR(cidr);
  const size = first.kind() === 'ipv4' ? 32 : 128;
  return { first: first.toString(), last: last.toString(), count: 2n ** BigInt(size - bits) };
}
