export { createConnections, type Connections } from './connections.ts';
export { createExpectedHostKeys } from './expected-host-keys.ts';
export { createShells, type Shells } from './shells.ts';
export { createSshSecrets, sshSecretName, type SshSecrets } from './ssh-secrets.ts';
