/** How private keys begin: PEM and OpenSSH ("-----BEGIN … PRIVATE KEY-----"), and PuTTY's. */
const privateMark = /PRIVATE[\s-]*KEY|PuTTY-User-Key-File-\d/i;
/** The heading of one in the same line as something else. A comment may say "private key". */
const heading = /-{2,}\s*BEGIN|PuTTY-User-Key-File-\d/i;
/** A public key in a line of OpenSSH's, from its type on. */
const publicKey =
  /(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d+|sk-[a-z0-9-]+@openssh\.com)[ \t]+AAAA[A-Za-z0-9+/]+={0,3}(?:[ \t].*)?$/;

/** True for a text that holds a private key, or a part of one with its heading. */
export function looksPrivate(text: string): boolean {
  const rest = text.split(/\r\n?|\n/).map((line) => {
    const found = publicKey.exec(line);
    return found === null || heading.test(found[0]) ? line : line.slice(0, found.index);
  });
  return privateMark.test(rest.join('\n'));
}

/** What to say about a private key that was pasted where a public one belongs: which file to take instead. */
export function privateKeyRefusal(text: string): string {
  const refusal = 'This is a private key. It was not kept and must stay on this computer.';
  return /PuTTY-User-Key-File-\d/i.test(text)
    ? `${refusal} Open its file in PuTTYgen, and take the public key for OpenSSH that is shown there.`
    : `${refusal} Use the file beside it that ends in .pub, such as ~/.ssh/${usualName(text)}.pub.`;
}

function usualName(text: string): string {
  const type = `${openSshHead(text)} ${text}`;
  if (/ssh-rsa|BEGIN RSA PRIVATE/i.test(type)) return 'id_rsa';
  return /ecdsa-sha2-|BEGIN EC PRIVATE/i.test(type) ? 'id_ecdsa' : 'id_ed25519';
}

/** The start of OpenSSH's own format, which names the type of the key in the clear; empty for another format. */
function openSshHead(text: string): string {
  const [, body = ''] = /BEGIN OPENSSH PRIVATE KEY-*([A-Za-z0-9+/\s]*)/i.exec(text) ?? [];
  const start = body.replaceAll(/\s/g, '').slice(0, 400);
  try {
    return atob(start.slice(0, start.length - (start.length % 4)));
  } catch {
    return '';
  }
}
