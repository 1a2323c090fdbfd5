import { createPrivateKey, getCiphers } from 'node:crypto';
import ssh2, { type ParsedKey } from 'ssh2';
import { offeredKey, offeredKeyOfLine, plainTypeOf, type OfferedKey } from './offered-key.ts';
import { openOfObject, openOfSsh2, type OpenKey } from './open-key.ts';
import { asPkcs8Version1, derOfPem, kindOfDer, pemEncryption, type DerLayout } from './pem-key.ts';
import { WireReader } from './wire.ts';

/** What the text of a key file holds. */
export type KeyText =
  | { readonly kind: 'none' }
  /** A public key or a certificate alone. */
  | { readonly kind: 'public'; readonly key: OfferedKey }
  | OpenKey
  /** `key` is null where the public half is locked too. */
  | { readonly kind: 'locked'; readonly key: OfferedKey | null; readonly unlock: Unlock }
  | UnusableText;

/** A private key that this app cannot use; its public half where it can be read. */
export interface UnusableText {
  readonly kind: 'unusable';
  readonly key: OfferedKey | null;
  /** Why, to be read after the file's name, and what to do. `path` is how the file is called there. */
  readonly problem: (path: string) => string;
}

/** Tries a passphrase. An error that is not about the passphrase is never called a wrong one. */
export type Unlock = (passphrase: string) => OpenKey | UnusableText | 'wrong-passphrase';

const openSshMagic = 'openssh-key-v1\0';
/** Ciphers of OpenSSH's format that ssh2 reads, by their name in OpenSSL. */
const openSshCiphers: ReadonlyMap<string, string> = new Map([
  ['aes128-ctr', 'aes-128-ctr'],
  ['aes192-ctr', 'aes-192-ctr'],
  ['aes256-ctr', 'aes-256-ctr'],
  ['aes128-cbc', 'aes-128-cbc'],
  ['aes192-cbc', 'aes-192-cbc'],
  ['aes256-cbc', 'aes-256-cbc'],
  ['aes128-gcm@openssh.com', 'aes-128-gcm'],
  ['aes256-gcm@openssh.com', 'aes-256-gcm'],
  ['3des-cbc', 'des-ede3-cbc'],
]);

const changeCipher = (what: string) => (path: string) =>
  `is encrypted with ${what}, which this app cannot read. Encrypt it again: ssh-keygen -p -f ${quoted(path)}`;
const exportFrom = (format: string) => (path: string) =>
  `is in ${format}’s format, which this app cannot read. Export it: puttygen ${quoted(path)} -O private-openssh -o NEW`;
const exportFromPutty = exportFrom('PuTTY');
const noKindOfSsh = (kind: string) => (): string =>
  `contains a key of a kind (${kind}) that this app cannot sign in with`;
const damaged = (): string => 'is damaged: it begins as a private key, and the rest of it cannot be read';

/** Reads the text of a key file, of each format that ssh-keygen and PuTTY write. */
export function readKeyText(text: string): KeyText {
  const openSsh = block(text, 'OPENSSH PRIVATE KEY');
  if (openSsh !== null) return readOpenSsh(openSsh);
  if (/^PuTTY-User-Key-File-\d/m.test(text)) return readPutty(text);
  const pkcs8 = block(text, 'ENCRYPTED PRIVATE KEY') ?? block(text, 'PRIVATE KEY');
  if (pkcs8 !== null) return readPem(pkcs8, 'pkcs8');
  const rsa = block(text, 'RSA PRIVATE KEY');
  if (rsa !== null) return readPem(rsa, 'pkcs1');
  const ec = block(text, 'EC PRIVATE KEY');
  if (ec !== null) return readPem(ec, 'sec1');
  if (block(text, 'DSA PRIVATE KEY') !== null) return unusable(null, noKindOfSsh('DSA'));
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) return unusable(null, damaged);
  if (/^---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----/m.test(text)) return unusable(null, exportFrom('SSH.com'));
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  const key = lines.length === 1 ? offeredKeyOfLine(lines[0] ?? '') : null;
  return key === null ? { kind: 'none' } : { kind: 'public', key };
}

/** The armoured block of a PEM-like text, its marks included, in plain lines; what stands around it does not count. */
function block(text: string, name: string): string | null {
  const found = new RegExp(`-----BEGIN ${name}-----[\\s\\S]+?-----END ${name}-----`).exec(text)?.[0];
  if (found === undefined) return null;
  const lines = found.split(/[\r\n]+/).map((line) => line.trim());
  return lines.join('\n');
}

/** PROTOCOL.key of OpenSSH: magic, cipher, kdf, kdf options, number of keys, public key. */
function readOpenSsh(armoured: string): KeyText {
  let cipher: string;
  let blob: Buffer;
  try {
    const data = Buffer.from(armoured.replaceAll(/-----[^-]+-----/g, ''), 'base64');
    if (data.toString('latin1', 0, openSshMagic.length) !== openSshMagic) return unusable(null, damaged);
    const reader = new WireReader(data.subarray(openSshMagic.length));
    cipher = reader.string().toString('latin1');
    reader.string();
    reader.string();
    reader.uint32();
    blob = Buffer.from(reader.string());
  } catch {
    return unusable(null, damaged);
  }
  const key = offeredKey(blob, '');
  const type = typeOf(blob);
  if (plainTypeOf(type).startsWith('sk-'))
    return unusable(
      key,
      (path) =>
        `belongs to a security key, which this app can use by an SSH agent only: ssh-add ${quoted(path)}`,
    );
  if (key === null) return unusable(null, noKindOfSsh(type));
  const sslCipher = openSshCiphers.get(cipher);
  if (cipher === 'none') return openSsh2(armoured, undefined, key) ?? unusable(key, damaged);
  if (sslCipher === undefined || !getCiphers().includes(sslCipher))
    return unusable(key, changeCipher(cipher));
  return {
    kind: 'locked',
    key,
    unlock: (passphrase) => {
      // bcrypt takes no empty one: ssh2 calls it an error of the file.
      if (passphrase === '') return 'wrong-passphrase';
      const opened = parsedBySsh2(armoured, passphrase);
      if (!(opened instanceof Error)) return openOfSsh2(opened, key);
      return /passphrase|integrity|authenticate|bad decrypt/i.test(opened.message)
        ? 'wrong-passphrase'
        : unusable(key, damaged);
    },
  };
}

/**
 * PEM of OpenSSL: PKCS#8, and what came before it. Its whole content is encrypted, the public half and the kind of key
 * too.
 */
function readPem(pem: string, layout: DerLayout): KeyText {
  const encryption = pemEncryption(pem);
  if (encryption.kind === 'none') return openOfDer(derOfPem(pem), layout);
  if (encryption.kind === 'damaged') return unusable(null, damaged);
  if (encryption.kind === 'unknown') return unusable(null, changeCipher(encryption.method));
  return {
    kind: 'locked',
    key: null,
    unlock: (passphrase) => {
      const der = encryption.decrypt(passphrase);
      return der === null ? 'wrong-passphrase' : openOfDer(der, layout);
    },
  };
}

/** Version 2 with an RSA key is read by ssh2. The public half of every version stands in the clear. */
function readPutty(text: string): KeyText {
  const lines = text.split(/\r?\n/);
  const header = (name: string): string =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
  const first = lines.findIndex((line) => line.startsWith('Public-Lines: '));
  const base64 = lines.slice(first + 1, first + 1 + Number(header('Public-Lines'))).join('');
  const key = offeredKey(Buffer.from(base64, 'base64'), header('Comment'));
  const type = /^PuTTY-User-Key-File-\d: *(\S+)/m.exec(text)?.[1] ?? '';
  if (key === null && /^ssh-(?:dss|ed448)$/.test(type)) return unusable(null, noKindOfSsh(type));
  const isRead = text.startsWith('PuTTY-User-Key-File-2: ssh-rsa') && key !== null;
  if (!isRead) return unusable(key, exportFromPutty);
  if (header('Encryption') === 'none') return openSsh2(text, undefined, key) ?? unusable(key, damaged);
  if (header('Encryption') !== 'aes256-cbc') return unusable(key, exportFromPutty);
  return {
    kind: 'locked',
    key,
    unlock: (passphrase) => {
      const opened = parsedBySsh2(text, passphrase);
      if (!(opened instanceof Error)) return openOfSsh2(opened, key);
      return /integrity/i.test(opened.message) ? 'wrong-passphrase' : unusable(key, damaged);
    },
  };
}

function openSsh2(text: string, passphrase: string | undefined, key: OfferedKey): OpenKey | null {
  const parsed = parsedBySsh2(text, passphrase);
  return parsed instanceof Error ? null : openOfSsh2(parsed, key);
}

function parsedBySsh2(text: string, passphrase: string | undefined): ParsedKey | Error {
  try {
    const parsed: unknown = ssh2.utils.parseKey(text, passphrase);
    const key: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
    if (key instanceof Error) return key;
    const isPrivate = typeof key === 'object' && key !== null && 'isPrivateKey' in key;
    return isPrivate && (key as ParsedKey).isPrivateKey() ? (key as ParsedKey) : new Error('no private key');
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function openOfDer(der: Buffer, layout: DerLayout): OpenKey | UnusableText {
  const kind = kindOfDer(der, layout);
  if (kind?.isOfSsh === false) return unusable(null, noKindOfSsh(kind.name));
  try {
    const key = layout === 'pkcs8' ? asPkcs8Version1(der) : der;
    const open = openOfObject(createPrivateKey({ key, format: 'der', type: layout }));
    if (open !== null) return open;
  } catch {
    // The runtime does not have this curve, or the key is damaged: its own identifiers tell which.
  }
  return unusable(null, kind?.isOfSsh === null ? noKindOfSsh(kind.name) : damaged);
}

function typeOf(blob: Buffer): string {
  try {
    return new WireReader(blob).string().toString('latin1').slice(0, 64);
  } catch {
    return 'unknown';
  }
}

function unusable(key: OfferedKey | null, problem: (path: string) => string): UnusableText {
  return { kind: 'unusable', key, problem };
}

/** The path as a word of a shell, which takes a `~` for the home folder only where it stands outside of quotes. */
function quoted(path: string): string {
  if (/^[\w@%+=:,./~-]+$/.test(path)) return path;
  const home = path.startsWith('~/') ? '~/' : '';
  return `${home}'${path.slice(home.length).replaceAll("'", String.raw`'\''`)}'`;
}
