import ipaddr from 'ipaddr.js';
import { isAddress, isIpv4 } from './host.ts';

/** The longest address is an IPv6 one with an IPv4 tail; nothing longer is parsed. */
const longest = 64;
const prefixAtEnd = /^([^/]+)\/(\d{1,3})$/;
/** Mapped IPv4 begins behind 96 bits (RFC 4291, section 2.5.5.2). */
const mappedBits = 96;

/**
 * The one form of an address (RFC 5952 for IPv6; IPv4 inside IPv6 is IPv4), so that two spellings of one compare equal.
 * Takes it in brackets, and with a prefix behind it, which is left out. Null for all else: what this gives holds nothing
 * but digits, `a` to `f`, dots and colons.
 */
export function canonicalAddress(text: string): string | null {
  if (isIpv4(text)) return text;
  const { bare, bits } = partsOf(text);
  const address = addressOf(bare.replace(/^\[(.*)\]$/, '$1'));
  if (address === null || (bits !== null && bits > sizeOf(address))) return null;
  return address.toString();
}

/** Whether others on the internet may reach a canonical address: not one of a private network, of a link or of this machine. */
export function isReachable(address: string): boolean {
  const range = ipaddr.process(address).range();
  return !['private', 'uniqueLocal', 'linkLocal', 'loopback', 'carrierGradeNat', 'unspecified'].includes(
    range,
  );
}

/**
 * What a firewall's source really matches: an address, or a network without host bits. Every `/0` is everybody, as is a
 * word for it; everybody is written for `family`, where the text names none. Null where it cannot be read.
 */
export function canonicalNetwork(text: string, family: 4 | 6): string | null {
  const everybody = family === 6 ? '::/0' : '0.0.0.0/0';
  if (/^\s*(?:any|all|anywhere|everyone|everybody|\*|0\/0)\s*$/i.test(text)) return everybody;
  const { bare, bits } = partsOf(text);
  if (bits === null) return canonicalAddress(text);
  const raw = isAddress(bare) && !isIpv4(bare) ? ipaddr.IPv6.parse(bare) : null;
  const isMapped = raw?.isIPv4MappedAddress() ?? false;
  // A mapped network reaches into IPv4 by the bits behind the first 96.
  const address = isMapped && bits >= mappedBits ? (raw?.toIPv4Address() ?? null) : (raw ?? addressOf(bare));
  if (address === null) return null;
  const prefix = isMapped && bits >= mappedBits ? bits - mappedBits : bits;
  const size = sizeOf(address);
  if (prefix > size) return null;
  const kind = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  const network = kind.networkAddressFromCIDR(`${address.toNormalizedString()}/${prefix}`);
  return `${network.toString()}/${prefix}`;
}

const hostLabel = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const hostNamePattern = new RegExp(`^${hostLabel}(?:\\.${hostLabel})*$`);
/** RFC 1035, section 2.3.4, in the text's form. */
const hostNameLimit = 253;

/**
 * A host name in its one form: lower case, international names in ASCII (IDNA), no dot at the end. Labels are letters,
 * digits, hyphens inside (RFC 952, RFC 1123), and the underscore, which resolvers and programs take. Null for all else:
 * what this gives can stand in a command or a configuration file as it is.
 */
export function canonicalHostName(text: string): string | null {
  const name = text.toLowerCase();
  if (name.length <= hostNameLimit && hostNamePattern.test(name)) return name;
  const bare = name.trim().replace(/\.$/, '');
  const ascii = /[^\0-\x7f]/.test(bare) ? inAscii(bare) : bare;
  return ascii.length <= hostNameLimit && hostNamePattern.test(ascii) ? ascii : null;
}

/** The same for a wildcard too: `*.` in front of a host name. */
export function canonicalHostPattern(text: string): string | null {
  const [, below] = /^\s*\*\.(.+)$/.exec(text) ?? [];
  if (below === undefined) return canonicalHostName(text);
  const name = canonicalHostName(below);
  return name === null || name.length + 2 > hostNameLimit ? null : `*.${name}`;
}

/** By the URL parser, which knows IDNA; it is given nothing that could be another part of a URL. */
function inAscii(name: string): string {
  if (/[\s/\\?#@:%[\]<>^|`{}"]/.test(name) || !URL.canParse(`http://${name}`)) return '';
  return new URL(`http://${name}`).hostname;
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function partsOf(text: string): { readonly bare: string; readonly bits: number | null } {
  const trimmed = text.trim();
  if (trimmed.length > longest) return { bare: '', bits: null };
  const [, bare = trimmed, bits] = prefixAtEnd.exec(trimmed) ?? [];
  return { bare, bits: bits === undefined ? null : Number(bits) };
}

/** What is an address is decided by `isAddress`; its form and its networks are worked out here. */
function addressOf(text: string): Address | null {
  if (isIpv4(text)) return ipaddr.IPv4.parse(text);
  if (!isAddress(text)) return null;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

function sizeOf(address: Address): number {
  return address.kind() === 'ipv4' ? 32 : 128;
}
