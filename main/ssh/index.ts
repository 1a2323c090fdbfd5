import { createHash } from 'node:crypto';
import { defaultSshPort } from '../../preload/contract/ssh-defaults.ts';

export { readSshConnection, type SshConnectionEnds } from './ssh-connection.ts';

export { defaultSshPort };

/** `SHA256:…` of a public key in SSH's wire format, as OpenSSH prints it. */
export function sshFingerprint(publicKey: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '')}`;
}

/** A host as the user writes it: its port where it is not SSH's own, an IPv6 address in brackets before one. */
export function hostAndPort({ host, port }: { readonly host: string; readonly port: number }): string {
  return port === defaultSshPort ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
