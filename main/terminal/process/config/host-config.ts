import {
  jumpAddressText,
  readJumpAddresses,
  type JumpAddress,
} from '../../../../preload/contract/jump-address.ts';
import { expandTokens, expandVariables, type Environment } from '../auth/paths.ts';
import { isLike } from '../patterns.ts';
import { ConfigReader, forwardedSocket, type ConfigTarget } from './config-reader.ts';

/** How a host is reached by way of others. */
export type ConfigProxy =
  | { readonly kind: 'none' }
  | { readonly kind: 'jump'; readonly hosts: readonly JumpAddress[] }
  /** A command makes the connection; it is never run. */
  | { readonly kind: 'command' }
  /** A list of jump hosts that cannot be read. */
  | { readonly kind: 'unreadable'; readonly text: string };

/** What ~/.ssh/config says of a connection, as far as the app follows it. */
export interface HostConfig {
  /** The host to connect to. */
  readonly hostName: string;
  readonly port: number;
  readonly user: string;
  /** The name under which known_hosts has it; null: the one that it is connected by. */
  readonly hostKeyAlias: string | null;
  readonly proxy: ConfigProxy;
  /** The agent's socket; `none`: no agent; null: nothing is said, or `SSH_AUTH_SOCK`. */
  readonly identityAgent: string | null;
  /** Absolute paths, in the order of the file; they stand in place of the usual ones. Null: none is named. */
  readonly identityFiles: readonly string[] | null;
  /** Only keys of `identityFiles`, or of the usual files, are to be offered. */
  readonly identitiesOnly: boolean;
  /** Certificates for keys that are elsewhere. */
  readonly certificateFiles: readonly string[];
  /** Absolute paths of files of known hosts, in place of the usual ones; null: none is named. */
  readonly knownHostsFiles: {
    readonly user: readonly string[] | null;
    readonly system: readonly string[] | null;
  };
  /** Programs on the server may use the SSH agent: `yes` the one of the sign-in, or the one at a path. */
  readonly forwardAgent: 'no' | 'yes' | { readonly path: string };
  /** Variables for the server, with their values. */
  readonly env: Readonly<Record<string, string>>;
  /** What is not followed, since it would run a command: as the file calls it. */
  readonly notRun: readonly string[];
}

/**
 * Reads ~/.ssh/config for one connection by the rules of ssh_config(5). A file that cannot be read says nothing, nor does
 * a value that ssh(1) would refuse.
 */
export async function readHostConfig(from: Environment, target: ConfigTarget): Promise<HostConfig> {
  const reader = new ConfigReader(from, target);
  await reader.readAll();
  return hostConfigOf(reader, from);
}

/** What holds where ~/.ssh/config is not used. */
export function withoutConfig(from: Environment, target: ConfigTarget): HostConfig {
  return hostConfigOf(new ConfigReader(from, target), from);
}

function hostConfigOf(reader: ConfigReader, from: Environment): HostConfig {
  const agent = reader.value('identityagent');
  const pathsOf = (values: readonly string[]): readonly string[] =>
    values.flatMap((value) => (value.toLowerCase() === 'none' ? [] : (reader.path(value) ?? [])));
  const knownHosts = (keyword: string): readonly string[] | null => {
    const values = reader.list(keyword);
    return values === undefined ? null : pathsOf(values);
  };
  return {
    hostName: reader.connectHost(),
    port: reader.port(),
    user: userOf(reader, from),
    hostKeyAlias: reader.hostKeyAlias(),
    proxy: proxyOf(reader),
    identityAgent: agent === undefined || agent === 'SSH_AUTH_SOCK' ? null : socketPath(reader, from, agent),
    identityFiles: reader.identityFiles.length === 0 ? null : pathsOf(reader.identityFiles),
    identitiesOnly: isYes(reader.value('identitiesonly')),
    certificateFiles: pathsOf(reader.certificateFiles),
    knownHostsFiles: { user: knownHosts('userknownhostsfile'), system: knownHosts('globalknownhostsfile') },
    forwardAgent: forwardAgentOf(reader, from),
    env: environmentOf(reader, from),
    notRun: notRunOf(reader),
  };
}

/** OpenSSH 10 replaces tokens and variables in it; before, none was in use, since no user is called so. */
function userOf(reader: ConfigReader, { env }: Environment): string {
  const user = reader.user();
  if (user !== reader.value('user')) return user;
  const {
    '%': percent = '%',
    d = '',
    h = '',
    i = '',
    L = '',
    l = '',
    n = '',
    p = '',
    u = '',
  } = reader.tokens();
  return expandVariables(expandTokens(user, { '%': percent, d, h, i, L, l, n, p, u }).text, env).text;
}

function proxyOf(reader: ConfigReader): ConfigProxy {
  const command = reader.value('proxycommand');
  if (command !== undefined) return { kind: command.toLowerCase() === 'none' ? 'none' : 'command' };
  const text = reader.value('proxyjump');
  if (text === undefined) return { kind: 'none' };
  const read = readJumpAddresses(text);
  if (read === null) return { kind: 'unreadable', text };
  // As in a ProxyCommand, which ssh(1) makes of it.
  const { h = '', n = '', p = '', r = '' } = reader.tokens();
  const tokens = { '%': '%', h, n, p, r };
  const hosts = read.map(({ host, port, user }) => ({
    host: expandTokens(host, tokens).text,
    port,
    user: user === null ? null : expandTokens(user, tokens).text,
  }));
  return hosts.length === 0 ? { kind: 'none' } : { kind: 'jump', hosts };
}

/** `user@host:port,…` of the jump hosts, as `ssh -G` prints them; null where there are none. */
export function proxyJumpText(proxy: ConfigProxy): string | null {
  return proxy.kind === 'jump' ? proxy.hosts.map(jumpAddressText).join(',') : null;
}

function forwardAgentOf(reader: ConfigReader, from: Environment): HostConfig['forwardAgent'] {
  const value = reader.value('forwardagent');
  if (value === undefined || /^(no|false)$/i.test(value)) return 'no';
  const socket = reader.value(forwardedSocket);
  if (socket === undefined) return 'yes';
  const path = socketPath(reader, from, socket);
  return path === 'none' ? 'no' : { path };
}

/** `none` where there is no such socket. */
function socketPath(reader: ConfigReader, { env }: Environment, value: string): string {
  if (value.toLowerCase() === 'none') return 'none';
  // The older spelling: a variable alone. One that is not set means no agent.
  if (value.startsWith('$') && !value.startsWith('${')) return env[value.slice(1)] ?? 'none';
  return reader.path(value) ?? 'none';
}

/** What `SendEnv` finds here, then what `SetEnv` says, which wins. */
function environmentOf(reader: ConfigReader, { env }: Environment): Readonly<Record<string, string>> {
  const found = Object.entries(env).filter(
    ([name, value]) => value !== undefined && reader.sendEnv.some((pattern) => isLike(pattern, name)),
  );
  const said = (reader.list('setenv') ?? []).flatMap((word): [string, string][] => {
    const at = word.indexOf('=');
    return at < 1 ? [] : [[word.slice(0, at), word.slice(at + 1)]];
  });
  // Of two lines with one name the first counts.
  return Object.fromEntries([...found, ...said.toReversed()]) as Record<string, string>;
}

function notRunOf(reader: ConfigReader): readonly string[] {
  const isSaid = (keyword: string): boolean => !/^(none)?$/i.test(reader.value(keyword) ?? '');
  return [
    ...(reader.leftOutExec ? ['Match exec'] : []),
    ...(isYes(reader.value('permitlocalcommand')) && isSaid('localcommand') ? ['LocalCommand'] : []),
    ...(isSaid('remotecommand') ? ['RemoteCommand'] : []),
    ...(isSaid('knownhostscommand') ? ['KnownHostsCommand'] : []),
  ];
}

function isYes(value: string | undefined): boolean {
  return /^(yes|true)$/i.test(value ?? '');
}
