import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ansibleInventoryOf } from '../../../../renderer/export/ansible-inventory.ts';
import type { ExportedInstance } from '../../../../renderer/export/exported-instance.ts';
import { openedKeyFile } from '../../../support/ssh-key-file.ts';
import { awkwardNames, awkwardServers, awkwardUsers } from './awkward-servers.ts';

const run = promisify(execFile);
/** It refuses to start where the zone stages' German locale is not installed. */
const locale = { ...process.env, LC_ALL: 'C.UTF-8' };
const isInstalled = spawnSync('ansible-inventory', ['--version'], { env: locale }).status === 0;
if (!isInstalled) console.warn('Skipped: ansible-inventory is not installed (Debian: ansible-core).');

const group = z.object({ hosts: z.optional(z.array(z.string())), children: z.optional(z.array(z.string())) });
const unsafe = z
  .union([z.string(), z.object({ __ansible_unsafe: z.string() })])
  .transform((value) => (typeof value === 'string' ? value : value.__ansible_unsafe));
const variables = z.object({
  ansible_host: z.string(),
  ansible_port: z.number(),
  ansible_user: unsafe,
  ansible_ssh_private_key_file: unsafe,
});
const listing = z.object({ _meta: z.object({ hostvars: z.record(z.string(), variables) }) }).catchall(group);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inventory-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What Ansible makes of an inventory, with the warnings it prints. */
async function readByAnsible(servers: readonly ExportedInstance[]) {
  const path = join(folder, 'inventory.yml');
  await writeFile(path, ansibleInventoryOf(servers, 'today'));
  const env = {
    ...locale,
    ANSIBLE_LOCAL_TEMP: folder,
    ANSIBLE_HOME: folder,
    ANSIBLE_DEPRECATION_WARNINGS: '0',
  };
  const { stdout, stderr } = await run('ansible-inventory', ['-i', path, '--list'], { env });
  const { _meta: meta, ...groups } = listing.parse(JSON.parse(stdout));
  return { hostvars: meta.hostvars, groups, warnings: stderr.trim() };
}

const escaped = (value: string): string => value.replaceAll(/[\\"]/g, String.raw`\$&`);

describe.skipIf(!isInstalled)('ansible-inventory reads an export', () => {
  it(
    'with each instance as it was meant, and each in the groups of its own project and tags',
    { timeout: 60_000 },
    async () => {
      const servers = awkwardServers();
      const { hostvars, groups, warnings } = await readByAnsible(servers);
      expect(warnings).toBe('');
      expect(hostvars).toEqual(
        Object.fromEntries(
          servers.map((server) => [
            server.alias,
            {
              ansible_host: server.host,
              ansible_port: server.connection.port ?? 22,
              ansible_user: escaped(server.connection.user ?? 'root'),
              ansible_ssh_private_key_file: escaped(server.keyFile?.replaceAll('%', '%%') ?? ''),
            },
          ]),
        ),
      );
      const names = Object.keys(groups);
      const members = (kind: string) =>
        names.filter((name) => name.startsWith(`${kind}_`)).map((name) => groups[name]?.hosts ?? []);
      // Each server is in a project of its own.
      expect(members('project').map((hosts) => hosts.length)).toEqual(servers.map(() => 1));
      expect(members('project').flat().toSorted()).toEqual(servers.map(({ alias }) => alias).toSorted());
      expect(groups['tag_everywhere']?.hosts?.toSorted()).toEqual(
        servers.map(({ alias }) => alias).toSorted(),
      );
      expect(members('tag')).toHaveLength(new Set([...awkwardNames, 'everywhere']).size);
      for (const hosts of members('tag')) expect(new Set(hosts).size).toBe(hosts.length);
    },
  );

  it(
    'so that ssh has the user and opens the key file that were meant, by the options that Ansible makes',
    { timeout: 120_000 },
    async () => {
      const servers = awkwardServers();
      const { hostvars } = await readByAnsible(servers);
      // As many as have users and paths that differ.
      for (const { alias, connection, keyFile } of servers.slice(0, awkwardUsers.length)) {
        const read = hostvars[alias];
        const option = `IdentityFile="${read?.ansible_ssh_private_key_file}"`;
        expect(await openedKeyFile(['-F', 'none', '-o', option, '--', 'web'])).toBe(keyFile);
        // As a line of a file, where it is read alike: on its command line ssh refuses some users, however written.
        const path = join(folder, 'user');
        await writeFile(path, `User="${read?.ansible_user}"`);
        const { stdout } = await run('ssh', ['-G', '-F', path, '--', 'web']);
        expect(stdout.split('\n')).toContain(`user ${connection.user}`);
      }
    },
  );

  it('and evaluates nothing in it', { timeout: 60_000 }, async () => {
    const [first] = awkwardServers();
    if (first === undefined) throw new Error('There is no instance.');
    const user = '{{7*7}}';
    const server = { ...first, connection: { ...first.connection, user } };
    const path = join(folder, 'literal.yml');
    await writeFile(path, ansibleInventoryOf([server], 'today'));
    const env = { ...process.env, LC_ALL: 'C.UTF-8', ANSIBLE_LOCAL_TEMP: folder, ANSIBLE_HOME: folder };
    const shown = ['-m', 'ansible.builtin.debug', '-a', 'var=ansible_user'];
    const { stdout } = await run('ansible', ['-i', path, server.alias, '-c', 'local', ...shown], { env });
    expect(stdout).toContain('{{7*7}}');
    expect(stdout).not.toContain('49');
  });
});
