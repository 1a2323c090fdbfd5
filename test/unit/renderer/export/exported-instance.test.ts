import { describe, expect, it } from 'vitest';
import { noAnnotations } from '../../../../preload/contract/annotations.ts';
import type { ProjectId } from '../../../../preload/contract/brands.ts';
import type { SshSettings } from '../../../../preload/contract/terminal.ts';
import { exportedInstances, type ExportedInstance } from '../../../../renderer/export/exported-instance.ts';
import { exportedWords } from '../../../../renderer/export/exported-words.ts';
import { instance } from '../../domain/samples.ts';

const settings = (more: Partial<SshSettings> = {}): SshSettings => ({
  host: null,
  port: 22,
  user: 'root',
  auth: { method: 'auto' },
  ...more,
});
const exported = (
  instances: Parameters<typeof exportedInstances>[0]['instances'],
  connection = settings(),
  keyFiles: Readonly<Record<string, string>> = {},
): readonly ExportedInstance[] =>
  exportedInstances({
    instances,
    projectNames: new Map([['p', 'Web shop']]),
    annotations: {},
    sshSettingsOf: () => connection,
    find: () => null,
    keyFiles,
  });

describe('the alias of an instance', () => {
  it.each([
    [
      ['web-2', 'web', 'web', 'web'],
      ['web-2', 'web', 'web-3', 'web-4'],
    ],
    [
      ['all', 'ungrouped'],
      ['all-2', 'ungrouped-2'],
    ],
    [
      ['-api.example.', '(a) & (b)', 'e\u0301te\u0301'],
      ['api.example', 'a-b', 'été'],
    ],
    [
      ['...', '🚀'],
      ['instance-i-0', 'instance-i-1'],
    ],
  ])('of those called %j is %j', (names, aliases) => {
    const servers = exported(names.map((name, n) => instance(`i/${n}`, 'running', { name })));
    expect(servers.map(({ alias }) => alias)).toEqual(aliases);
  });
});

describe('where a server answers', () => {
  const at = (mainIp: string | null, host: string | null) => {
    const [{ host: given, unreadableHost } = { host: null, unreadableHost: null }] = exported(
      [instance('web', 'running', { mainIp })],
      settings({ host }),
    );
    return [given, unreadableHost];
  };

  it('is what the person typed, a name too, and otherwise the address of the API alone', () => {
    expect(at('203.0.113.1', null)).toEqual(['203.0.113.1', null]);
    expect(at('203.0.113.1', 'web.example')).toEqual(['web.example', null]);
    expect(at(null, '2001:db8::1')).toEqual(['2001:db8::1', null]);
    expect(at('web.example', null)).toEqual([null, 'web.example']);
    expect(at('203.0.113.1', '-oProxyCommand=x')).toEqual([null, '-oProxyCommand=x']);
    expect(at(null, null)).toEqual([null, null]);
  });
});

it('a server has what is known of it: its project, and nothing noted where nothing is', () => {
  const [known, unknown, none] = exported([
    instance('a', 'running', { projectId: 'p' as ProjectId }),
    instance('b', 'running', { projectId: 'gone' as ProjectId }),
    instance('c', 'running', { projectId: null }),
  ]);
  expect([known, unknown, none].map((each) => each?.projectName)).toEqual(['Web shop', null, null]);
  expect(known?.annotations).toEqual(noAnnotations);
});

it.each([
  ['~/.ssh/id', '/home/jane/.ssh/id', '/home/jane/.ssh/id'],
  ['/home/jane/мой ключ', '/home/jane/мой ключ', '/home/jane/мой ключ'],
  ['/gone', undefined, null],
  ['/a\u2028b', '/a\u2028b', null],
  ['/a\u2029b', '/a\u2029b', null],
  ['/a\ud800b', '/a\ud800b', null],
  ['/a\tb', '/a\tb', null],
])(
  'the key file that was typed as %j is the file it stands for, where a line can hold it',
  (path, file, kept) => {
    const keyFiles = file === undefined ? {} : { [path]: file };
    const connection = settings({ auth: { method: 'key-file', path } });
    expect(exported([instance('web')], connection, keyFiles)[0]?.keyFile).toBe(kept);
    expect(exported([instance('web')], settings(), keyFiles)[0]?.keyFile).toBeNull();
  },
);

it.each([
  [3, 'a, b, c'],
  [4, 'a, b, c and 1 more'],
])('of %d servers that were left out three are named', (count, names) => {
  const without = ['a', 'b', 'c', 'd']
    .slice(0, count)
    .map((name) => instance(name, 'running', { name, mainIp: null }));
  expect(exportedWords(exported(without), true, 'a.yml')).toBe(
    `0 instances saved to a.yml. Left out, no address yet: ${names}.`,
  );
});
