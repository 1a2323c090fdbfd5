import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { UpdateProblem } from '../../preload/contract/updates.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';

/** A public key of minisign: Ed25519, with the number that its signatures name it by. */
export interface PublicKey {
  /** As minisign prints it: 16 hex digits. */
  readonly id: string;
  readonly key: KeyObject;
}

/** A signature file, taken apart. */
interface Signature {
  readonly keyId: string;
  readonly ofContent: Buffer;
  readonly comment: string;
  /** Of `ofContent` and the comment together, so that neither can be taken to another. */
  readonly ofComment: Buffer;
}

/**
 * What minisign calls a signature of the file itself (`-l`, "legacy"). Its default signs a BLAKE2b hash, which Electron's
 * crypto does not have.
 */
const algorithm = 'Ed';
const trustedPrefix = 'trusted comment: ';

/** Reads the base64 line of a public key file; null where it is none. */
export function readPublicKey(line: string): PublicKey | null {
  const bytes = base64Bytes(line, 42);
  if (bytes === null || bytes.toString('latin1', 0, 2) !== algorithm) return null;
  const x = bytes.subarray(10).toString('base64url');
  return {
    id: idOf(bytes.subarray(2, 10)),
    key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
  };
}

/**
 * Checks a file against its signature (minisign's format) and gives the comment that was signed with it. Errors: `unsigned`
 * where that is no signature, `unknown-key`, `tampered`.
 */
export function verifySignature(
  content: Buffer,
  signatureText: string,
  keys: readonly PublicKey[],
): Result<string, UpdateProblem> {
  const signature = readSignature(signatureText);
  if (signature === null) return fail({ kind: 'unsigned' });
  const key = keys.find(({ id }) => id === signature.keyId)?.key;
  if (key === undefined) return fail({ kind: 'unknown-key', keyId: signature.keyId });
  const { ofContent, comment, ofComment } = signature;
  const isSound =
    verify(null, content, key, ofContent) &&
    verify(null, Buffer.concat([ofContent, Buffer.from(comment)]), key, ofComment);
  return isSound ? ok(comment) : fail({ kind: 'tampered', what: 'feed' });
}

function readSignature(text: string): Signature | null {
  const [untrusted = '', first = '', trusted = '', second = '', ...rest] = text.split(/\r?\n/);
  const isFormed =
    untrusted.startsWith('untrusted comment: ') &&
    trusted.startsWith(trustedPrefix) &&
    rest.every((line) => line === '');
  const bytes = base64Bytes(first, 74);
  const ofComment = base64Bytes(second, 64);
  if (!isFormed || bytes === null || ofComment === null) return null;
  if (bytes.toString('latin1', 0, 2) !== algorithm) return null;
  return {
    keyId: idOf(bytes.subarray(2, 10)),
    ofContent: bytes.subarray(10),
    comment: trusted.slice(trustedPrefix.length),
    ofComment,
  };
}

/** A base64 text of exactly so many bytes; null where it is none. Node's own reading passes over what is no base64. */
function base64Bytes(text: string, length: number): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === length && bytes.toString('base64') === text ? bytes : null;
}

/** minisign prints the eight bytes as a number, the last one first. */
function idOf(bytes: Buffer): string {
  return Buffer.from(bytes).reverse().toString('hex').toUpperCase();
}
