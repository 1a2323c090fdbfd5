import { keyTypeOf } from '../known-hosts.ts';

/**
 * A public key as RFC 4716 has it, which PuTTYgen's "Save public key" writes, as OpenSSH's line `type base64 comment`.
 * Null where the text is none.
 */
export function lineOfSsh2PublicKey(text: string): string | null {
  const [, body] =
    /^---- BEGIN SSH2 PUBLIC KEY ----\s*[\r\n]([\s\S]+?)^---- END SSH2 PUBLIC KEY ----/m.exec(text) ?? [];
  if (body === undefined) return null;
  // A header goes on where its line ends in a backslash.
  const lines = body.replaceAll(/\\\r?\n/g, '').split(/[\r\n]+/);
  const base64 = lines.filter((line) => !line.includes(':')).join('');
  const comment = /^comment: *"?(.*?)"? *$/im.exec(lines.join('\n'))?.[1] ?? '';
  return `${keyTypeOf(Buffer.from(base64, 'base64'))} ${base64} ${comment}`.trim();
}
