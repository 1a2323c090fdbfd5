import type { InstanceId } from '../../preload/contract/brands.ts';
import { jumpWayOf, type JumpInstance, type JumpLeg } from '../../preload/contract/jump-way.ts';
import { defaultSshUser } from '../../preload/contract/ssh-defaults.ts';
import type { SshSettings } from '../../preload/contract/terminal.ts';
import type { JumpHost, Routing } from './protocol.ts';

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
    jump: jumpOf(instanceId, settings, find),
    forwardsAgent: settings.forwardsAgent ?? null,
  };
}

function jumpOf(
  instanceId: InstanceId,
  settings: SshSettings,
  find: (instanceId: InstanceId) => JumpInstance | null,
): Routing['jump'] {
  const way = jumpWayOf(instanceId, settings, find);
  if (way.kind !== 'hosts') return way;
  const { legs, startsByConfig } = way;
  return { kind: 'hosts', hosts: legs.map((leg, index) => jumpHost(leg, startsByConfig && index === 0)) };
}

function jumpHost(leg: JumpLeg, followsOwnJump: boolean): JumpHost {
  if (leg.kind === 'typed') {
    return {
      ...leg.address,
      otherwiseUser: null,
      auth: { method: 'auto' },
      usesConfig: true,
      followsOwnJump: true,
    };
  }
  const { host, settings } = leg;
  return {
    host,
    port: settings.port,
    user: settings.user,
    otherwiseUser: defaultSshUser,
    auth: settings.auth,
    usesConfig: settings.usesConfig ?? true,
    followsOwnJump,
  };
}
