import type { Instance } from '../../preload/contract/instance.ts';
import { noMarks, type InstanceMarks, type MarksById } from '../../preload/contract/marks.ts';
import type { ConnectionSettings } from '../../preload/contract/terminal.ts';

/** A server with what this machine knows of it, as exports are made of. */
export interface ExportedServer {
  readonly instance: Instance;
  /** Null for a server that belongs to no project that is known. */
  readonly projectName: string | null;
  readonly marks: InstanceMarks;
  /** A name that stands for this server alone, made of letters, digits, dots and dashes. */
  readonly alias: string;
  /** Where it answers on SSH; null while it has no address. */
  readonly host: string | null;
  readonly connection: ConnectionSettings;
}

/** What exports are made of. */
export interface ExportSources {
  readonly instances: readonly Instance[];
  readonly projectNames: ReadonlyMap<string, string>;
  readonly marks: MarksById;
  readonly connectionOf: (instance: Instance) => ConnectionSettings;
}

/** Joins the servers with what is known of them, in the same order. */
export function exportedServers(sources: ExportSources): readonly ExportedServer[] {
  const taken = new Set<string>();
  return sources.instances.map((instance) => {
    const connection = sources.connectionOf(instance);
    return {
      instance,
      projectName:
        instance.projectId === null ? null : (sources.projectNames.get(instance.projectId) ?? null),
      marks: sources.marks[instance.id] ?? noMarks,
      alias: freeAlias(instance, taken),
      host: connection.host ?? instance.mainIp,
      connection,
    };
  });
}

/** Names are somebody's free text, and can be the same twice. */
function freeAlias({ name, id }: Instance, taken: Set<string>): string {
  const plain = name.replaceAll(/[^A-Za-z0-9.-]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '');
  const base = plain === '' ? `server-${id.replaceAll(/[^A-Za-z0-9-]+/g, '-')}` : plain.slice(0, 100);
  let alias = base;
  for (let n = 2; taken.has(alias); n += 1) alias = `${base}-${n}`;
  taken.add(alias);
  return alias;
}

/** The private key file that a server is opened with, where one was chosen whose path can stand in a text file. */
export function keyFileOf({ connection }: ExportedServer): string | null {
  if (connection.auth.method !== 'key-file') return null;
  const { path } = connection.auth;
  return /["\p{C}]/u.test(path) ? null : path;
}
