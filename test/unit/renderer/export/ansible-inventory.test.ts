import { describe, expect, it } from 'vitest';
import { noAnnotations } from '../../../../preload/contract/annotations.ts';
import type { ProjectId } from '../../../../preload/contract/brands.ts';
import { ansibleInventoryOf } from '../../../../renderer/export/ansible-inventory.ts';
import type { ExportedInstance } from '../../../../renderer/export/exported-instance.ts';
import { instance } from '../../domain/samples.ts';

interface Facts {
  readonly user?: string;
  readonly keyFile?: string;
  readonly project?: readonly [id: string, name: string | null];
  readonly tags?: readonly string[];
}

/** A server that can be reached, with what its line and its groups are made of. */
function server(alias: string, { user = 'root', keyFile, project, tags = [] }: Facts = {}): ExportedInstance {
  const [projectId, projectName] = project ?? [null, null];
  return {
    instance: instance(alias, 'running', { projectId: projectId as ProjectId | null }),
    projectName,
    annotations: { ...noAnnotations, tags: [...tags] },
    alias,
    host: '203.0.113.1',
    unreadableHost: null,
    connection: { host: null, port: 22, user, auth: { method: 'auto' } },
    keyFile: keyFile ?? null,
    jump: { kind: 'unset' },
  };
}
const linesOf = (...servers: readonly ExportedInstance[]): readonly string[] =>
  ansibleInventoryOf(servers, 'today').split('\n');
/** The hosts of each group, as the file lists them. */
const groupsOf = (...servers: readonly ExportedInstance[]): readonly (readonly string[])[] => {
  const [, children = ''] = ansibleInventoryOf(servers, 'today').split('  children:\n');
  return children
    .split(/^ {4}(?=\S)/m)
    .filter((group) => group !== '')
    .map((group) => [...group.matchAll(/^ *"?([^":\n]+)"?:$/gm)].map(([, name = '']) => name))
    .map((names) => names.filter((name) => name !== 'hosts'));
};

describe('a value', () => {
  it.each([
    ['root', '"root"'],
    ['a"b', String.raw`"a\\\"b"`],
    ['CORP\\jane', String.raw`"CORP\\\\jane"`],
    ['{{ 7*7 }}', '!unsafe "{{ 7*7 }}"'],
    ['a{#b', '!unsafe "a{#b"'],
    ['{x}', '"{x}"'],
    ['a$b', '"a$b"'],
    ['a\u007fb\u0085c\u2028d\ufeffe', String.raw`"a\u007fb\u0085c\u2028d\ufeffe"`],
  ])('of the user %j is what ssh and YAML take for that user', (user, value) => {
    expect(linesOf(server('web', { user }))).toContain(`      ansible_user: ${value}`);
  });

  it.each([
    ['/home/me/id', '"/home/me/id"'],
    ['/home/me/100%key', '"/home/me/100%%key"'],
    ['C:\\keys\\id', String.raw`"C:\\\\keys\\\\id"`],
    ['/home/me/{%x%}', '!unsafe "/home/me/{%%x%%}"'],
    ['/home/me/$x', '"/home/me/$x"'],
  ])('of the key file %j is what ssh and YAML take for that file', (keyFile, value) => {
    expect(linesOf(server('web', { keyFile }))).toContain(`      ansible_ssh_private_key_file: ${value}`);
  });

  it.each(['a%b', '${USER}'])('is left out of a user that ssh would read otherwise: %s', (user) => {
    const lines = linesOf(server('web', { user }));
    expect(lines).toContain(
      '      # ansible_user is left out: it has a % or ${ in it, which versions of ssh read differently',
    );
    expect(lines.join('\n')).not.toMatch(/^ *ansible_user:/m);
  });

  it('is left out of a key file that ssh would look for elsewhere', () => {
    const lines = linesOf(server('web', { keyFile: '/home/${USER}/id' }));
    expect(lines).toContain(
      '      # ansible_ssh_private_key_file is left out: ssh would expand the ${ in its path',
    );
    expect(lines.join('\n')).not.toMatch(/^ *ansible_ssh_private_key_file:/m);
  });
});

describe('a group', () => {
  it.each([
    ['Web shop', 'project_web_shop'],
    ['  (Web) -- shop!', 'project_web_shop'],
    ['Größe 7', 'project_größe_7'],
    ['e\u0301te\u0301', 'project_été'],
    ['🚀', 'project_p_1'],
  ])('of the project %j is %s', (name, group) => {
    expect(groupsOf(server('web', { project: ['P-1', name] }))).toEqual([[group, 'web']]);
  });

  it.each([
    ['prod', 'tag_prod'],
    ['🚀', 'tag_u1f680'],
    ['🚀!', 'tag_u1f680_u21'],
  ])('of the tag %j is %s', (tag, group) => {
    expect(groupsOf(server('web', { tags: [tag] }))).toEqual([[group, 'web']]);
  });

  it('of a project whose name and id say nothing is called by its code points', () => {
    expect(groupsOf(server('web', { project: ['–', '🚀'] }))).toEqual([['project_u1f680', 'web']]);
  });

  it('has all servers of a project or tag, each once, in the order of the list', () => {
    expect(
      groupsOf(
        server('b', { project: ['1', 'x'], tags: ['x', 'y', 'x'] }),
        server('a', { project: ['1', 'x'], tags: ['y'] }),
        server('c'),
      ),
    ).toEqual([
      ['project_x', 'b', 'a'],
      ['tag_x', 'b'],
      ['tag_y', 'b', 'a'],
    ]);
  });

  it('is shared by no two projects or tags of like names, and its number stays however the list is sorted', () => {
    const servers = [
      server('one', { project: ['2', 'shop'] }),
      server('two', { project: ['1', 'shop'] }),
      server('three', { project: ['3', 'Shop'] }),
      server('four', { tags: ['eu 1'] }),
      server('five', { tags: ['eu-1'] }),
    ];
    const expected = [
      ['project_shop', 'three'],
      ['project_shop_2', 'two'],
      ['project_shop_3', 'one'],
      ['tag_eu_1', 'four'],
      ['tag_eu_1_2', 'five'],
    ];
    expect(groupsOf(...servers)).toEqual(expected);
    expect(groupsOf(...servers.toReversed())).toEqual(expected);
  });

  it('is none for a server without a project that is known, and without tags', () => {
    const lines = linesOf(server('web', { project: ['1', null] }), server('api'));
    expect(lines).not.toContain('  children:');
    expect(lines.filter((line) => /^ {4}"/.test(line))).toEqual(['    "web":', '    "api":']);
  });
});
