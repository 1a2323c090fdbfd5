/** Where OpenSSH's server keeps the public half of each type of key (sshd_config(5), HostKey). */
const files: readonly (readonly [type: RegExp, name: string])[] = [
  [/^ssh-ed25519$/, 'ed25519'],
  [/^ecdsa-sha2-/, 'ecdsa'],
  [/^(ssh-rsa|rsa-sha2-)/, 'rsa'],
];

/** What prints the fingerprint of a host key on its server; null for a type of which the file is not known. */
export function fingerprintCommand(keyType: string): string | null {
  const name = files.find(([type]) => type.test(keyType))?.[1];
  return name === undefined ? null : `ssh-keygen -lf /etc/ssh/ssh_host_${name}_key.pub`;
}
