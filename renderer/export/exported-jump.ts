import type { InstanceId } from '../../preload/contract/brands.ts';
import { jumpAddressText, type JumpAddress } from '../../preload/contract/jump-address.ts';
import { jumpWayOf, type JumpInstance, type JumpLeg } from '../../preload/contract/jump-way.ts';
import { defaultSshUser } from '../../preload/contract/ssh-defaults.ts';
import type { SshSettings } from '../../preload/contract/terminal.ts';

/** The way to an instance, as exports write it; `unset` where its settings leave that to ~/.ssh/config. */
export type ExportedJump =
  | { readonly kind: 'unset' | 'none' }
  | {
      readonly kind: 'hosts';
      /** `user@host:port,…`, the first one to be reached first. */
      readonly hosts: string;
      /** The last of them, where it is an instance of the same export, by its alias there: its own way is written there. */
      readonly alias: string | null;
    }
  | { readonly kind: 'left-out'; readonly reason: string };

/**
 * Reads an instance's settings for the way to it.
 * @param aliases Those of the export's instances that have an address.
 */
export function exportedJumpOf(
  instanceId: InstanceId,
  settings: SshSettings,
  find: (instanceId: InstanceId) => JumpInstance | null,
  aliases: ReadonlyMap<InstanceId, string>,
): ExportedJump {
  const way = jumpWayOf(instanceId, settings, find);
  if (way.kind === 'config') return { kind: 'unset' };
  if (way.kind === 'unusable') return { kind: 'left-out', reason: 'it cannot be used as it is set' };
  const last = way.legs.at(-1);
  if (last === undefined) return { kind: 'none' };
  const hosts = way.legs.map((leg) => jumpAddressText(addressOf(leg))).join(',');
  // ssh expands tokens in it, and ends it at a space or a #.
  if (!/^[\w.@:,[\]-]+$/.test(hosts))
    return { kind: 'left-out', reason: 'it has a character that ssh would read differently' };
  const alias = last.kind === 'instance' ? (aliases.get(last.instanceId) ?? null) : null;
  return { kind: 'hosts', hosts, alias: alias !== null && isJumpName(alias) ? alias : null };
}

/** Whether ssh takes a name for a jump host as it is. */
function isJumpName(alias: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(alias) && alias.toLowerCase() !== 'none';
}

function addressOf(leg: JumpLeg): JumpAddress {
  if (leg.kind === 'typed') return leg.address;
  const { host, settings } = leg;
  return { host, port: settings.port, user: settings.user ?? defaultSshUser };
}
