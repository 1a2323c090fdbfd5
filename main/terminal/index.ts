export { createConnections, type Connections } from './connections.ts';
export { createShells, type Shells } from './shells.ts';
export { createSshSecrets, sshSecretName } from './ssh-secrets.ts';
