export { createConnections, type Connections } from './connections.ts';
export { createShells, type Shells } from './shells.ts';
export { createSshSecrets, sshSecretName, type SshSecrets } from './ssh-secrets.ts';
