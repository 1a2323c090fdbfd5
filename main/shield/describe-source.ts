import ipaddr from 'ipaddr.js';
import type { SourceReading } from '../../preload/contract/firewall-editing.ts';
import { formatWhole } from '../../preload/contract/format.ts';
import { readSource } from '../domain/index.ts';

/** Says of a typed source what it really matches, or why an address of this family cannot take it. */
export function describeSource(source: string, family: 4 | 6): SourceReading {
  if (source.trim() === '') {
    const everybody = family === 6 ? '::/0' : '0.0.0.0/0';
    return wrong(`Enter a source. Any source is ${everybody}.`);
  }
  const read = readSource(source, family);
  return read.ok
    ? { cidr: read.cidr, matches: matchedBy(read.cidr, family), note: read.note, problem: null }
    : wrong(read.message);
}

const wrong = (problem: string): SourceReading => ({ cidr: null, matches: null, note: null, problem });

function matchedBy(cidr: string, family: 4 | 6): string {
  const bits = (family === 6 ? 128 : 32) - Number(cidr.split('/')[1]);
  if (cidr.endsWith('/0')) return `Matches any IPv${family} source.`;
  if (bits === 0) return 'Matches this address alone.';
  const [first, last] =
    family === 6
      ? [ipaddr.IPv6.networkAddressFromCIDR(cidr), ipaddr.IPv6.broadcastAddressFromCIDR(cidr)]
      : [ipaddr.IPv4.networkAddressFromCIDR(cidr), ipaddr.IPv4.broadcastAddressFromCIDR(cidr)];
  const range = `${first.toString()} – ${last.toString()}`;
  // A count of IPv6 addresses tells nobody anything.
  return family === 6 ? `Matches ${range}.` : `Matches ${range}, ${formatWhole(2 ** bits)} addresses.`;
}
