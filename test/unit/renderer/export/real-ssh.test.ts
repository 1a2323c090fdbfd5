import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportedInstance } from '../../../../renderer/export/exported-instance.ts';
import { sshConfigOf } from '../../../../renderer/export/ssh-config.ts';
import { openedKeyFile } from '../../../support/ssh-key-file.ts';
import { awkwardPaths, awkwardServers } from './awkward-servers.ts';

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ssh-config-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What ssh makes of a file for a host, by option; those that can stand twice are joined. */
async function readBySsh(text: string, host: string): Promise<ReadonlyMap<string, string>> {
  const path = join(folder, 'config');
  await writeFile(path, text);
  const { stdout } = await run('ssh', ['-G', '-F', path, '--', host]);
  return new Map(
    stdout.split('\n').map((line) => {
      const space = line.indexOf(' ');
      return [line.slice(0, space), line.slice(space + 1)] as const;
    }),
  );
}

const server = (change: Partial<ExportedInstance>): ExportedInstance => {
  const [first] = awkwardServers();
  if (first === undefined) throw new Error('There is no instance.');
  return { ...first, alias: 'web', ...change };
};
const withLogin = (user: string, path = '/k'): ExportedInstance =>
  server({
    connection: { host: null, port: 22, user, auth: { method: 'key-file', path } },
    keyFile: path,
  });

describe('ssh reads an export', () => {
  const servers = awkwardServers();
  const text = sshConfigOf(servers, 'today');

  it.each(servers.map((each) => [each.alias, each] as const))(
    'of %s as it was meant',
    async (alias, each) => {
      const read = await readBySsh(text, alias);
      expect({
        hostname: read.get('hostname'),
        port: read.get('port'),
        user: read.get('user'),
        identityfile: read.get('identityfile'),
        identitiesonly: read.get('identitiesonly'),
        forwardagent: read.get('forwardagent'),
      }).toEqual({
        hostname: each.host,
        port: String(each.connection.port),
        user: each.connection.user,
        // It is printed before its tokens are expanded.
        identityfile: each.keyFile?.replaceAll('%', '%%'),
        identitiesonly: 'yes',
        forwardagent: 'no',
      });
    },
  );

  it('without a user that its versions read differently, and says so', async () => {
    for (const user of ['a%b', '%u', 'x${HOME}']) {
      const one = sshConfigOf([withLogin(user)], 'today');
      expect(one).toContain('# User is left out');
      expect((await readBySsh(`User otherwise\n${one}`, 'web')).get('user')).toBe('otherwise');
    }
  });

  it('without a key file that it would look for elsewhere, and says so', async () => {
    const one = sshConfigOf([withLogin('root', '/home/${USER}/id')], 'today');
    expect(one).toContain('# IdentityFile is left out');
    expect((await readBySsh(one, 'web')).get('identitiesonly')).toBe('no');
  });

  it.each(servers.slice(0, awkwardPaths.length).map(({ alias, keyFile }) => [keyFile, alias] as const))(
    'and opens the key file %s and no other',
    async (keyFile, alias) => {
      const path = join(folder, 'all');
      await writeFile(path, text);
      expect(await openedKeyFile(['-F', path, '--', alias])).toBe(keyFile);
    },
  );
});
