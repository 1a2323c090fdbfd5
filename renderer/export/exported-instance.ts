import { displayText } from '../../preload/contract/display-text.ts';
import { isAddress, isHost } from '../../preload/contract/host.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import {
  noAnnotations,
  type InstanceAnnotations,
  type AnnotationsById,
} from '../../preload/contract/annotations.ts';
import type { InstanceId } from '../../preload/contract/brands.ts';
import type { JumpInstance } from '../../preload/contract/jump-way.ts';
import type { SshSettings } from '../../preload/contract/terminal.ts';
import { exportedJumpOf, type ExportedJump } from './exported-jump.ts';

/** An instance with what this machine knows of it, as exports are made of. */
export interface ExportedInstance {
  readonly instance: Instance;
  /** Null for an instance that belongs to no project that is known. */
  readonly projectName: string | null;
  readonly annotations: InstanceAnnotations;
  /** A name that stands for this instance alone, made of letters, digits, dots and dashes. */
  readonly alias: string;
  /** Where it answers on SSH, an address or a host name and nothing else; null where none is known. */
  readonly host: string | null;
  /** What was given in place of an address and is none; null where there is no such text. */
  readonly unreadableHost: string | null;
  readonly connection: SshSettings;
  /** The private key file to use, absolute or in the home folder (`~/`); null where none was chosen. */
  readonly keyFile: string | null;
  readonly jump: ExportedJump;
}

/** What exports are made of. */
export interface ExportSources {
  readonly instances: readonly Instance[];
  readonly projectNames: ReadonlyMap<string, string>;
  readonly annotations: AnnotationsById;
  readonly sshSettingsOf: (instance: Pick<Instance, 'id'>) => SshSettings;
  /** Finds an instance of the account, exported or not. */
  readonly find: (instanceId: InstanceId) => Instance | null;
  /** The file that each typed path of a key stands for. */
  readonly keyFiles: Readonly<Record<string, string>>;
}

/** Joins the instances with what is known of them, in the same order. */
export function exportedInstances(sources: ExportSources): readonly ExportedInstance[] {
  // Ansible has groups of these names of its own.
  const taken = new Set(['all', 'ungrouped']);
  const exported = sources.instances.map((instance) => {
    const connection = sources.sshSettingsOf(instance);
    // What the user typed may be a name; what the API gives is an address or nothing.
    const given = connection.host ?? instance.mainIp;
    const isReachable = given !== null && (connection.host === null ? isAddress : isHost)(given);
    return {
      instance,
      projectName:
        instance.projectId === null ? null : (sources.projectNames.get(instance.projectId) ?? null),
      annotations: sources.annotations[instance.id] ?? noAnnotations,
      alias: freeAlias(instance, taken),
      host: isReachable ? given : null,
      unreadableHost: isReachable ? null : given,
      connection,
      keyFile: keyFileOf(connection, sources.keyFiles),
    };
  });
  const aliases = new Map(
    exported.flatMap(({ instance, alias, host }) => (host === null ? [] : [[instance.id, alias] as const])),
  );
  const find = (id: InstanceId): JumpInstance | null => {
    const found = sources.find(id);
    return found && { name: found.name, mainIp: found.mainIp, settings: sources.sshSettingsOf(found) };
  };
  return exported.map((each) => ({
    ...each,
    jump: exportedJumpOf(each.instance.id, each.connection, find, aliases),
  }));
}

/** Names are somebody's free text, and can be the same twice. */
function freeAlias({ name, id }: Instance, taken: Set<string>): string {
  const base = plainWords(name, '-') || `instance-${plainWords(id, '-')}`;
  let alias = base;
  for (let n = 2; taken.has(alias); n += 1) alias = `${base}-${n}`;
  taken.add(alias);
  return alias;
}

/**
 * Free text as letters (of every script), digits and dots, with `joint` for all between them; empty where it has none.
 */
function plainWords(text: string, joint: string): string {
  return displayText(text, 100)
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}.]+/gu, joint)
    .replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, '');
}

/** The private key file that an instance is opened with, where one was chosen whose path can stand in a line of text. */
function keyFileOf({ auth }: SshSettings, keyFiles: ExportSources['keyFiles']): string | null {
  const path = auth.method === 'key-file' ? keyFiles[auth.path] : undefined;
  return path === undefined || /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(path) ? null : path;
}
