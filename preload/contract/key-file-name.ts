/** Files of ~/.ssh that OpenSSH gives a meaning: a key by such a name would break it. */
const taken = /^(config|known_hosts|authorized_keys|environment|rc)|\.pub$/i;

/** The file in ~/.ssh that a generated key is written to, by the name that the user gave it. */
export function keyFileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9@._-]+/g, '-')
    .slice(0, 60)
    .replace(/^[.-]+|[.-]+$/g, '');
  if (plain === '') return 'id_ed25519';
  return taken.test(plain) ? `id_${plain.replace(/\.pub$/i, '')}` : plain;
}
