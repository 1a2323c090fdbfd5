import { defaultSshPort } from '../../preload/contract/ssh-defaults.ts';

export { md5Fingerprint, sshFingerprint } from './fingerprint.ts';
export { readSshConnection, type SshConnectionEnds } from './ssh-connection.ts';
export { readFingerprints } from './typed-fingerprint.ts';

export { defaultSshPort };

/** A host as the user writes it: its port where it is not SSH's own, an IPv6 address in brackets before one. */
export function hostAndPort({ host, port }: { readonly host: string; readonly port: number }): string {
  return port === defaultSshPort ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
