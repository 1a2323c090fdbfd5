import type { ProjectId } from '../../../../preload/contract/brands.ts';
import { noAnnotations } from '../../../../preload/contract/annotations.ts';
import type { SshSettings } from '../../../../preload/contract/terminal.ts';
import { personsPath } from '../../../../main/terminal/process/auth/paths.ts';
import { exportedInstances, type ExportedInstance } from '../../../../renderer/export/exported-instance.ts';
import { instance } from '../../domain/samples.ts';

/** Names of servers, projects and tags that mean something to a program that reads an export, or look like it. */
export const awkwardNames: readonly string[] = [
  'all',
  'ungrouped',
  'localhost',
  'none',
  'match',
  'Host *',
  '*',
  '!web',
  'web',
  'WEB',
  'web',
  'web-2',
  '12',
  '1e5',
  '007',
  '0x7f',
  'true',
  'null',
  '~',
  '',
  '---',
  '...',
  '#hash',
  '-oForwardAgent=yes',
  'a b',
  'a\tb',
  'a\nHost x',
  'a:22',
  'web[1:3]',
  '{{ 7*7 }}',
  '{% raw %}',
  '${HOME}',
  '%h',
  'a"b',
  "o'x",
  'a\\',
  'прод-1',
  'тест-1',
  '本番',
  '🚀',
  '👩‍💻 dev',
  'été',
  'e\u0301te\u0301',
  'Größe',
  'हिन्दी',
  'خانه',
  'x\u202egpj.exe',
  'a\u00adb',
  'tag_prod',
  'project_shop',
  'hostvars',
  'group_names',
  '_meta',
  'x'.repeat(300),
  '=1+1',
  'a;=1+1',
  '<b>x</b>',
];

/** Users on a server that a line of ssh_config or YAML could read as something else; none has a `%` or `${`. */
export const awkwardUsers: readonly string[] = [
  'root',
  "o'x",
  'a"b',
  '#hash',
  '"quoted"',
  "o'x'y",
  '=b',
  'CORP\\jane',
  'D\\\\u',
  "a\\'b",
  'a\\',
  '\\',
  '"',
  "'",
  'jane@corp.example',
  'null',
  'true',
  '007',
  '~',
  '-x',
  '*',
  '!unsafe',
  '&a',
  'a:b',
  '{x}',
  'юля',
  '山田',
  'a$b',
  '`id`',
];

/** Paths of private keys that a line of ssh_config or YAML could read as something else; none has a `${`. */
export const awkwardPaths: readonly string[] = [
  '/home/me/id',
  '/home/me/my keys/id',
  '/home/me/100%key/id',
  '/home/me/%h',
  '/home/me/a"b',
  "/home/me/o'x",
  '/home/me/#1',
  '/home/me/a\\',
  'C:\\Users\\me\\id',
  '\\\\server\\share\\id',
  '/home/me/ключ',
  '/home/me/👩‍💻',
  ' /home/me/lead',
  '/home/me/trail ',
  '/home/me/$x',
  '/home/me/{{x}}',
  '/home/me/=',
  '/home/me/*',
  '/home/me/\u00a0',
  '/home/me/a,b',
];

const here = { env: {}, platform: 'linux', home: '/home/me' } as const;

/** Servers with each of these names, users and paths, with addresses of their own, in projects and with tags of such names. */
export function awkwardServers(): readonly ExportedInstance[] {
  const at = (list: readonly string[], n: number): string => list[n % list.length] ?? '';
  const settings = (n: number): SshSettings => ({
    host: null,
    port: 22 + n,
    user: at(awkwardUsers, n),
    auth: { method: 'key-file', path: at(awkwardPaths, n) },
  });
  const instances = awkwardNames.map((name, n) =>
    instance(`id-${n}`, 'running', {
      name,
      mainIp: n % 2 === 0 ? `203.0.113.${n}` : `2001:db8::${n}`,
      projectId: `project-${n}` as ProjectId,
    }),
  );
  return exportedInstances({
    instances,
    projectNames: new Map(awkwardNames.map((name, n) => [`project-${n}`, name])),
    annotations: Object.fromEntries(
      instances.map(({ id, name }, n) => [
        id,
        { ...noAnnotations, tags: [name, at(awkwardNames, n + 1), 'everywhere'] },
      ]),
    ),
    sshSettingsOf: ({ id }) => settings(Number(id.slice('id-'.length))),
    find: (id) => instances.find((each) => each.id === id) ?? null,
    keyFiles: Object.fromEntries(awkwardPaths.map((path) => [path, personsPath(path, here)])),
  });
}
