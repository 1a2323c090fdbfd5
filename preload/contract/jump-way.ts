import type { InstanceId } from './brands.ts';
import { isHost } from './host.ts';
import { readJumpAddresses, type JumpAddress } from './jump-address.ts';
import type { SshSettings } from './terminal.ts';

/** An instance that others are reached through. */
export interface JumpInstance {
  readonly name: string;
  readonly mainIp: string | null;
  readonly settings: SshSettings;
}

/** One jump host of a way: typed by somebody, or another instance. */
export type JumpLeg =
  | { readonly kind: 'typed'; readonly address: JumpAddress }
  | {
      readonly kind: 'instance';
      readonly instanceId: InstanceId;
      readonly host: string;
      readonly settings: SshSettings;
    };

/**
 * The way to an instance, as the SSH settings say, the first one to be reached first: `config` where they leave it to
 * ~/.ssh/config; `unusable` with what is wrong and what to do. Where `startsByConfig` is set, that first one is an
 * instance whose own way ~/.ssh/config decides.
 */
export type JumpWay =
  | { readonly kind: 'config' }
  | { readonly kind: 'hosts'; readonly legs: readonly JumpLeg[]; readonly startsByConfig: boolean }
  | { readonly kind: 'unusable'; readonly sentence: string };

/** The way to an instance; `find` finds others of its account. */
export function jumpWayOf(
  instanceId: InstanceId,
  settings: SshSettings,
  find: (instanceId: InstanceId) => JumpInstance | null,
): JumpWay {
  return wayOf(settings, find, [instanceId]);
}

/** `seen`: the instances on the way so far. */
function wayOf(
  { jump }: SshSettings,
  find: (instanceId: InstanceId) => JumpInstance | null,
  seen: readonly InstanceId[],
): JumpWay {
  if (jump === undefined) return { kind: 'config' };
  switch (jump.kind) {
    case 'none':
      return { kind: 'hosts', legs: [], startsByConfig: false };
    case 'hosts': {
      const addresses = readJumpAddresses(jump.hosts) ?? [];
      const legs = addresses.map((address) => ({ kind: 'typed', address }) as const);
      return { kind: 'hosts', legs, startsByConfig: false };
    }
    case 'instance':
      return wayByInstance(jump.instanceId, find, seen);
  }
}

function wayByInstance(
  id: InstanceId,
  find: (instanceId: InstanceId) => JumpInstance | null,
  seen: readonly InstanceId[],
): JumpWay {
  const change = 'Choose another one in the SSH settings.';
  const found = find(id);
  if (found === null) return unusable(`The instance that is its jump host is no longer there. ${change}`);
  const { name, mainIp, settings } = found;
  if (seen.includes(id)) return unusable(`The jump hosts lead in a circle, by ${name}. ${change}`);
  const host = settings.host ?? mainIp;
  if (host === null || !isHost(host)) return unusable(`The jump host ${name} has no address yet.`);
  const before = wayOf(settings, find, [...seen, id]);
  if (before.kind === 'unusable') return before;
  const leg: JumpLeg = { kind: 'instance', instanceId: id, host, settings };
  return before.kind === 'config'
    ? { kind: 'hosts', legs: [leg], startsByConfig: true }
    : { ...before, legs: [...before.legs, leg] };
}

function unusable(sentence: string): JumpWay {
  return { kind: 'unusable', sentence };
}
