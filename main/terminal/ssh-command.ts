import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { jumpAddressText } from '../../preload/contract/jump-address.ts';
import { personsPath, type Environment } from './process/auth/paths.ts';
import type { Route } from './process/route.ts';
import type { SshTarget } from './client-parts.ts';

/** How ssh(1) is called for the way that an instance's next session would go. */
export interface SshCommand {
  /** Behind `ssh`. */
  readonly arguments: readonly string[];
  /** In what ssh(1) will differ from the app, as sentences. */
  readonly remarks: readonly string[];
}

/**
 * The arguments of ssh(1) for an instance. What ~/.ssh/config says is left to ssh, which reads it too. Error: `refused` for
 * a value that no spelling gives to every version of ssh.
 */
export function sshCommandOf(
  reach: Pick<SshTarget, 'host' | 'auth' | 'routing'>,
  route: Route,
  from: Environment,
): Result<SshCommand> {
  const { host, auth, routing } = reach;
  const { last } = route;
  if (isRewritten(last.user)) return unwritable('The user name');
  const jump = jumpArguments(reach, route);
  if (jump === null) return unwritable('The user name of a jump host');
  const path = auth.method === 'key-file' ? personsPath(auth.path, from) : '';
  if (path.includes('${')) return unwritable('The path of the key file');
  const isOtherKey =
    routing.jump.kind === 'hosts' && routing.jump.hosts.some((each) => each.auth.method !== 'auto');
  return ok({
    arguments: [
      ...(routing.usesConfig ? [] : ['-F', 'none']),
      ...['-p', String(last.port), '-l', last.user],
      ...signInArguments(auth, path),
      ...jump,
      ...(routing.forwardsAgent === null ? [] : [routing.forwardsAgent ? '-A' : '-a']),
      ...['--', host],
    ],
    remarks: isOtherKey
      ? [
          'A jump host signs in here by a key or a password of its own. ssh takes for it what ~/.ssh/config and the SSH agent have.',
        ]
      : [],
  });
}

/** OpenSSH replaces these in a user's name since 10.0, and took them literally before. */
const isRewritten = (user: string): boolean => user.includes('%') || user.includes('${');

function signInArguments(auth: SshTarget['auth'], path: string): readonly string[] {
  switch (auth.method) {
    case 'auto':
      return [];
    case 'agent':
      return ['-o', 'IdentityFile=none'];
    case 'key-file':
      return [...keyFileArguments(path), '-o', 'IdentitiesOnly=yes'];
    case 'password':
      return ['-o', 'PreferredAuthentications=keyboard-interactive,password'];
  }
}

/** `-i` drops a path that is not there as it is written, and then takes `%` in it for a token: both cannot be. */
const keyFileArguments = (path: string): readonly string[] =>
  path.includes('%')
    ? ['-o', `IdentityFile="${path.replaceAll('%', '%%').replaceAll(/[\\"]/g, String.raw`\$&`)}"`]
    : ['-i', path];

/** The jump hosts that the app has chosen; null where ssh takes none of the name of a user. */
function jumpArguments(
  { routing }: Pick<SshTarget, 'routing'>,
  { jumpHosts }: Route,
): readonly string[] | null {
  if (routing.jump.kind !== 'hosts') return [];
  const chosen = routing.jump.hosts;
  if (chosen.length === 0) return ['-J', 'none'];
  // Those before the first are of its own configuration, which ssh reads.
  const settled = jumpHosts.slice(-chosen.length);
  const addresses = chosen.map(({ host }, index) => {
    const hop = settled[index];
    return { host, port: hop?.port ?? null, user: hop?.user ?? null };
  });
  return addresses.every(({ user }) => user === null || (/^[\w.+@-]+$/.test(user) && !user.startsWith('-')))
    ? ['-J', addresses.map(jumpAddressText).join(',')]
    : null;
}

const unwritable = (what: string): Result<never> =>
  fail({
    kind: 'refused',
    message: `${what} has characters that versions of ssh read differently, so that no command is certain. Connect here instead.`,
  });
