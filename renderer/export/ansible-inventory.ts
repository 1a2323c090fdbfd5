import { defaultSshPort, defaultSshUser } from '../../preload/contract/ssh-defaults.ts';
import { displayText } from '../../preload/contract/display-text.ts';
import type { ExportedInstance } from './exported-instance.ts';
import type { ExportedJump } from './exported-jump.ts';
import { escapedForSsh, expandsVariable, withoutTokens } from './ssh-value.ts';

/** A JSON text is a YAML text too, but for characters that YAML takes for line breaks or refuses. */
const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A value that Ansible must not take for a template (its guide, "Unsafe or raw strings"). */
const literal = (text: string): string => (/\{[{%#]/.test(text) ? `!unsafe ${quoted(text)}` : quoted(text));

/*
 * Ansible passes both on as `-o User="…"` and `-o IdentityFile="…"`, with nothing escaped (its connection plugin
 * "ssh"): they are written as ssh reads them in there.
 */

function userLine(user: string): string {
  return user.includes('%') || expandsVariable(user)
    ? '# ansible_user is left out: it has a % or ${ in it, which versions of ssh read differently'
    : `ansible_user: ${literal(escapedForSsh(user))}`;
}

function keyFileLine(path: string): string {
  return expandsVariable(path)
    ? '# ansible_ssh_private_key_file is left out: ssh would expand the ${ in its path'
    : `ansible_ssh_private_key_file: ${literal(escapedForSsh(withoutTokens(path)))}`;
}

/** An inventory knows no aliases of ssh, so the addresses stand there. */
function jumpLines(jump: ExportedJump): readonly string[] {
  switch (jump.kind) {
    case 'unset':
      return [];
    case 'left-out':
      return [`# the jump host is left out: ${jump.reason}`];
    case 'none':
      return ['ansible_ssh_common_args: "-o ProxyJump=none"'];
    case 'hosts':
      return [`ansible_ssh_common_args: ${literal(`-o ProxyJump=${jump.hosts}`)}`];
  }
}

/** What a group is made from. */
interface GroupSource {
  readonly kind: 'project' | 'tag';
  /** The same for the same project or tag, and no other. */
  readonly key: string;
  readonly name: string;
}

function sourcesOf({ instance, projectName, annotations }: ExportedInstance): readonly GroupSource[] {
  const tags = [...new Set(annotations.tags)].map((tag) => ({ kind: 'tag', key: tag, name: tag }) as const);
  if (projectName === null || instance.projectId === null) return tags;
  return [{ kind: 'project', key: instance.projectId, name: projectName }, ...tags];
}

/** Letters and digits of every script, with underscores between them; Python's `\w` takes no combining annotations. */
const plainName = (text: string): string =>
  displayText(text, 100)
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_|_$/g, '');

/** A name that has no letter and no digit, by its code points: "u1f680". */
const codePoints = (text: string): string =>
  Array.from(text, (character) => `u${(character.codePointAt(0) ?? 0).toString(16)}`).join('_');

const baseName = ({ kind, key, name }: GroupSource): string =>
  `${kind}_${plainName(name) || (kind === 'project' && plainName(key)) || codePoints(name)}`;

/** The instances of each group, by its name. Two projects or tags never share one, whatever they are called. */
function groupsOf(instances: readonly ExportedInstance[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, { readonly source: GroupSource; readonly aliases: string[] }>();
  for (const instance of instances) {
    for (const source of sourcesOf(instance)) {
      const id = `${source.kind} ${source.key}`;
      const group = found.get(id) ?? { source, aliases: [] };
      group.aliases.push(instance.alias);
      found.set(id, group);
    }
  }
  const groups = new Map<string, readonly string[]>();
  // In the same order whatever the list is sorted by, so that a number stays with its group.
  const ordered = [...found.values()].toSorted(({ source: one }, { source: other }) =>
    one.name + one.key < other.name + other.key ? -1 : 1,
  );
  for (const { source, aliases } of ordered) {
    const base = baseName(source);
    let name = base;
    for (let n = 2; groups.has(name); n += 1) name = `${base}_${n}`;
    groups.set(name, aliases);
  }
  return groups;
}

/** Instances as an Ansible inventory in YAML, in groups by project and by tag. Those without an address are left out. */
export function ansibleInventoryOf(instances: readonly ExportedInstance[], madeOn: string): string {
  const reachable = instances.filter(({ host }) => host !== null);
  const hosts = reachable.flatMap((instance) => {
    const { alias, host, connection, keyFile, jump } = instance;
    return [
      `    ${quoted(alias)}:`,
      `      ansible_host: ${quoted(host ?? '')}`,
      `      ansible_port: ${connection.port ?? defaultSshPort}`,
      `      ${userLine(connection.user ?? defaultSshUser)}`,
      ...(keyFile === null ? [] : [`      ${keyFileLine(keyFile)}`]),
      ...jumpLines(jump).map((line) => `      ${line}`),
    ];
  });
  const groups = [...groupsOf(reachable)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([group, aliases]) => [
      `    ${group}:`,
      '      hosts:',
      ...aliases.map((alias) => `        ${quoted(alias)}:`),
    ]);
  return [
    `# Instances at Evorxa, ${madeOn}`,
    'all:',
    hosts.length === 0 ? '  hosts: {}' : '  hosts:',
    ...hosts,
    ...(groups.length === 0 ? [] : ['  children:', ...groups]),
    '',
  ].join('\n');
}
