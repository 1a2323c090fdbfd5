/** How private keys begin: PEM and OpenSSH ("-----BEGIN … PRIVATE KEY-----"), and PuTTY's. */
const privateMark = /PRIVATE[\s-]*KEY|PuTTY-User-Key-File-\d/i;

/** True for a text that holds a private key, or a part of one with its heading. */
export function looksPrivate(text: string): boolean {
  return privateMark.test(text);
}

/** What to say about a private key that was pasted where a public one belongs: which file to take instead. */
export function privateKeyRefusal(text: string): string {
  return `This is a private key. It was not kept and must stay on this computer. Use the file beside it that ends in .pub, such as ~/.ssh/${usualName(text)}.pub.`;
}

function usualName(text: string): string {
  if (/BEGIN RSA PRIVATE/i.test(text)) return 'id_rsa';
  return /BEGIN EC PRIVATE/i.test(text) ? 'id_ecdsa' : 'id_ed25519';
}
