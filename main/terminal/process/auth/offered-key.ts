import ssh2, { type ParsedKey } from 'ssh2';
import { sshFingerprint } from '../../../ssh/index.ts';
import { WireReader, wireString } from './wire.ts';

/** The public side of a key that can be offered to a server. */
export interface OfferedKey {
  /** As its bytes name it, `ssh-ed25519` or `ssh-ed25519-cert-v01@openssh.com`. */
  readonly type: string;
  /** What the server is given, in wire format: the key, or its certificate. */
  readonly blob: Buffer;
  /** The plain key, also for a certificate. */
  readonly plainBlob: Buffer;
  /** `SHA256:…` of the plain key, also for a certificate, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  readonly comment: string;
}

const certificateEnd = '-cert-v01@openssh.com';

/** How many fields of a certificate, after its nonce, are the plain key (PROTOCOL.certkeys of OpenSSH). */
const keyFields: ReadonlyMap<string, number> = new Map([
  ['ssh-ed25519', 1],
  ['ssh-rsa', 2],
  ['ecdsa-sha2-nistp256', 2],
  ['ecdsa-sha2-nistp384', 2],
  ['ecdsa-sha2-nistp521', 2],
  ['sk-ssh-ed25519@openssh.com', 2],
  ['sk-ecdsa-sha2-nistp256@openssh.com', 3],
]);

/**
 * Reads a public key or a certificate in wire format. Null for a kind that cannot be offered: DSA, and whatever is
 * not known here.
 */
export function offeredKey(blob: Buffer, comment: string): OfferedKey | null {
  try {
    const reader = new WireReader(blob);
    const type = reader.string().toString('latin1');
    const plainType = plainTypeOf(type);
    const fieldCount = keyFields.get(plainType);
    if (fieldCount === undefined) return null;
    if (plainType !== type) reader.string();
    const fields: (Buffer | string)[] = [plainType];
    while (fields.length <= fieldCount) fields.push(reader.string());
    const plain = Buffer.concat(fields.map(wireString));
    if (plainType === type && !reader.isAtEnd) return null;
    return { type, blob, plainBlob: plain, fingerprint: sshFingerprint(plain), comment };
  } catch {
    return null;
  }
}

/** Reads a line `type base64 comment`; null where it is none, or of a kind that cannot be offered. */
export function offeredKeyOfLine(line: string): OfferedKey | null {
  const [, type, base64 = '', comment = ''] =
    /^(\S+)[ \t]+([A-Za-z0-9+/]+=*)(?:[ \t]+(.*))?$/.exec(line.trim()) ?? [];
  const key = offeredKey(Buffer.from(base64, 'base64'), comment);
  return key?.type === type ? key : null;
}

/** The name of the plain key's type where this is a certificate's; else the name itself. */
export function plainTypeOf(type: string): string {
  if (!type.endsWith(certificateEnd)) return type;
  const base = type.slice(0, -certificateEnd.length);
  return base.startsWith('sk-') ? `${base}@openssh.com` : base;
}

/**
 * What signs for a key: `hash` is set for RSA alone, whose keys sign by SHA-2 (RFC 8332). Null where the server, by
 * its own list, takes none of it.
 */
export function signingAlgorithm(
  type: string,
  serverTakes: readonly string[] | null,
): { readonly name: string; readonly hash: 'sha256' | 'sha512' | undefined } | null {
  if (plainTypeOf(type) !== 'ssh-rsa') return { name: type, hash: undefined };
  const end = type === 'ssh-rsa' ? '' : certificateEnd;
  const hash = (['sha512', 'sha256'] as const).find(
    (name) => serverTakes === null || serverTakes.includes(rsaName(name)),
  );
  return hash === undefined ? null : { name: `${rsaName(hash)}${end}`, hash };
}

/** RFC 8332's name of a signature by an RSA key. */
export function rsaName(hash: 'sha256' | 'sha512'): string {
  return hash === 'sha512' ? 'rsa-sha2-512' : 'rsa-sha2-256';
}

/**
 * A key of any kind by which ssh2 asks a server whether it would do. ssh2 has no certificates and no security keys,
 * but of what is offered it only looks at the name and the bytes.
 */
export function ssh2Key(name: string, blob: Buffer): ParsedKey {
  const like: unknown = ssh2.utils.parseKey(anyKey);
  if (typeof like !== 'object' || like === null || !('getPublicSSH' in like))
    throw new Error('ssh2 no longer reads an ed25519 key');
  return Object.create(like, {
    type: { value: name },
    getPublicSSH: { value: () => blob },
  }) as ParsedKey;
}

/** Of this key only ssh2's own mark that it has parsed it is used. */
const anyKey = `ssh-ed25519 ${Buffer.concat(['ssh-ed25519', Buffer.alloc(32, 1)].map(wireString)).toString('base64')}`;
