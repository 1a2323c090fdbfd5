import { userInfo } from 'node:os';
import { isHost } from '../../../preload/contract/host.ts';
import type { JumpAddress } from '../../../preload/contract/jump-address.ts';
import { hostAndPort } from '../../ssh/index.ts';
import type { JumpHost, SecretPlace, SessionRoute, SessionTarget } from '../protocol.ts';
import type { Environment } from './auth/paths.ts';
import type { ConfigTarget } from './config/config-reader.ts';
import { readHostConfig, withoutConfig, type HostConfig } from './config/host-config.ts';
import type { HostAddress } from './known-hosts.ts';

/** A server of a way: the instance's, or a jump host's. */
export interface Hop extends SecretPlace {
  readonly auth: SessionTarget['auth'];
  readonly preferredKey: string | null;
  readonly config: HostConfig;
  /** The name under which known_hosts has it. */
  readonly knownAs: HostAddress;
}

/** A way to an instance: the jump hosts, the first one to be reached first, and the instance's server. */
export interface Route {
  readonly jumpHosts: readonly Hop[];
  readonly last: Hop;
  readonly forwardAgent: HostConfig['forwardAgent'];
}

/** A way that cannot be gone, and why. */
export interface NoRoute {
  readonly sentence: string;
}

/** As long a way as anybody has; a longer one leads in a circle. */
const maxJumpHosts = 8;

/** `jane@bastion.example:2200`, as a sentence names a server. */
export function hopName(hop: Pick<Hop, 'host' | 'port' | 'user'>): string {
  return `${hop.user}@${hostAndPort(hop)}`;
}

/** How the tab names a way. */
export function shownRoute({ jumpHosts, last, forwardAgent }: Route): SessionRoute {
  const by = jumpHosts.length === 0 ? '' : ` through ${jumpHosts.map(hopName).join(', ')}`;
  return { target: `${hopName(last)}${by}`, forwardsAgent: forwardAgent !== 'no' };
}

/**
 * Settles the way to an instance. What the user has set in the app wins; the rest is what ~/.ssh/config says, each time as
 * it stands now. A jump host is looked up there like any host, with the jump hosts before it where it is the first.
 */
export async function routeOf(
  target: Omit<SessionTarget, 'sessionId' | 'kind' | 'accountId' | 'instanceId'>,
  from: Environment,
): Promise<Route | NoRoute> {
  const { host, port, user, auth, preferredKey, routing } = target;
  const asked: ConfigTarget = {
    host,
    port: routing.isPortSet ? port : null,
    user: routing.isUserSet ? user : null,
    otherwiseUser: user,
  };
  const config = await configOf(from, asked, routing.usesConfig);
  const last = hop(config, { auth, preferredKey, isJumpHost: false, host });
  if ('sentence' in last) return last;
  if (routing.jump.kind === 'unusable') return routing.jump;
  const before =
    routing.jump.kind === 'hosts'
      ? await through(routing.jump.hosts, from, [last])
      : await byConfig(config, from, [last]);
  if ('sentence' in before) return before;
  const forwardAgent =
    routing.forwardsAgent === false
      ? 'no'
      : routing.forwardsAgent === true && config.forwardAgent === 'no'
        ? 'yes'
        : config.forwardAgent;
  return { jumpHosts: before, last, forwardAgent };
}

function configOf(from: Environment, asked: ConfigTarget, usesConfig: boolean): Promise<HostConfig> {
  return usesConfig ? readHostConfig(from, asked) : Promise.resolve(withoutConfig(from, asked));
}

/** The jump hosts that the configuration of a host names; `after` are the hops behind them. */
async function byConfig(
  { proxy, hostName }: HostConfig,
  from: Environment,
  after: readonly Hop[],
): Promise<readonly Hop[] | NoRoute> {
  switch (proxy.kind) {
    case 'none':
      return [];
    case 'command':
      return {
        sentence:
          `~/.ssh/config reaches ${hostName} by a command (ProxyCommand), which this app never runs. ` +
          'Use ProxyJump there, or choose a jump host in the SSH settings.',
      };
    case 'unreadable':
      return { sentence: `The ProxyJump “${proxy.text}” of ${hostName} in ~/.ssh/config cannot be read.` };
    case 'jump':
      return through(proxy.hosts.map(fromConfig), from, after);
  }
}

function fromConfig(address: JumpAddress): JumpHost {
  return {
    ...address,
    otherwiseUser: null,
    auth: { method: 'auto' },
    usesConfig: true,
    followsOwnJump: true,
  };
}

/** The hops of a list of jump hosts, with those before the first. */
async function through(
  hosts: readonly JumpHost[],
  from: Environment,
  after: readonly Hop[],
): Promise<readonly Hop[] | NoRoute> {
  const [first] = hosts;
  if (first === undefined) return [];
  const hops: Hop[] = [];
  for (const each of hosts) {
    const { host, port, user, auth, usesConfig } = each;
    const otherwiseUser = each.otherwiseUser ?? userInfo().username;
    const config = await configOf(from, { host, port, user, otherwiseUser }, usesConfig);
    const next = hop(config, { auth, preferredKey: null, isJumpHost: true, host });
    if ('sentence' in next) return next;
    hops.push(next);
  }
  const known = [...hops, ...after];
  const names = known.map(hopName);
  if (new Set(names).size < names.length || known.length > maxJumpHosts + 1)
    return {
      sentence: `The jump hosts lead in a circle: ${names.join(', ')}. Check the SSH settings and ~/.ssh/config.`,
    };
  const [nearest] = hops;
  if (!first.followsOwnJump || nearest === undefined) return hops;
  const before = await byConfig(nearest.config, from, known);
  return 'sentence' in before ? before : [...before, ...hops];
}

function hop(
  config: HostConfig,
  of: Pick<Hop, 'auth' | 'preferredKey' | 'isJumpHost'> & { readonly host: string },
): Hop | NoRoute {
  const { hostName, port, user, hostKeyAlias } = config;
  const { auth, preferredKey, isJumpHost } = of;
  if (!isHost(hostName))
    return { sentence: `“${hostName}” is no host to connect to. Check ${of.host} in ~/.ssh/config.` };
  const alias = hostKeyAlias !== null && isHost(hostKeyAlias) ? hostKeyAlias : null;
  return {
    host: hostName,
    port,
    user,
    isJumpHost,
    auth,
    preferredKey,
    config,
    knownAs: alias === null ? { host: hostName, port } : { host: alias, port: 22 },
  };
}
