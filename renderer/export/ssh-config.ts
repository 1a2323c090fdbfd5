import { keyFileOf, type ExportedServer } from './exported-server.ts';

/**
 * Servers as a part of `~/.ssh/config` (ssh_config(5)), to be included there. What cannot be written is named in a
 * comment: servers without an address, and values that no spelling gives to every version of ssh.
 */
export function sshConfigOf(servers: readonly ExportedServer[], madeOn: string): string {
  const blocks = servers.map((server) => {
    const { alias, host, unreadableHost, connection } = server;
    if (host === null) {
      return `# ${alias}: ${unreadableHost === null ? 'no address yet' : 'left out, its address is not valid'}`;
    }
    const keyFile = keyFileOf(server);
    return [
      `Host ${alias}`,
      `  HostName ${host}`,
      `  Port ${connection.port}`,
      `  ${userLine(connection.user)}`,
      ...(keyFile === null ? [] : keyFileLines(keyFile).map((line) => `  ${line}`)),
    ].join('\n');
  });
  return `${[`# Servers at Evorxa, ${madeOn}`, ...blocks].join('\n\n')}\n`;
}

/** A value in quotes, as OpenSSH reads it since 8.7: a backslash and a quotation mark need a backslash in front. */
const quoted = (value: string): string => `"${value.replaceAll(/[\\"]/g, String.raw`\$&`)}"`;

/** OpenSSH expands `%` and `${}` in a user's name since 10.0, and took them literally before. */
function userLine(user: string): string {
  return /%|\$\{/.test(user)
    ? '# User is left out: it has a % or ${ in it, which versions of ssh read differently'
    : `User ${quoted(user)}`;
}

function keyFileLines(path: string): readonly string[] {
  if (path.includes('${')) return ['# IdentityFile is left out: ssh would expand the ${ in its path'];
  return [`IdentityFile ${quoted(path.replaceAll('%', '%%'))}`, 'IdentitiesOnly yes'];
}
