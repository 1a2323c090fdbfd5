import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
} from 'node:crypto';
import { randomBytes, scryptSync, sign } from 'node:crypto';

/*
 * Signatures in the format of minisign (https://jedisct1.github.io/minisign/), which anybody can check with `minisign -V`:
 * those of the file itself, as `minisign -S -l` makes them. The file of a secret key is of our own: minisign's is sealed
 * with a hash that Node does not have.
 */

/** A secret key, open. @typedef {{ readonly id: Buffer, readonly key: import('node:crypto').KeyObject }} SecretKey */

const scrypt = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };

/** @returns {SecretKey} */
export function newSecretKey() {
  return { id: randomBytes(8), key: generateKeyPairSync('ed25519').privateKey };
}

/**
 * The line that is given to whoever checks signatures.
 * @param {SecretKey} secretKey
 */
export function publicKeyLine({ id, key }) {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return Buffer.concat([Buffer.from('Ed'), id, Buffer.from(x, 'base64url')]).toString('base64');
}

/**
 * What is kept of a secret key: sealed with a passphrase (scrypt, AES-256-GCM).
 * @param {SecretKey} secretKey
 * @param {string} passphrase
 */
export function sealSecretKey({ id, key }, passphrase) {
  const salt = randomBytes(32);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32, scrypt), nonce);
  const sealed = Buffer.concat([cipher.update(key.export({ format: 'der', type: 'pkcs8' })), cipher.final()]);
  const [salted, once, tag, text] = [salt, nonce, cipher.getAuthTag(), sealed].map(inBase64);
  const kept = { kind: 'evorxa-release-key', id: inBase64(id), salt: salted, nonce: once, tag, key: text };
  return `${JSON.stringify(kept, null, 2)}\n`;
}

/**
 * @param {string} kept
 * @param {string} passphrase
 * @returns {SecretKey | null} null where that is no such key, or the passphrase is another.
 */
export function openSecretKey(kept, passphrase) {
  try {
    const { kind, id, salt, nonce, tag, key } = JSON.parse(kept);
    if (kind !== 'evorxa-release-key') return null;
    const bytes = (/** @type {string} */ text) => Buffer.from(text, 'base64');
    const secret = scryptSync(passphrase, bytes(salt), 32, scrypt);
    const decipher = createDecipheriv('aes-256-gcm', secret, bytes(nonce));
    decipher.setAuthTag(bytes(tag));
    const der = Buffer.concat([decipher.update(bytes(key)), decipher.final()]);
    return { id: bytes(id), key: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) };
  } catch {
    return null;
  }
}

/**
 * The text of the `.minisig` file of a file. The comment is signed with it.
 * @param {Buffer} content
 * @param {string} comment
 * @param {SecretKey} secretKey
 */
export function signatureOf(content, comment, { id, key }) {
  const signature = sign(null, content, key);
  const ofComment = sign(null, Buffer.concat([signature, Buffer.from(comment)]), key);
  return [
    'untrusted comment: signature of a feed of updates',
    inBase64(Buffer.concat([Buffer.from('Ed'), id, signature])),
    `trusted comment: ${comment}`,
    inBase64(ofComment),
    '',
  ].join('\n');
}

/**
 * What is said in the signature of a feed, and compared by the app.
 * @param {{ readonly version: string, readonly date: Date, readonly name: string }} of
 */
export function feedComment({ version, date, name }) {
  return `version:${version} date:${date.toISOString().replace(/\.\d+/, '')} file:${name}`;
}

/** @param {Buffer} bytes */
function inBase64(bytes) {
  return bytes.toString('base64');
}
