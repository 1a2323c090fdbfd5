import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';

/** What is kept of a passphrase: enough to know it again. `hash` and `salt` are base64. */
export const passphraseRecord = z.object({
  salt: z.string(),
  hash: z.string(),
  cost: z.int().check(z.gte(2), z.lte(2 ** 20)),
  parallel: z.int().check(z.gte(1), z.lte(16)),
});
export type PassphraseRecord = z.infer<typeof passphraseRecord>;

/** OWASP's password storage sheet of 2024: N = 2^15, r = 8, p = 3, which takes 32 MiB. */
const now = { cost: 2 ** 15, parallel: 3 } as const;
const blockSize = 8;
const hashBytes = 32;

/** What to keep of a passphrase, with a salt of its own. */
export async function recordOf(passphrase: string): Promise<PassphraseRecord> {
  const salt = randomBytes(16);
  const hash = await hashOf(passphrase, salt, now);
  return { salt: salt.toString('base64'), hash: hash.toString('base64'), ...now };
}

/** Whether this is the passphrase that a record was made of. */
export async function isPassphrase(passphrase: string, record: PassphraseRecord): Promise<boolean> {
  const expected = Buffer.from(record.hash, 'base64');
  const hash = await hashOf(passphrase, Buffer.from(record.salt, 'base64'), record);
  return expected.byteLength === hash.byteLength && timingSafeEqual(expected, hash);
}

function hashOf(
  passphrase: string,
  salt: Buffer,
  { cost, parallel }: Pick<PassphraseRecord, 'cost' | 'parallel'>,
): Promise<Buffer> {
  const options = { N: cost, r: blockSize, p: parallel, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) => {
    // The same letters can be typed as other code points, by another keyboard.
    scrypt(passphrase.normalize('NFC'), salt, hashBytes, options, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}
