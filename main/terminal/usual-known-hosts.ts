import { posix, win32 } from 'node:path';
import type { Environment } from './process/auth/paths.ts';

/**
 * Where ssh(1) looks for known hosts besides, by ssh_config(5): UserKnownHostsFile and GlobalKnownHostsFile as they are where
 * nobody sets them; on Windows below ProgramData, as Microsoft's OpenSSH has it.
 */
export function usualKnownHosts({ env, platform, home }: Environment): {
  readonly userKnownHostsPaths: readonly string[];
  readonly systemKnownHostsPaths: readonly string[];
} {
  const paths = platform === 'win32' ? win32 : posix;
  const systemFolder =
    platform === 'win32' ? paths.join(env.ProgramData ?? String.raw`C:\ProgramData`, 'ssh') : '/etc/ssh';
  return {
    userKnownHostsPaths: ['known_hosts', 'known_hosts2'].map((name) => paths.join(home, '.ssh', name)),
    systemKnownHostsPaths: ['ssh_known_hosts', 'ssh_known_hosts2'].map((name) =>
      paths.join(systemFolder, name),
    ),
  };
}
