import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InstanceId } from '../../../../preload/contract/brands.ts';
import type { SshSettings } from '../../../../preload/contract/terminal.ts';
import { ansibleInventoryOf } from '../../../../renderer/export/ansible-inventory.ts';
import { exportedInstances } from '../../../../renderer/export/exported-instance.ts';
import { sshConfigOf } from '../../../../renderer/export/ssh-config.ts';
import { instance } from '../../domain/samples.ts';

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jump-export-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const root: SshSettings = { host: null, port: null, user: null, auth: { method: 'auto' } };
const byInstance = (id: string): SshSettings['jump'] => ({ kind: 'instance', instanceId: id as InstanceId });
const byHosts = (hosts: string): SshSettings['jump'] => ({ kind: 'hosts', hosts });

/** An export of `web` and the instances named, out of an account that has a bastion named so as well. */
function exported(
  settings: Readonly<Record<string, Partial<SshSettings>>>,
  also: readonly string[] = [],
  name = 'Bastion',
) {
  const all = [
    instance('web', 'running', { name: 'web', mainIp: '203.0.113.1' }),
    instance('bastion', 'running', { name, mainIp: '203.0.113.2' }),
    instance('door', 'running', { name: 'door', mainIp: '2001:db8::3' }),
    instance('new', 'transition', { name: 'new', mainIp: null }),
  ];
  return exportedInstances({
    instances: all.filter(({ id }) => id === 'web' || also.includes(id)),
    projectNames: new Map(),
    annotations: {},
    sshSettingsOf: ({ id }) => ({ ...root, ...settings[id] }),
    find: (id) => all.find((each) => each.id === id) ?? null,
    keyFiles: {},
  });
}

/** The jump hosts that ssh reads for `web`. */
async function readBySsh(text: string): Promise<string | null> {
  const path = join(folder, 'config');
  await writeFile(path, text);
  const { stdout } = await run('ssh', ['-G', '-F', path, 'web']);
  // It puts brackets around what has a user, also where no port follows.
  const read = /^proxyjump (.*)$/m.exec(stdout)?.[1] ?? null;
  return read?.replaceAll(/\[([^:\]]+)\]/g, '$1') ?? null;
}
async function readByAnsible(text: string): Promise<string | null> {
  const path = join(folder, 'inventory.yml');
  await writeFile(path, text);
  const env = { ...process.env, LC_ALL: 'C.UTF-8', ANSIBLE_LOCAL_TEMP: folder, ANSIBLE_HOME: folder };
  const { stdout } = await run('ansible-inventory', ['-i', path, '--host', 'web'], { env });
  const read = JSON.parse(stdout) as { readonly ansible_ssh_common_args?: string };
  return read.ansible_ssh_common_args ?? null;
}

interface Case {
  readonly settings: Readonly<Record<string, Partial<SshSettings>>>;
  readonly also?: readonly string[];
  readonly name?: string;
  readonly ssh: string | null;
  readonly ansible: string | null;
}
const cases: Readonly<Record<string, Case>> = {
  'none is set': { settings: {}, ssh: null, ansible: null },
  'none is wanted': {
    settings: { web: { jump: { kind: 'none' } } },
    ssh: null,
    ansible: '-o ProxyJump=none',
  },
  'one was typed': {
    settings: { web: { jump: byHosts('jane@a.example:2200,[2001:db8::9]:23') } },
    ssh: 'jane@a.example:2200,[2001:db8::9]:23',
    ansible: '-o ProxyJump=jane@a.example:2200,[2001:db8::9]:23',
  },
  'an instance that is exported too': {
    settings: { web: { jump: byInstance('bastion') }, bastion: { port: 2222 } },
    also: ['bastion'],
    ssh: 'Bastion',
    ansible: '-o ProxyJump=root@203.0.113.2:2222',
  },
  'an instance whose name ssh would take for no jump host': {
    settings: { web: { jump: byInstance('bastion') } },
    also: ['bastion'],
    name: 'none',
    ssh: 'root@203.0.113.2',
    ansible: '-o ProxyJump=root@203.0.113.2',
  },
  'an instance that is not exported, behind another one': {
    settings: { web: { jump: byInstance('bastion') }, bastion: { user: 'ops', jump: byInstance('door') } },
    ssh: 'root@[2001:db8::3],ops@203.0.113.2',
    ansible: '-o ProxyJump=root@[2001:db8::3],ops@203.0.113.2',
  },
  'one that leads in a circle': {
    settings: { web: { jump: byInstance('bastion') }, bastion: { jump: byInstance('web') } },
    also: ['bastion'],
    ssh: null,
    ansible: null,
  },
  'an instance without an address': {
    settings: { web: { jump: byInstance('new') } },
    ssh: null,
    ansible: null,
  },
  'a user whom ssh would read otherwise': {
    settings: { web: { jump: byHosts('%u@a.example') } },
    ssh: null,
    ansible: null,
  },
};

describe('an export has the jump host of an instance where', () => {
  it.each(Object.entries(cases))(
    '%s',
    { timeout: 30_000 },
    async (_, { settings, also, name, ssh, ansible }) => {
      const servers = exported(settings, also, name);
      const config = sshConfigOf(servers, 'today');
      const inventory = ansibleInventoryOf(servers, 'today');
      // What a wider file says does not come through where none is wanted.
      const isNone = config.includes('ProxyJump none');
      expect(await readBySsh(isNone ? `${config}\nHost *\nProxyJump other` : config)).toBe(ssh);
      expect(await readByAnsible(inventory)).toBe(ansible);
      if (ssh === null && settings.web?.jump !== undefined && !isNone) {
        expect(config).toContain('# ProxyJump is left out: ');
        expect(inventory).toContain('# the jump host is left out: ');
      }
    },
  );

  it('says whether the SSH agent is forwarded, where that was chosen', () => {
    const lines = (forwardsAgent?: boolean): string =>
      sshConfigOf(exported({ web: forwardsAgent === undefined ? {} : { forwardsAgent } }), 'today');
    expect(lines()).not.toContain('ForwardAgent');
    expect(lines(true)).toContain('  ForwardAgent yes\n');
    expect(lines(false)).toContain('  ForwardAgent no\n');
  });
});
