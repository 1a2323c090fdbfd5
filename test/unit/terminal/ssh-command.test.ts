import { spawnSync, execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { routeOf } from '../../../main/terminal/process/route.ts';
import { sshCommandOf, type SshCommand } from '../../../main/terminal/ssh-command.ts';
import type { Routing } from '../../../main/terminal/protocol.ts';
import type { SshSettings } from '../../../preload/contract/terminal.ts';
import type { Result } from '../../../preload/contract/result.ts';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const home = mkdtempSync(join(tmpdir(), 'ssh-command-'));
const from = { env: {}, platform: 'linux', home } as const;
const direct: Routing = {
  usesConfig: false,
  isPortSet: true,
  isUserSet: true,
  jump: { kind: 'config' },
  forwardsAgent: null,
};
interface More {
  readonly user?: string;
  readonly auth?: SshSettings['auth'];
  readonly routing?: Partial<Routing>;
}

async function commandWith({ user = 'root', auth = { method: 'auto' }, routing = {} }: More = {}): Promise<
  Result<SshCommand>
> {
  const reach = {
    host: '203.0.113.42',
    port: 2222,
    user,
    auth,
    preferredKey: null,
    routing: { ...direct, ...routing },
  };
  const route = await routeOf(reach, from);
  if ('sentence' in route) throw new Error(route.sentence);
  return sshCommandOf(reach, route, from);
}
async function argumentsWith(more: More = {}): Promise<readonly string[]> {
  const command = await commandWith(more);
  if (!command.ok) throw new Error('There is none.');
  return command.value.arguments;
}
const bastion = {
  host: 'bastion.example',
  port: 2200,
  user: 'jane',
  otherwiseUser: null,
  auth: { method: 'auto' },
  usesConfig: false,
  followsOwnJump: false,
} as const;
const hasSsh = spawnSync('ssh', ['-V']).error === undefined;

describe('the call of ssh', () => {
  it('has port, user and host, and no file of a configuration that is not used', async () => {
    const plain = ['-p', '2222', '-l', 'root', '--', '203.0.113.42'];
    expect(await argumentsWith()).toEqual(['-F', 'none', ...plain]);
    expect(await argumentsWith({ routing: { usesConfig: true } })).toEqual(plain);
  });

  it.each<readonly [SshSettings['auth'], readonly string[]]>([
    [{ method: 'agent' }, ['-o', 'IdentityFile=none']],
    [
      { method: 'key-file', path: '~/my keys/100%/id' },
      ['-o', `IdentityFile="${home}/my keys/100%%/id"`, '-o', 'IdentitiesOnly=yes'],
    ],
    [{ method: 'key-file', path: '/my keys/id' }, ['-i', '/my keys/id', '-o', 'IdentitiesOnly=yes']],
    [{ method: 'password' }, ['-o', 'PreferredAuthentications=keyboard-interactive,password']],
  ])('signs in as it is set: %j', async (auth, expected) => {
    expect((await argumentsWith({ auth })).slice(6, -2)).toEqual(expected);
  });

  it('has the jump hosts that were chosen, or says that there are none', async () => {
    const through = (jump: Routing['jump']) =>
      argumentsWith({ routing: { jump } }).then((all) => all.slice(6, -2));
    expect(await through({ kind: 'config' })).toEqual([]);
    expect(await through({ kind: 'hosts', hosts: [] })).toEqual(['-J', 'none']);
    expect(
      await through({ kind: 'hosts', hosts: [bastion, { ...bastion, host: '2001:db8::1', user: 'x.y-z' }] }),
    ).toEqual(['-J', 'jane@bastion.example:2200,x.y-z@[2001:db8::1]:2200']);
  });

  it('forwards the agent, or not, where that is set', async () => {
    expect(await argumentsWith({ routing: { forwardsAgent: true } })).toContain('-A');
    expect(await argumentsWith({ routing: { forwardsAgent: false } })).toContain('-a');
  });

  it('says that a jump host’s own key is not in it', async () => {
    const hosts = [{ ...bastion, auth: { method: 'password' } as const }];
    const command = await commandWith({ routing: { jump: { kind: 'hosts', hosts } } });
    expect(command.ok && command.value.remarks).toHaveLength(1);
    const plain = await commandWith();
    expect(plain.ok && plain.value.remarks).toEqual([]);
  });

  it.each<readonly [string, More]>([
    ['a user of other versions', { user: 'a%b' }],
    ['a variable in a user', { user: 'a${HOME}' }],
    ['a variable in a path', { auth: { method: 'key-file', path: '/x/${UNKNOWN}' } }],
    [
      'a jump host’s user with a comma',
      { routing: { jump: { kind: 'hosts', hosts: [{ ...bastion, user: 'a,b' }] } } },
    ],
  ])('is not made of %s', async (_, more) => {
    expect(await commandWith(more)).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  it.skipIf(!hasSsh)('is read by ssh itself as it was meant', async () => {
    const words = await argumentsWith({
      user: 'web admin;$(x)'.replaceAll(/[ ;$()]/g, '.'),
      auth: { method: 'key-file', path: '/tmp/a b%/id' },
      routing: { jump: { kind: 'hosts', hosts: [bastion] }, forwardsAgent: true },
    });
    const read = execFileSync('ssh', ['-G', ...words], { encoding: 'utf8' }).split('\n');
    for (const line of [
      'user web.admin...x.',
      'hostname 203.0.113.42',
      'port 2222',
      'identityfile /tmp/a b%/id',
      'identitiesonly yes',
      'forwardagent yes',
      'proxyjump jane@bastion.example:2200',
    ])
      expect(read.map((each) => each.replaceAll('%%', '%'))).toContain(line);
  });
});
