import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readHostConfig } from '../../../../main/terminal/process/auth/ssh-config.ts';
import {
  agentOfLetterCase,
  agents,
  env,
  homeWith,
  included as files,
  letterCases,
  newerAgents,
  read,
  target,
} from './ssh-config-cases.ts';

describe('IdentityAgent', () => {
  test.each(agents)('%s', async (config, agent) => {
    expect((await read(homeWith({ ...files, config }))).identityAgent).toBe(agent);
  });

  test.each(newerAgents)('as OpenSSH 10 has it: %s', async (config, agent) => {
    const home = homeWith({ ...files, 'd/203.0.113.9-2222-jane.conf': 'IdentityAgent /token.sock', config });
    expect((await read(home)).identityAgent).toBe(agent);
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
});

test('IdentityFile: all of them, in order, as ssh(1) has them', async () => {
  const home = homeWith({
    config:
      'Host 203.*\nIdentityFile HOME/a\nIdentityFile "HOME/b c"\nIdentitiesOnly yes\nHost *\nidentityfile HOME/a',
  });
  const config = await read(home);
  expect(config.identityFiles).toEqual([join(home, 'a'), join(home, 'b c')]);
  expect(config.identitiesOnly).toBe(true);
});

describe('upper and lower case count as ssh(1) counts them', () => {
  test.each(letterCases)('%s', async (lines, counts) => {
    const home = homeWith({ config: `${lines}\nIdentityAgent /run/%h/%n` });
    const config = await readHostConfig({ env, platform: 'linux', home }, { ...target, host: 'Web.example' });
    expect(config.identityAgent).toBe(agentOfLetterCase(lines, counts));
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
