import ssh2 from 'ssh2';
import { readKeyText } from './key-text.ts';
import { offeredKeyOfLine } from './offered-key.ts';

/** A key pair in OpenSSH's formats, each half ending without a line end. */
export interface KeyPair {
  readonly private: string;
  readonly public: string;
}

/** What a new pair is made with; `passphrase` null: none. */
export interface KeyPairOptions {
  readonly comment: string;
  readonly passphrase: string | null;
}

/** Makes a pair, sound or not. */
export type MakePair = (request: KeyPairOptions) => KeyPair;

/** As `ssh-keygen` has it since OpenSSH 9.4. */
const kdfRounds = 24;
/** One pair in 256 is malformed; so many in a row mean that something else is wrong. */
const maxTries = 20;

/**
 * A new ed25519 key pair, with a passphrase encrypted (aes256-ctr, its key derived by bcrypt). ssh2 1.17 strips
 * leading zeros (mscdex/ssh2#1513), so that one pair in 256 is read by nobody: each is read back, and signs for its
 * other half, before it is given. Throws where none is sound.
 */
export function newKeyPair(
  request: KeyPairOptions = { comment: '', passphrase: null },
  makePair: MakePair = ssh2Pair,
): KeyPair {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const pair = makePair(request);
    if (isSound(pair, request.passphrase)) return pair;
  }
  throw new Error('No sound key pair could be made');
}

function ssh2Pair({ comment, passphrase }: KeyPairOptions): KeyPair {
  return ssh2.utils.generateKeyPairSync('ed25519', {
    comment,
    ...(passphrase === null ? {} : { passphrase, cipher: 'aes256-ctr', rounds: kdfRounds }),
  });
}

function isSound(pair: KeyPair, passphrase: string | null): boolean {
  const line = offeredKeyOfLine(pair.public);
  const publicKey: unknown = ssh2.utils.parseKey(pair.public);
  const read = readKeyText(pair.private);
  const isLocked = passphrase !== null && passphrase !== '';
  if (line === null || read.kind !== (isLocked ? 'locked' : 'open')) return false;
  if (read.key?.fingerprint !== line.fingerprint || line.blob.length !== ed25519BlobBytes) return false;
  if (typeof publicKey !== 'object' || publicKey === null || !('verify' in publicKey)) return false;
  const privateKey: unknown = ssh2.utils.parseKey(pair.private, passphrase ?? undefined);
  const key: unknown = Array.isArray(privateKey) ? privateKey[0] : privateKey;
  if (typeof key !== 'object' || key === null || !('sign' in key)) return false;
  const parsed = key as ssh2.ParsedKey;
  const signature: unknown = parsed.sign(proof);
  if (!Buffer.isBuffer(signature)) return false;
  const isTrue: unknown = (publicKey as ssh2.ParsedKey).verify(proof, signature);
  // It answers with an error, too.
  return isTrue === true;
}

/** The name of the type and 32 bytes, each with its length (RFC 8709, section 4). */
const ed25519BlobBytes = 4 + 11 + 4 + 32;
const proof = Buffer.from('whatever is signed');
