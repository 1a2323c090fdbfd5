import { parse } from 'csv-parse/sync';
import SSHConfig from 'ssh-config';
import { describe, expect, it } from 'vitest';
import type { ProjectId } from '../../../../preload/contract/brands.ts';
import { fallbackLocale, sameLocale, useLocales } from '../../../../preload/contract/locales.ts';
import type { Instance } from '../../../../preload/contract/instance.ts';
import { noAnnotations } from '../../../../preload/contract/annotations.ts';
import type { SshSettings } from '../../../../preload/contract/terminal.ts';
import { ansibleInventoryOf } from '../../../../renderer/export/ansible-inventory.ts';
import { csvOf, dollarsCell } from '../../../../renderer/export/csv.ts';
import { exportedInstances, type ExportedInstance } from '../../../../renderer/export/exported-instance.ts';
import { exportedWords } from '../../../../renderer/export/exported-words.ts';
import { instancesAsCsv, instancesAsJson } from '../../../../renderer/export/instance-fields.ts';
import { listWriters } from '../../../../renderer/export/list-file.ts';
import { sshConfigOf } from '../../../../renderer/export/ssh-config.ts';
import { instance } from '../../domain/samples.ts';
import { cents } from '../../monitor/builders.ts';

const root: SshSettings = { host: null, port: 22, user: 'root', auth: { method: 'auto' } };
const withKey: SshSettings = {
  host: 'bastion.example',
  port: 2222,
  user: 'deploy',
  auth: { method: 'key-file', path: '/home/jane/my keys/id' },
};
const shop = 'shop' as ProjectId;
const api = instance('api', 'running', { name: 'api-prod-1', mainIp: '203.0.113.42', projectId: shop });
const web = instance('web', 'running', { name: 'web', mainIp: '203.0.113.43', projectId: null });
const fresh = instance('new', 'transition', { name: 'build 7', mainIp: null });

const joined = (
  instances: readonly Instance[],
  connections: Readonly<Record<string, SshSettings>> = {},
): readonly ExportedInstance[] =>
  exportedInstances({
    instances,
    projectNames: new Map([['shop', 'Web shop']]),
    annotations: { [api.id]: { ...noAnnotations, tags: ['prod'], note: 'the first' } },
    sshSettingsOf: ({ id }) => connections[id] ?? root,
    find: (id) => instances.find((each) => each.id === id) ?? null,
    keyFiles: { '/home/jane/my keys/id': '/home/jane/my keys/id' },
  });

describe('names of instances in exports', () => {
  it('stand for one instance each and hold no character that means something else', () => {
    const names = ['web', 'web', 'a b\nHost *', '../..', '', '<img>'];
    const servers = joined(names.map((name, n) => instance(`i${n}`, 'running', { name })));
    expect(servers.map(({ alias }) => alias)).toEqual([
      'web',
      'web-2',
      'a-b-Host',
      'instance-i3',
      'instance-i4',
      'img',
    ]);
  });
});

describe('a file', () => {
  it('says the same on every system', () => {
    const priced = { ...api, monthlyCents: cents(123_450), ramGb: 0.5 };
    const written = (locale: string): readonly string[] => {
      useLocales(sameLocale(locale));
      return Object.values(listWriters).map((write) => write(joined([priced, web]), '25 November 2026'));
    };
    const english = written('en-US');
    expect(english[0]).toContain(',1234.50,');
    for (const locale of ['de-DE', 'fr-FR', 'hi-IN']) expect(written(locale)).toEqual(english);
    useLocales(sameLocale(fallbackLocale));
  });
});

describe('how an export ended', () => {
  it('says how many instances are in the file, and which are not', () => {
    expect(exportedWords(joined([api, web]), true, 'a.yml')).toBe('2 instances saved to a.yml.');
    expect(exportedWords(joined([api, fresh]), true, 'a.yml')).toBe(
      '1 instance saved to a.yml. Left out, no address yet: build 7.',
    );
    expect(exportedWords(joined([api, fresh]), false, 'a.csv')).toBe('2 instances saved to a.csv.');
  });
});

describe('an export to ssh_config', () => {
  it('is read by a parser as what the app connects with', () => {
    const text = sshConfigOf(joined([api, web, fresh], { [web.id]: withKey }), '25 November 2026');
    const config = SSHConfig.parse(text);
    expect(config.compute('api-prod-1')).toMatchObject({
      HostName: '203.0.113.42',
      Port: '22',
      User: 'root',
    });
    expect(config.compute('web')).toMatchObject({
      HostName: 'bastion.example',
      Port: '2222',
      User: 'deploy',
      IdentityFile: ['/home/jane/my keys/id'],
    });
    expect(text).toContain('# build-7: no address yet');
  });

  it('has no instance whose address is none, and no other line changes', () => {
    const texts = [
      '203.0.113.9\n  ForwardAgent yes',
      '{{ 7*7 }}',
      '203.0.113.9/24',
      'Pending',
      '-oForwardAgent=yes',
    ];
    const hostile = texts.map((mainIp, n) => instance(`i${n}`, 'running', { name: `bad-${n}`, mainIp }));
    const servers = joined([...hostile, web]);
    expect(servers.map(({ host }) => host)).toEqual([...texts.map(() => null), '203.0.113.43']);
    for (const text of [sshConfigOf(servers, 'today'), ansibleInventoryOf(servers, 'today')]) {
      for (const given of texts) expect(text).not.toContain(given);
      expect(text).not.toContain('ForwardAgent');
    }
    expect(sshConfigOf(servers, 'today')).toContain('# bad-0: left out, its address is not valid');
    expect(exportedWords(servers, true, 'config')).toBe(
      '1 instance saved to config. Left out, not a valid address: bad-0, bad-1, bad-2 and 2 more.',
    );
  });

  it('leaves a key file out whose path would end its line', () => {
    const hostile = { ...withKey, auth: { method: 'key-file', path: '/a"\nProxyCommand x' } } as const;
    expect(sshConfigOf(joined([web], { [web.id]: hostile }), 'today')).not.toContain('ProxyCommand');
  });
});

describe('an export to an Ansible inventory', () => {
  it('has the hosts, and groups by project and tag', () => {
    expect(ansibleInventoryOf(joined([api, web, fresh], { [web.id]: withKey }), 'today')).toBe(
      [
        '# Instances at Evorxa, today',
        'all:',
        '  hosts:',
        '    "api-prod-1":',
        '      ansible_host: "203.0.113.42"',
        '      ansible_port: 22',
        '      ansible_user: "root"',
        '    "web":',
        '      ansible_host: "bastion.example"',
        '      ansible_port: 2222',
        '      ansible_user: "deploy"',
        '      ansible_ssh_private_key_file: "/home/jane/my keys/id"',
        '  children:',
        '    project_web_shop:',
        '      hosts:',
        '        "api-prod-1":',
        '    tag_prod:',
        '      hosts:',
        '        "api-prod-1":',
        '',
      ].join('\n'),
    );
  });

  it('is a valid inventory without instances', () => {
    expect(ansibleInventoryOf([], 'today')).toBe('# Instances at Evorxa, today\nall:\n  hosts: {}\n');
  });
});

/** A server of which everything is known, none of it like another; a favourite that is not locked. */
const full = instance('full', 'running', {
  name: 'full-1',
  hostname: 'full-1.example',
  status: 'active',
  planSlug: 'scout-2',
  vcpu: 3,
  ramGb: 5,
  storageGb: 70,
  osName: 'Debian 13',
  mainIp: '203.0.113.50',
  addresses: ['203.0.113.50', '2001:db8::50'],
  projectId: shop,
  billedTillMs: Date.UTC(2026, 5, 14, 1, 2, 3),
  monthlyCents: cents(1_050),
});
const [fullServer] = exportedInstances({
  instances: [full],
  projectNames: new Map([['shop', 'Web shop']]),
  annotations: {
    [full.id]: {
      ...noAnnotations,
      isFavourite: true,
      isLocked: false,
      tags: ['prod', 'eu'],
      note: 'the first',
    },
  },
  sshSettingsOf: () => withKey,
  find: () => null,
  keyFiles: {},
});
const fullRow = {
  id: full.id,
  name: 'full-1',
  hostname: 'full-1.example',
  state: 'Running',
  api_status: 'active',
  project: 'Web shop',
  plan: 'scout-2',
  vcpu: 3,
  ram_gb: 5,
  storage_gb: 70,
  os: 'Debian 13',
  main_ip: '203.0.113.50',
  addresses: '203.0.113.50 2001:db8::50',
  ssh_host: 'bastion.example',
  ssh_port: 2222,
  ssh_user: 'deploy',
  billed_till: '2026-06-14T01:02:03.000Z',
  monthly_usd_estimate: '10.50',
  favourite: true,
  delete_lock: false,
  tags: 'prod eu',
  note: 'the first',
};

it('an export to JSON has all that is known of an instance, and null for what is not', () => {
  expect(JSON.parse(instancesAsJson(fullServer === undefined ? [] : [fullServer]))).toEqual([fullRow]);
  const bare = instance('bare', 'running', { mainIp: null, billedTillMs: null, monthlyCents: null });
  expect(JSON.parse(instancesAsJson(joined([bare])))).toMatchObject([
    { main_ip: null, ssh_host: null, billed_till: null, monthly_usd_estimate: null, project: null, note: '' },
  ]);
});

describe('an export to CSV', () => {
  it('has a header and the same fields for each instance', () => {
    const rows = parse(
      instancesAsCsv([...(fullServer === undefined ? [] : [fullServer]), ...joined([api])]),
      {
        columns: true,
      },
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual(
      Object.fromEntries(Object.entries(fullRow).map(([key, value]) => [key, String(value)])),
    );
  });

  it('quotes what has to be, and disarms formulas but leaves numbers', () => {
    expect(
      csvOf(
        ['a', 'b'],
        [
          ['x,"y"\nz', null],
          ['=HYPERLINK("http://x")', dollarsCell(-420)],
          ['@cmd', 7],
        ],
      ),
    ).toBe('a,b\r\n"x,""y""\nz",\r\n"\'=HYPERLINK(""http://x"")",-4.20\r\n"\'@cmd",7\r\n');
  });
});

it.each([
  ['csv', /^id,name,hostname,.*\r\n.*"full-1",/],
  ['json', /^\[\n {2}\{\n {4}"id": .*\n {4}"name": "full-1",\n[^]*\n\]\n$/],
  ['ssh-config', /^# Instances at Evorxa, today\n\nHost full-1\n {2}HostName bastion\.example\n/],
  ['ansible', /^# Instances at Evorxa, today\nall:\n {2}hosts:\n {4}"full-1":\n/],
] as const)('the form %s is written as such', (form, text) => {
  expect(listWriters[form](fullServer === undefined ? [] : [fullServer], 'today')).toMatch(text);
});
