import { keyFileOf, type ExportedServer } from './exported-server.ts';

/** A JSON text is a YAML text too: a value in quotes means nothing else there. */
const quoted = (text: string): string => JSON.stringify(text);

/** Names of groups may have letters, digits and underscores alone, and begin with a letter. */
function groupName(prefix: string, name: string): string {
  return `${prefix}_${name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '')}`;
}

function groupsOf({ projectName, marks }: ExportedServer): readonly string[] {
  const tags = marks.tags.map((tag) => groupName('tag', tag));
  return projectName === null ? tags : [groupName('project', projectName), ...tags];
}

/** Servers as an Ansible inventory in YAML, in groups by project and by tag. Those without an address are left out. */
export function ansibleInventoryOf(servers: readonly ExportedServer[], madeOn: string): string {
  const reachable = servers.filter(({ host }) => host !== null);
  const hosts = reachable.flatMap((server) => {
    const { alias, host, connection } = server;
    const keyFile = keyFileOf(server);
    return [
      `    ${quoted(alias)}:`,
      `      ansible_host: ${quoted(host ?? '')}`,
      `      ansible_port: ${connection.port}`,
      `      ansible_user: ${quoted(connection.user)}`,
      ...(keyFile === null ? [] : [`      ansible_ssh_private_key_file: ${quoted(keyFile)}`]),
    ];
  });
  const members = new Map<string, string[]>();
  for (const server of reachable) {
    for (const group of groupsOf(server)) members.set(group, [...(members.get(group) ?? []), server.alias]);
  }
  const groups = [...members]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([group, aliases]) => [
      `    ${group}:`,
      '      hosts:',
      ...aliases.map((alias) => `        ${quoted(alias)}:`),
    ]);
  return [
    `# Servers at Evorxa, ${madeOn}`,
    'all:',
    hosts.length === 0 ? '  hosts: {}' : '  hosts:',
    ...hosts,
    ...(groups.length === 0 ? [] : ['  children:', ...groups]),
    '',
  ].join('\n');
}
