import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2, { type ParsedKey } from 'ssh2';
import { fingerprintOf } from '../known-hosts.ts';
import type { KeyOffer } from './key-offer.ts';

/** A passphrase to try, and what to do when it is the right one. */
interface Passphrase {
  readonly text: string;
  readonly onRight: () => void;
}

/** Asks for a key file's passphrase, once more after a wrong one; null when the person would rather not. */
export type AskPassphrase = () => Promise<Passphrase | null>;

/** Why a key file cannot be offered, as part of a sentence. */
export interface UnusableKey {
  readonly path: string;
  readonly problem: string;
}

const usualNames = ['id_ed25519', 'id_ecdsa', 'id_rsa'];
const openSshMagic = Buffer.from('openssh-key-v1\0', 'latin1');

/** The key files that OpenSSH would try by itself and that ssh2 can read. */
export function usualKeyFiles(home: string): string[] {
  return usualNames.map((name) => join(home, '.ssh', name));
}

/**
 * Reads a key file. An encrypted key is offered by its public half, which OpenSSH's format keeps in the clear;
 * the passphrase is asked for only when the server takes the key. Answers null where there is no file.
 */
export async function keyFileOffer(path: string, ask: AskPassphrase): Promise<KeyOffer | UnusableKey | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    return { path, problem: 'cannot be read' };
  }
  const key = parsePrivateKey(text, undefined);
  if (key !== 'encrypted' && key !== 'broken') return offerOf(key, () => Promise.resolve(key));
  if (key === 'broken') return { path, problem: 'is no private key that this app can read' };
  const unlock = (): Promise<ParsedKey> => unlockKey(text, ask);
  const publicKey = publicHalf(text) ?? (await publicKeyBeside(path));
  if (publicKey !== null) return offerOf(publicKey, unlock);
  // The older PEM format hides the public half too.
  return unlock().then(
    (unlocked) => offerOf(unlocked, () => Promise.resolve(unlocked)),
    () => ({ path, problem: 'stayed locked' }),
  );
}

function offerOf(publicKey: ParsedKey, privateKey: () => Promise<ParsedKey>): KeyOffer {
  return {
    publicKey,
    fingerprint: fingerprintOf(publicKey.getPublicSSH()),
    sign: async (data, hash) => {
      const key = await privateKey();
      const signature: unknown = key.sign(data, hash);
      if (Buffer.isBuffer(signature)) return signature;
      throw signature instanceof Error ? signature : new Error('The key could not sign');
    },
  };
}

async function unlockKey(text: string, ask: AskPassphrase): Promise<ParsedKey> {
  for (;;) {
    const passphrase = await ask();
    if (passphrase === null) throw new Error('No passphrase was given');
    const key = parsePrivateKey(text, passphrase.text);
    if (key === 'encrypted' || key === 'broken') continue;
    passphrase.onRight();
    return key;
  }
}

/** ssh2 answers with an error for some files and throws for others; both are one here. */
function parsePrivateKey(text: string, passphrase: string | undefined): ParsedKey | 'encrypted' | 'broken' {
  try {
    const parsed: unknown = ssh2.utils.parseKey(text, passphrase);
    const key: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
    if (isParsedKey(key)) return key.isPrivateKey() ? key : 'broken';
    if (passphrase !== undefined) return 'encrypted';
    return key instanceof Error && /passphrase/i.test(key.message) ? 'encrypted' : 'broken';
  } catch {
    return passphrase === undefined ? 'broken' : 'encrypted';
  }
}

function isParsedKey(value: unknown): value is ParsedKey {
  return typeof value === 'object' && value !== null && 'getPublicSSH' in value;
}

/** PROTOCOL.key of OpenSSH: magic, cipher, kdf, kdf options, number of keys, public key. */
function publicHalf(text: string): ParsedKey | null {
  const armoured = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+?)-----END/.exec(text)?.[1];
  if (armoured === undefined) return null;
  const data = Buffer.from(armoured, 'base64');
  if (!data.subarray(0, openSshMagic.length).equals(openSshMagic)) return null;
  try {
    let offset = openSshMagic.length;
    const next = (): Buffer => {
      const length = data.readUInt32BE(offset);
      const value = data.subarray(offset + 4, offset + 4 + length);
      offset += 4 + length;
      return value;
    };
    next();
    next();
    next();
    offset += 4;
    return parsePublicKey(next());
  } catch {
    return null;
  }
}

async function publicKeyBeside(path: string): Promise<ParsedKey | null> {
  const text = await readFile(`${path}.pub`, 'utf8').catch(() => null);
  return text === null ? null : parsePublicKey(text);
}

function parsePublicKey(data: Buffer | string): ParsedKey | null {
  const parsed: unknown = ssh2.utils.parseKey(data);
  return isParsedKey(parsed) ? parsed : null;
}
