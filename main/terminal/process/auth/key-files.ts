import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyOffer } from './key-offer.ts';
import { readKeyText, type Unlock } from './key-text.ts';
import { offeredKeyOfLine, plainTypeOf, type OfferedKey } from './offered-key.ts';
import { lineOfSsh2PublicKey } from './ssh2-public-key.ts';
import type { OpenKey } from './open-key.ts';
import { pemOfDer } from './pem-key.ts';

/** A passphrase to try, and what to do when it is the right one. */
interface Passphrase {
  readonly text: string;
  readonly onRight: () => void;
}

/** Asks for a key file's passphrase, once more after a wrong one; null when the user would rather not. */
export type AskPassphrase = () => Promise<Passphrase | null>;

/** Why a key file cannot be offered, as the rest of a sentence that begins with its name. */
export interface UnusableKey {
  readonly path: string;
  readonly problem: string;
}

/** What a key file gives: keys to offer, its certificate first, or a public key that an agent has to sign for. */
export type KeyFile =
  | { readonly kind: 'offers'; readonly offers: readonly KeyOffer[] }
  | { readonly kind: 'public'; readonly key: OfferedKey }
  | ({ readonly kind: 'unusable' } & UnusableKey);

const usualNames = ['id_ed25519', 'id_ecdsa', 'id_rsa'];
/** The largest RSA keys have some 13 KB. */
const maxFileBytes = 64 * 1024;

/** The key files that OpenSSH would try by itself. */
export function usualKeyFiles(home: string): string[] {
  return usualNames.map((name) => join(home, '.ssh', name));
}

/**
 * Reads a key file. An encrypted key is offered by its public half, which OpenSSH's format keeps in the clear;
 * the passphrase is asked for only when the server takes the key. `shown` is how the file is called in sentences.
 * Answers null where there is no file.
 */
export async function readKeyFile(path: string, ask: AskPassphrase, shown = path): Promise<KeyFile | null> {
  const text = await keyFileText(path);
  if (text === null) return null;
  if (typeof text !== 'string') return { kind: 'unusable', path: shown, problem: text.problem };
  const found = readKeyText(text);
  switch (found.kind) {
    case 'none':
      return { kind: 'unusable', path: shown, problem: 'contains no key that this app can read' };
    case 'public':
      return found;
    case 'unusable':
      return { kind: 'unusable', path: shown, problem: found.problem(shown) };
    case 'open':
      return offersOf(path, found.key, found.sign);
    case 'locked': {
      const unlocked = once(() => unlock(found.unlock, ask, shown));
      const key = found.key ?? (await publicKeyBeside(path));
      if (key !== null) return offersOf(path, key, async (...args) => (await unlocked()).sign(...args));
      // The older formats hide the public half too.
      try {
        const opened = await unlocked();
        return await offersOf(path, opened.key, opened.sign);
      } catch (error) {
        return { kind: 'unusable', path: shown, problem: problemOf(error) };
      }
    }
  }
}

/** An error of unlocking a key, whose message is the rest of a sentence that begins with the file's name. */
export class KeyFileError extends Error {}

/** The key, and before it the certificate that lies beside its file, as OpenSSH offers them. */
async function offersOf(path: string, key: OfferedKey, sign: KeyOffer['sign']): Promise<KeyFile> {
  const line = await readFile(`${path}-cert.pub`, 'utf8').catch(() => null);
  const certificate = line === null ? null : offeredKeyOfLine(line);
  const fits =
    certificate !== null &&
    certificate.fingerprint === key.fingerprint &&
    plainTypeOf(certificate.type) !== certificate.type;
  const keys = fits ? [certificate, key] : [key];
  return { kind: 'offers', offers: keys.map((each) => ({ ...each, sign })) };
}

async function unlock(tryPassphrase: Unlock, ask: AskPassphrase, shown: string): Promise<OpenKey> {
  for (;;) {
    const passphrase = await ask();
    if (passphrase === null) throw new KeyFileError('stayed locked');
    const opened = tryPassphrase(passphrase.text);
    if (opened === 'wrong-passphrase') continue;
    // Another passphrase would not help.
    if (opened.kind === 'unusable') throw new KeyFileError(opened.problem(shown));
    passphrase.onRight();
    return opened;
  }
}

/** The text of a regular file of a sensible size; null where there is none. */
export async function keyFileText(path: string): Promise<string | { readonly problem: string } | null> {
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) return { problem: 'is a folder, not a key file' };
    if (!facts.isFile() || facts.size > maxFileBytes) return { problem: 'is no key file' };
    return textOf(await readFile(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    return { problem: code === 'EACCES' ? 'may not be read by you' : `cannot be read (${code})` };
  }
}

/**
 * PEM of what is in DER; the text of Windows's UTF-16, which redirecting output in PowerShell writes; OpenSSH's line of a
 * public key in the format of RFC 4716.
 */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  const text = pemOfDer(bytes) ?? bytes.toString('utf8');
  return lineOfSsh2PublicKey(text) ?? text;
}

async function publicKeyBeside(path: string): Promise<OfferedKey | null> {
  const line = await readFile(`${path}.pub`, 'utf8').catch(() => null);
  return line === null ? null : offeredKeyOfLine(line);
}

function problemOf(error: unknown): string {
  return error instanceof KeyFileError ? error.message : 'cannot be read';
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => (result ??= work());
}
