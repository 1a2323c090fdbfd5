import { isIPv4, isIPv6 } from 'node:net';

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * One form for each address, so that two spellings of one compare equal; null where the text is none. Takes a
 * `/32` or `/128` behind it, and IPv4 inside IPv6.
 */
export function canonicalAddress(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^\[|\]$/g, '')
    .replace(/\/(32|128)$/, '');
  const inner = mapped.exec(bare)?.[1] ?? bare;
  if (isIPv4(inner)) return inner;
  // The URL parser writes an IPv6 address in its one short form; it takes no zone.
  if (!isIPv6(inner) || inner.includes('%')) return null;
  return new URL(`http://[${inner}]`).hostname.slice(1, -1);
}
