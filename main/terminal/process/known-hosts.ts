import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** One line of a known_hosts file, as sshd(8) describes it. */
interface KnownHostsLine {
  readonly marker: '@revoked' | '@cert-authority' | null;
  readonly hosts: string;
  readonly keyType: string;
  readonly key: string;
}

/** A line with the place where it stands, so that a person can find it. */
export interface KnownHost extends KnownHostsLine {
  readonly path: string;
  /** The app may change the file. */
  readonly own: boolean;
  readonly lineNumber: number;
}

/** What known_hosts says about the key that a server has shown. */
export type HostKeyVerdict =
  | { readonly kind: 'trusted' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'changed'; readonly known: KnownHost }
  | { readonly kind: 'revoked' };

export interface HostAddress {
  readonly host: string;
  readonly port: number;
}

/** `host`, or `[host]:port` where the port is not 22: the name under which OpenSSH files a host. */
function hostToken({ host, port }: HostAddress): string {
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

/** `SHA256:…` of a public key in SSH's wire format, as OpenSSH prints it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
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

/** The text without the lines that name the host, its trusted keys and no others: revoked ones stay. */
export function withoutHost(text: string, address: HostAddress): string {
  const token = hostToken(address);
  return text
    .split('\n')
    .filter((line) => {
      const entry = parseLine(line);
      return entry?.marker !== null || !hostsMatch(entry.hosts, token);
    })
    .join('\n');
}

/** The types of the keys that are trusted for a host. */
export function knownKeyTypes(entries: readonly KnownHost[], address: HostAddress): string[] {
  return [...new Set(trusted(entries, address).map((entry) => entry.keyType))];
}

/**
 * Judges the key that a server shows. A host that is known by keys of other types only counts as changed:
 * its known types are asked for first (`algorithmsFor`), so the server no longer has them, and whoever sits in
 * between must not get a mere question by showing another type.
 */
export function judgeHostKey(
  entries: readonly KnownHost[],
  address: HostAddress,
  key: Buffer,
): HostKeyVerdict {
  const token = hostToken(address);
  const shown = key.toString('base64');
  const revoked = entries.some(
    (entry) => entry.marker === '@revoked' && entry.key === shown && hostsMatch(entry.hosts, token),
  );
  if (revoked) return { kind: 'revoked' };
  const known = trusted(entries, address);
  if (known.some((entry) => entry.key === shown)) return { kind: 'trusted' };
  const sameType = known.find((entry) => entry.keyType === keyTypeOf(key));
  const other = sameType ?? known[0];
  return other === undefined ? { kind: 'unknown' } : { kind: 'changed', known: other };
}

function trusted(entries: readonly KnownHost[], address: HostAddress): KnownHost[] {
  const token = hostToken(address);
  return entries.filter((entry) => entry.marker === null && hostsMatch(entry.hosts, token));
}

function parseLine(line: string): KnownHostsLine | null {
  const fields = line.trim().split(/[ \t]+/);
  const first = fields[0] ?? '';
  if (first === '' || first.startsWith('#')) return null;
  const marker = first === '@revoked' || first === '@cert-authority' ? first : null;
  if (marker === null && first.startsWith('@')) return null;
  const [hosts, keyType, key] = marker === null ? fields : fields.slice(1);
  if (hosts === undefined || keyType === undefined || key === undefined) return null;
  return { marker, hosts, keyType, key: Buffer.from(key, 'base64').toString('base64') };
}

function hostsMatch(hosts: string, token: string): boolean {
  if (hosts.startsWith('|')) return hashMatches(hosts, token);
  let matched = false;
  for (const pattern of hosts.toLowerCase().split(',')) {
    if (pattern.startsWith('!')) {
      if (wildcard(pattern.slice(1)).test(token)) return false;
    } else if (wildcard(pattern).test(token)) {
      matched = true;
    }
  }
  return matched;
}

/** `|1|salt|hash`: HMAC-SHA1 of the host's name with the salt as key. */
function hashMatches(hosts: string, token: string): boolean {
  const [, version, salt, hash] = hosts.split('|');
  if (version !== '1' || salt === undefined || hash === undefined) return false;
  const expected = Buffer.from(hash, 'base64');
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(token).digest();
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function wildcard(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`);
}
