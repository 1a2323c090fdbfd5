import { keyFileOf, type ExportedServer } from './exported-server.ts';

/**
 * Servers as a part of `~/.ssh/config` (ssh_config(5)), to be included there. Servers without an address are named in a
 * comment.
 */
export function sshConfigOf(servers: readonly ExportedServer[], madeOn: string): string {
  const blocks = servers.map((server) => {
    const { alias, host, connection } = server;
    if (host === null) return `# ${alias}: no address yet`;
    const keyFile = keyFileOf(server);
    return [
      `Host ${alias}`,
      `  HostName ${host}`,
      `  Port ${connection.port}`,
      `  User ${connection.user}`,
      ...(keyFile === null ? [] : [`  IdentityFile "${keyFile}"`, '  IdentitiesOnly yes']),
    ].join('\n');
  });
  return `${[`# Servers at Evorxa, ${madeOn}`, ...blocks].join('\n\n')}\n`;
}
