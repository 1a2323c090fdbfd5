import { createCipheriv } from 'node:crypto';

/** A VNC password counts up to here; what is longer is cut (RFC 6143, 7.2.2). */
const passwordLength = 8;

/**
 * The answer to the 16 bytes of a VNC authentication challenge: DES, in blocks of eight, with the password as its key. The
 * bits of each of its bytes are in reverse order, which RFC 6143 does not say and all servers do.
 */
export function vncAuthResponse(password: string, challenge: Uint8Array): Uint8Array {
  const key = Buffer.alloc(passwordLength);
  key.write(password, 'latin1');
  const reversed = key.map(reverseBits);
  // Neither OpenSSL 3 nor Electron's library has DES alone in common; three times the same key makes it of triple DES.
  const cipher = createCipheriv('des-ede3', Buffer.concat([reversed, reversed, reversed]), null);
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(challenge), cipher.final()]);
}

function reverseBits(byte: number): number {
  let reversed = 0;
  for (let bit = 0; bit < 8; bit += 1) reversed |= ((byte >> bit) & 1) << (7 - bit);
  return reversed;
}
