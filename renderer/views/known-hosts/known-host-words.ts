import type { KnownHostKey, KnownHostLine, TypedFingerprint } from '../../../preload/contract/known-hosts.ts';

/** Which lines are shown. */
export type LineFilter = 'all' | 'own' | 'others';

const types: ReadonlyMap<string, string> = new Map([
  ['ssh-ed25519', 'ed25519'],
  ['ecdsa-sha2-nistp256', 'ECDSA P-256'],
  ['ecdsa-sha2-nistp384', 'ECDSA P-384'],
  ['ecdsa-sha2-nistp521', 'ECDSA P-521'],
]);

/** "ed25519", "RSA 3072": a key's type as people say it. */
export function typeWord({ keyType, bits }: Pick<KnownHostKey, 'keyType' | 'bits'>): string {
  if (keyType === 'ssh-rsa') return bits === null ? 'RSA' : `RSA ${bits}`;
  return types.get(keyType) ?? keyType;
}

/** What stands in the frame of a key's picture: "ED25519 256". */
export function artTitle({ keyType, bits }: Pick<KnownHostKey, 'keyType' | 'bits'>): string {
  if (keyType === 'ssh-rsa') return `RSA ${bits ?? ''}`.trim();
  if (keyType === 'ssh-ed25519') return 'ED25519 256';
  const curve = /nistp(\d+)/.exec(keyType)?.[1];
  return curve === undefined ? keyType.slice(0, 12) : `ECDSA ${curve}`;
}

/** The hosts of a line in its row: their names, or of a hashed one the instance's address where it is known. */
export function hostsWord({ hosts, instances }: Pick<KnownHostKey, 'hosts' | 'instances'>): string {
  if (hosts !== null) return hosts.join(', ');
  const names = [...new Set(instances.map(({ name }) => name))];
  return names.length === 0 ? 'hashed' : `${names.join(', ')} (hashed)`;
}

/** The file of a line; the app's own by its owner. */
export function fileWord({ path, isOwn }: KnownHostLine): string {
  return isOwn ? 'This app' : path;
}

/** "~/.ssh/known_hosts, line 12". */
export function placeWord(line: KnownHostLine): string {
  return `${fileWord(line)}, line ${line.lineNumber}`;
}

/** The lines of a filter that have all words, in small letters, in what is shown of them. */
export function shownLines(
  lines: readonly KnownHostLine[],
  filter: LineFilter,
  words: readonly string[],
  nameOf: (instanceId: string) => string | null,
): readonly KnownHostLine[] {
  return lines.filter((line) => {
    if (filter !== 'all' && (filter === 'own') !== line.isOwn) return false;
    const text = words.length === 0 ? '' : searchedText(line, nameOf).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function searchedText(line: KnownHostLine, nameOf: (instanceId: string) => string | null): string {
  if (line.kind === 'unreadable') return `${line.text} ${line.reason} ${line.path}`;
  const names = line.instances.map(({ id }) => nameOf(id) ?? '');
  return [
    hostsWord(line),
    line.marker ?? '',
    typeWord(line),
    line.keyType,
    line.fingerprint,
    line.md5,
    placeWord(line),
    line.path,
    ...names,
  ].join(' ');
}

/** The keys that are among fingerprints. */
export function keysAmong(
  lines: readonly KnownHostLine[],
  fingerprints: readonly TypedFingerprint[],
): readonly KnownHostKey[] {
  const wanted = new Set(fingerprints);
  return lines.filter(
    (line): line is KnownHostKey =>
      line.kind === 'key' && (wanted.has(line.fingerprint) || wanted.has(line.md5)),
  );
}

/** How a line of a file that the app does not change is removed: a command, or the place alone. */
export function removalCommand(line: KnownHostLine): string | null {
  // ssh-keygen -R leaves lines with a marker, and cannot be asked for a pattern or a name that is not known.
  if (line.kind === 'unreadable' || line.marker !== null) return null;
  const [name] = line.hosts ?? line.instances.map((instance) => instance.name);
  return name === undefined || !/^[\w.:[\]-]+$/.test(name) ? null : `ssh-keygen -R '${name}' -f ${line.path}`;
}
