import type { InstanceId } from '../../preload/contract/brands.ts';
import { isHost } from '../../preload/contract/host.ts';
import { readJumpAddresses } from '../../preload/contract/jump-address.ts';
import { defaultSshUser } from '../../preload/contract/ssh-defaults.ts';
import type { SshSettings } from '../../preload/contract/terminal.ts';
import type { JumpHost, Routing } from './protocol.ts';

/** An instance that others are reached through. */
export interface JumpInstance {
  readonly name: string;
  readonly mainIp: string | null;
  readonly settings: SshSettings;
}

/** Reads the SSH settings of an instance for what they say of the way to it; `find` finds others of its account. */
export function routingOf(
  instanceId: InstanceId,
  settings: SshSettings,
  find: (instanceId: InstanceId) => JumpInstance | null,
): Routing {
  return {
    usesConfig: settings.usesConfig ?? true,
    isPortSet: settings.port !== null,
    isUserSet: settings.user !== null,
    jump: jumpOf(settings, find, [instanceId]),
    forwardsAgent: settings.forwardsAgent ?? null,
  };
}

/** `seen`: the instances on the way so far. */
function jumpOf(
  { jump }: SshSettings,
  find: (instanceId: InstanceId) => JumpInstance | null,
  seen: readonly InstanceId[],
): Routing['jump'] {
  if (jump === undefined) return { kind: 'config' };
  switch (jump.kind) {
    case 'none':
      return { kind: 'hosts', hosts: [] };
    case 'hosts':
      return { kind: 'hosts', hosts: (readJumpAddresses(jump.hosts) ?? []).map(typedJumpHost) };
    case 'instance':
      return jumpByInstance(jump.instanceId, find, seen);
  }
}

function jumpByInstance(
  id: InstanceId,
  find: (instanceId: InstanceId) => JumpInstance | null,
  seen: readonly InstanceId[],
): Routing['jump'] {
  const change = 'Choose another one in the SSH settings.';
  const found = find(id);
  if (found === null) return unusable(`The instance that is its jump host is no longer there. ${change}`);
  const { name, mainIp, settings } = found;
  if (seen.includes(id)) return unusable(`The jump hosts lead in a circle, by ${name}. ${change}`);
  const host = settings.host ?? mainIp;
  if (host === null || !isHost(host)) return unusable(`The jump host ${name} has no address yet.`);
  const before = jumpOf(settings, find, [...seen, id]);
  if (before.kind === 'unusable') return before;
  const own: JumpHost = {
    host,
    port: settings.port,
    user: settings.user,
    otherwiseUser: defaultSshUser,
    auth: settings.auth,
    usesConfig: settings.usesConfig ?? true,
    followsOwnJump: before.kind === 'config',
  };
  return { kind: 'hosts', hosts: before.kind === 'config' ? [own] : [...before.hosts, own] };
}

function typedJumpHost(address: Pick<JumpHost, 'host' | 'port' | 'user'>): JumpHost {
  return {
    ...address,
    otherwiseUser: null,
    auth: { method: 'auto' },
    usesConfig: true,
    followsOwnJump: true,
  };
}

function unusable(sentence: string): Routing['jump'] {
  return { kind: 'unusable', sentence };
}
