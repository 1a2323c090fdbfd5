import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openSsh10Missing, withOpenSsh10 } from '../../support/sshd.ts';
import { readHostConfig } from '../../../main/terminal/process/auth/ssh-config.ts';

const root = mkdtempSync(join(tmpdir(), 'ssh-config-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const env = { MY_AGENT: '/run/my.sock', RUN: '/run' };
const me = userInfo().username;

/** A home folder with these files in ~/.ssh. */
function homeWith(files: Readonly<Record<string, string>>): string {
  const home = mkdtempSync(join(root, 'home-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(home, '.ssh', name, '..'), { recursive: true });
    writeFileSync(join(home, '.ssh', name), text.replaceAll('HOME', home));
  }
  return home;
}

const target = { host: '203.0.113.9', port: 2222, user: 'jane' };
const read = (home: string): ReturnType<typeof readHostConfig> =>
  readHostConfig({ env, platform: 'linux', home }, target);

const hasSsh = ((): boolean => {
  try {
    execFileSync('ssh', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** What ssh(1) says: it has tokens replaced, and `$NAME` left for later. Its `~` is the real home, not $HOME. */
function askSsh(home: string, keyword: string, host = target.host): string[] {
  const output = execFileSync(
    'ssh',
    ['-G', '-F', join(home, '.ssh', 'config'), '-p', '2222', `jane@${host}`],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] },
  ).toString();
  return output
    .split('\n')
    .filter((line) => line.startsWith(`${keyword} `))
    .map((line) => line.slice(keyword.length + 1));
}

/** Spellings of IdentityAgent with what they mean; HOME is the home folder of the case. */
const agents: readonly (readonly [config: string, agent: string | null])[] = [
  ['IdentityAgent /a.sock', '/a.sock'],
  ['identityagent /a.sock', '/a.sock'],
  ['IDENTITYAGENT=/a.sock', '/a.sock'],
  ['IdentityAgent = /a.sock', '/a.sock'],
  ['\tIdentityAgent\t"/a b.sock"  ', '/a b.sock'],
  ['IdentityAgent /a.sock # mine', '/a.sock'],
  ['IdentityAgent /a.sock\r', '/a.sock'],
  ['# IdentityAgent /a.sock', null],
  ['IdentityAgent /a.sock\nIdentityAgent /b.sock', '/a.sock'],
  ['host 203.0.113.*\nidentityagent /a.sock', '/a.sock'],
  ['Host 203.0.113.? other\nIdentityAgent /a.sock', '/a.sock'],
  ['Host * !203.0.113.9\nIdentityAgent /a.sock', null],
  ['Host other\nIdentityAgent /a.sock\nHost *\nIdentityAgent /b.sock', '/b.sock'],
  ['IdentityAgent none', 'none'],
  ['IdentityAgent SSH_AUTH_SOCK', null],
  ['IdentityAgent /run/%r@%h:%p/%n/s%%.sock', '/run/jane@203.0.113.9:2222/203.0.113.9/s%.sock'],
  [`IdentityAgent /run/%u/%i`, `/run/${me}/${userInfo().uid}`],
  ['IdentityAgent ${RUN}/a.sock', '/run/a.sock'],
  ['Match all\nIdentityAgent /a.sock', '/a.sock'],
  ['Match host 203.0.113.9 user jane\nIdentityAgent /a.sock', '/a.sock'],
  ['match HOST other,203.0.* originalhost *.9\nIdentityAgent /a.sock', '/a.sock'],
  ['Match !host 203.0.113.9\nIdentityAgent /a.sock', null],
  ['Match user root\nIdentityAgent /a.sock', null],
  [`Match localuser ${me}\nIdentityAgent /a.sock`, '/a.sock'],
  ['HostName web.example\nMatch host web.example\nIdentityAgent /a.sock', '/a.sock'],
  ['Match final\nIdentityAgent /a.sock', '/a.sock'],
  ['Include HOME/.ssh/d/*.conf', '/included.sock'],
  ['Include HOME/.ssh/d/one.conf HOME/.ssh/d/two.conf', '/included.sock'],
  ['Host other\nInclude HOME/.ssh/d/one.conf', null],
  ['HostKeyAlias alias\nIdentityAgent /run/%k', '/run/alias'],
  ['Match !all\nIdentityAgent /a', null],
  ['Match canonical all\nIdentityAgent /a', null],
  ['HostName %h.example\nMatch host *.example\nIdentityAgent /run/%h', '/run/203.0.113.9.example'],
  ['Match final\nHostName web.example\nIdentityAgent /run/%h', '/run/203.0.113.9'],
  ['Include HOME/.ssh/nowhere HOME/.ssh/d/[a-o]ne.conf', '/included.sock'],
];

describe('IdentityAgent', () => {
  const files = {
    'd/one.conf': 'IdentityAgent /included.sock\n',
    'd/two.conf': 'IdentityAgent /second.sock\n',
  };

  test.each(agents)('%s', async (config, agent) => {
    const home = homeWith({ ...files, config });
    expect((await read(home)).identityAgent).toBe(agent);
    if (!hasSsh) return;
    const said = askSsh(home, 'identityagent')[0];
    expect(said === undefined || said === 'SSH_AUTH_SOCK' ? null : said).toBe(agent);
  });

  test.skipIf(openSsh10Missing() !== null).each([
    ['Tag web\nMatch tagged w*\nIdentityAgent /a', '/a'],
    ['Tag web\nMatch !tagged web\nIdentityAgent /a', null],
    ['Match tagged web\nIdentityAgent /a', null],
    ['Match command *\nIdentityAgent /a', null],
    ['Match !command x sessiontype shell\nIdentityAgent /a', '/a'],
    ['Include HOME/.ssh/d/%h-%p-%r.conf', '/token.sock'],
  ])('as OpenSSH 10 has it: %s', async (config, agent) => {
    const home = homeWith({ ...files, 'd/203.0.113.9-2222-jane.conf': 'IdentityAgent /token.sock', config });
    expect((await read(home)).identityAgent).toBe(agent);
    const args = ['-G', '-F', join(home, '.ssh', 'config'), '-p', '2222', `jane@${target.host}`];
    const said = /^identityagent (.*)$/m.exec(withOpenSsh10('ssh', args))?.[1];
    expect(said ?? null).toBe(agent);
  });

  test('a value that is empty says nothing', async () => {
    const home = homeWith({ config: 'IdentityAgent ""\nIdentityFile ""' });
    expect(await read(home)).toMatchObject({ identityAgent: null, identityFiles: null });
  });

  test('what ssh(1) looks at only when it connects, or in the real home folder', async () => {
    const at = async (config: string): Promise<[string | null, string]> => {
      const home = homeWith({ ...files, config });
      return [(await read(home)).identityAgent, home];
    };
    expect((await at('IdentityAgent $MY_AGENT'))[0]).toBe('/run/my.sock');
    expect((await at('IdentityAgent $NOT_SET'))[0]).toBe('none');
    const [tilde, home] = await at('IdentityAgent ~/a.sock');
    expect(tilde).toBe(`${home}/a.sock`);
    const [token, other] = await at('IdentityAgent "%d/my agent"');
    expect(token).toBe(`${other}/my agent`);
    expect((await at('IdentityAgent ~root/a.sock'))[0]).toBe('/root/a.sock');
    expect((await at('Include d/*'))[0]).toBe('/included.sock');
    expect((await at('Include ~/.ssh/d/two.conf'))[0]).toBe('/second.sock');
  });
});

test('IdentityFile none names no file, and stands in place of the usual ones', async () => {
  const home = homeWith({ config: 'IdentityFile none' });
  expect((await read(home)).identityFiles).toEqual([]);
  if (hasSsh) expect(askSsh(home, 'identityfile')).toEqual(['none']);
});

test('IdentityFile: all of them, in order, as ssh(1) has them', async () => {
  const home = homeWith({
    config:
      'Host 203.*\nIdentityFile HOME/a\nIdentityFile "HOME/b c"\nIdentitiesOnly yes\nHost *\nidentityfile HOME/a',
  });
  const config = await read(home);
  expect(config.identityFiles).toEqual([join(home, 'a'), join(home, 'b c')]);
  expect(config.identitiesOnly).toBe(true);
  if (hasSsh) expect(askSsh(home, 'identityfile')).toEqual(config.identityFiles);
});

describe('upper and lower case count as ssh(1) counts them', () => {
  test.each([
    ['Match user JANE', false],
    ['Match user jane', true],
    ['Match !user JANE', true],
    [`Match localuser ${me.toUpperCase()}`, false],
    [`match LOCALUSER ${me}`, true],
    ['Host WEB.example', false],
    ['Host web.example', false],
    ['Host Web.*', true],
    ['Host * !WEB.example', true],
    ['Match host WEB.EXAMPLE', true],
    ['Match host web.example', true],
    ['Match originalhost wEB.example', true],
    ['HostName DB.%h\nMatch host db.web.example', true],
  ])('%s', async (lines, counts) => {
    const host = 'Web.example';
    const home = homeWith({ config: `${lines}\nIdentityAgent /run/%h/%n` });
    const config = await readHostConfig({ env, platform: 'linux', home }, { ...target, host });
    const name = lines.startsWith('HostName') ? 'db.web.example' : 'web.example';
    expect(config.identityAgent).toBe(counts ? `/run/${name}/${host}` : null);
    if (!hasSsh) return;
    const said = askSsh(home, 'identityagent', host)[0] ?? 'SSH_AUTH_SOCK';
    expect(said).toBe(config.identityAgent ?? 'SSH_AUTH_SOCK');
  });
});

describe('nothing is run and nothing looked up', () => {
  test.each([
    'Match exec "touch HOME/ran"\n  IdentityAgent /x',
    'Match !exec "touch HOME/ran"\n  IdentityAgent /x',
    'match host 203.* EXEC="touch HOME/ran"\nIdentityAgent /x',
    'Match exec\nIdentityAgent /x',
    'Match localnetwork 0.0.0.0/0\nIdentityAgent /x',
    'Include d/exec',
  ])('%s', async (config) => {
    const home = homeWith({ config, 'd/exec': 'Match exec "touch HOME/ran"\nIdentityAgent /x' });
    expect((await read(home)).identityAgent).toBeNull();
    expect(existsSync(join(home, 'ran'))).toBe(false);
  });

  test('CanonicalizeHostname', async () => {
    const home = homeWith({
      config: 'Host *\nCanonicalizeHostname yes\nCanonicalDomains example.com\nIdentityAgent /a',
    });
    const bin = join(home, 'bin');
    mkdirSync(bin);
    for (const name of ['nslookup', 'host', 'dig', 'getent', 'sh'])
      writeFileSync(join(bin, name), `#!/bin/bash\ntouch ${home}/ran\n`, { mode: 0o755 });
    const before = process.env['PATH'];
    process.env['PATH'] = `${bin}:${before}`;
    try {
      expect((await read(home)).identityAgent).toBe('/a');
    } finally {
      process.env['PATH'] = before;
    }
    expect(existsSync(join(home, 'ran'))).toBe(false);
  });
});

test('files that include each other, a pipe and a folder end the reading', async () => {
  const home = homeWith({
    config: 'Include config config d/*\nIdentityAgent /a',
    'd/loop': 'Include ~/.ssh/config\nInclude ~/.ssh/d/*',
  });
  mkdirSync(join(home, '.ssh', 'd', 'folder'));
  symlinkSync(join(home, '.ssh', 'd', 'link'), join(home, '.ssh', 'd', 'link'));
  execFileSync('mkfifo', [join(home, '.ssh', 'd', 'pipe')]);
  expect((await read(home)).identityAgent).toBe('/a');
});
