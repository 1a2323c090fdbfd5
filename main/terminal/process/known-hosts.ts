import { createHmac } from 'node:crypto';
import { hostKeyTypes } from './algorithms.ts';
import { offeredKey } from './auth/offered-key.ts';
import { hostListMatches } from './patterns.ts';

/** One line of a known_hosts file, as sshd(8) describes it. */
export interface KnownHostsLine {
  readonly marker: '@revoked' | '@cert-authority' | null;
  readonly hosts: string;
  readonly keyType: string;
  readonly key: string;
}

/** A line with the place where it stands, so that the user can find it. */
export interface KnownHost extends KnownHostsLine {
  readonly path: string;
  /** The app may change the file. */
  readonly own: boolean;
  readonly lineNumber: number;
}

/** What known_hosts says about the key that a server has shown. */
export type HostKeyVerdict =
  | { readonly kind: 'trusted' }
  /** `isKnownOnPort22`: the same key is trusted for the host without its port. */
  | { readonly kind: 'unknown'; readonly isKnownOnPort22: boolean }
  | { readonly kind: 'changed'; readonly known: KnownHost }
  | { readonly kind: 'revoked' };

export interface HostAddress {
  readonly host: string;
  readonly port: number;
}

/** `host`, or `[host]:port` where the port is not 22: the name under which OpenSSH files a host. */
export function hostToken({ host, port }: HostAddress): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

/** The type that a public key in wire format names first. */
export function keyTypeOf(key: Buffer): string {
  const length = key.length < 4 ? 0 : key.readUInt32BE(0);
  return key.toString('latin1', 4, 4 + Math.min(length, 64));
}

/** The line that trusts a key, as OpenSSH reads it. Throws for a name that would be read as a pattern or more. */
export function knownHostsLine(address: HostAddress, key: Buffer): string {
  if (!/^[\p{L}\p{N}.:_-]+$/u.test(address.host)) throw new RangeError('not a host name');
  return `${hostToken(address)} ${keyTypeOf(key)} ${key.toString('base64')}`;
}

/** Reads a file's text. Lines that are no entries (comments, broken ones) are passed over, as OpenSSH does. */
export function parseKnownHosts(text: string, path: string, own = true): KnownHost[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const entry = parseLine(line);
    return entry === null ? [] : [{ ...entry, path, own, lineNumber: index + 1 }];
  });
}

/**
 * The file without the lines that name the host, its trusted keys and no others: revoked ones stay. All other bytes
 * stay as they are, also where they are no UTF-8.
 */
export function withoutHost(file: Buffer, address: HostAddress): Buffer {
  const token = hostToken(address);
  const rest = file
    .toString('latin1')
    .split('\n')
    .filter((line) => {
      const entry = parseLine(Buffer.from(line, 'latin1').toString('utf8'));
      return entry?.marker !== null || !hostsMatch(entry.hosts, token);
    })
    .join('\n');
  return Buffer.from(rest, 'latin1');
}

/** The types of the keys that are trusted for a host, as far as a server can be asked for them. */
export function knownKeyTypes(entries: readonly KnownHost[], address: HostAddress): string[] {
  return [...new Set(trusted(entries, address).map((entry) => entry.keyType))];
}

/**
 * Judges the key that a server shows. A host that is known by keys of other types only counts as changed:
 * its known types are asked for first (`algorithmsFor`), so the server no longer has them, and whoever sits in
 * between must not get a mere question by showing another type. A key is revoked for a host with and without its
 * port, as OpenSSH has it.
 */
export function judgeHostKey(
  entries: readonly KnownHost[],
  address: HostAddress,
  key: Buffer,
): HostKeyVerdict {
  const withoutPort = { ...address, port: 22 };
  const shown = key.toString('base64');
  const names = [hostToken(address), hostToken(withoutPort)];
  const revoked = entries.some(
    (entry) =>
      entry.marker === '@revoked' &&
      entry.key === shown &&
      names.some((name) => hostsMatch(entry.hosts, name)),
  );
  if (revoked) return { kind: 'revoked' };
  const known = trusted(entries, address);
  if (known.some((entry) => entry.key === shown)) return { kind: 'trusted' };
  const sameType = known.find((entry) => entry.keyType === keyTypeOf(key));
  const other = sameType ?? known[0];
  if (other !== undefined) return { kind: 'changed', known: other };
  const isKnownOnPort22 =
    address.port !== 22 && trusted(entries, withoutPort).some((entry) => entry.key === shown);
  return { kind: 'unknown', isKnownOnPort22 };
}

/** Whether known_hosts trusts a certificate authority for a host. Its certificates are not checked: ssh2 knows none. */
export function hasCertAuthority(entries: readonly KnownHost[], address: HostAddress): boolean {
  const token = hostToken(address);
  return entries.some((entry) => entry.marker === '@cert-authority' && hostsMatch(entry.hosts, token));
}

function trusted(entries: readonly KnownHost[], address: HostAddress): KnownHost[] {
  const token = hostToken(address);
  return entries.filter(
    (entry) =>
      entry.marker === null && hostKeyTypes.includes(entry.keyType) && hostsMatch(entry.hosts, token),
  );
}

/**
 * A line counts as OpenSSH counts it: its key is whole, of a type that is in use, and of the one that the line names.
 * Others, as those of SSH 1 and DSA, are passed over.
 */
export function parseLine(line: string): KnownHostsLine | null {
  const fields = line.replace(/^[ \t]+|[ \t\r]+$/g, '').split(/[ \t]+/);
  const first = fields[0] ?? '';
  if (first === '' || first.startsWith('#')) return null;
  const marker = first === '@revoked' || first === '@cert-authority' ? first : null;
  if (marker === null && first.startsWith('@')) return null;
  const [hosts, named, base64] = marker === null ? fields : fields.slice(1);
  if (hosts === undefined || named === undefined || base64 === undefined) return null;
  const key = strictBase64(base64);
  if (key === null) return null;
  const keyType = offeredKey(key, '')?.type;
  // An RSA key may be filed under the name of its signature (RFC 8332).
  const isNamed = named === keyType || (keyType === 'ssh-rsa' && /^rsa-sha2-(?:256|512)$/.test(named));
  return keyType === undefined || !isNamed ? null : { marker, hosts, keyType, key: base64 };
}

/** Whether the hosts of a line, hashed or not, are a host's name as OpenSSH files it. */
export function hostsMatch(hosts: string, token: string): boolean {
  return hosts.startsWith('|') ? hashMatches(hosts, token) : hostListMatches(hosts.split(','), token);
}

function hashMatches(hosts: string, token: string): boolean {
  return hashedName(hosts)?.(token) ?? false;
}

/**
 * Tells whether a name is the one in `|1|salt|hash`: HMAC-SHA1 of the name with the salt, which is as long as the hash, as
 * key. Null for what is no such hash.
 */
export function hashedName(hosts: string): ((token: string) => boolean) | null {
  const [, salt = '', hash] = /^\|1\|([^|]+)\|(.*)$/s.exec(hosts) ?? [];
  const key = strictBase64(salt);
  if (key?.length !== 20) return null;
  return (token) => createHmac('sha1', key).update(token).digest('base64') === hash;
}

/** The bytes of a text that is base64 to its end, padding included; null for any other. */
export function strictBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
