/**
 * The armor of a private key: PEM and OpenSSH ("-----BEGIN … PRIVATE KEY-----"), also where the paste lost one of its
 * ends or its dashes became longer ones, and PuTTY's. The words alone may stand in a comment.
 */
const armor =
  /[-‐-―]{2,}[ \t]*(?:BEGIN|END)[ \t]+(?:[A-Z0-9]+[ \t]+){0,3}PRIVATE[ \t-]*KEY|BEGIN[ \t]+(?:[A-Z0-9]+[ \t]+){0,3}PRIVATE[ \t]*KEY[ \t]*[-‐-―]{2,}|PuTTY-User-Key-File-\d/i;

/** True for a text that holds a private key, or a part of one with its heading. */
export function looksPrivate(text: string): boolean {
  return armor.test(text);
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
  // Whole groups of base64's own characters: nothing that `atob` throws at.
  return atob(start.slice(0, start.length - (start.length % 4)));
}
