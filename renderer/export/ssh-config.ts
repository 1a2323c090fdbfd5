import { defaultSshPort, defaultSshUser } from '../../preload/contract/ssh-defaults.ts';
import type { ExportedInstance } from './exported-instance.ts';
import type { ExportedJump } from './exported-jump.ts';
import { expandsVariable, quotedForSsh, withoutTokens } from './ssh-value.ts';

/**
 * Instances as a part of `~/.ssh/config` (ssh_config(5)), to be included there. What cannot be written is named in a
 * comment: instances without an address, and values that no spelling gives to every version of ssh.
 */
export function sshConfigOf(instances: readonly ExportedInstance[], madeOn: string): string {
  const blocks = instances.map((instance) => {
    const { alias, host, unreadableHost, connection, keyFile, jump } = instance;
    if (host === null) {
      return `# ${alias}: ${unreadableHost === null ? 'no address yet' : 'left out, its address is not valid'}`;
    }
    return [
      `Host ${alias}`,
      `  HostName ${host}`,
      `  Port ${connection.port ?? defaultSshPort}`,
      `  ${userLine(connection.user ?? defaultSshUser)}`,
      ...(keyFile === null ? [] : keyFileLines(keyFile).map((line) => `  ${line}`)),
      ...jumpLines(jump).map((line) => `  ${line}`),
      ...(connection.forwardsAgent === undefined
        ? []
        : [`  ForwardAgent ${connection.forwardsAgent ? 'yes' : 'no'}`]),
    ].join('\n');
  });
  return `${[`# Instances at Evorxa, ${madeOn}`, ...blocks].join('\n\n')}\n`;
}

/** OpenSSH expands `%` and `${}` in a user's name since 10.0, and took them literally before. */
function userLine(user: string): string {
  return user.includes('%') || expandsVariable(user)
    ? '# User is left out: it has a % or ${ in it, which versions of ssh read differently'
    : `User ${quotedForSsh(user)}`;
}

function jumpLines(jump: ExportedJump): readonly string[] {
  switch (jump.kind) {
    case 'unset':
      return [];
    case 'none':
      return ['ProxyJump none'];
    case 'hosts':
      return [`ProxyJump ${jump.alias ?? jump.hosts}`];
    case 'left-out':
      return [`# ProxyJump is left out: ${jump.reason}`];
  }
}

function keyFileLines(path: string): readonly string[] {
  if (expandsVariable(path)) return ['# IdentityFile is left out: ssh would expand the ${ in its path'];
  return [`IdentityFile ${quotedForSsh(withoutTokens(path))}`, 'IdentitiesOnly yes'];
}
