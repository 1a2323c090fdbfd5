import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readHostConfig } from '../../../../main/terminal/process/config/host-config.ts';
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
} from './host-config-cases.ts';

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

describe('what does not count, or counts otherwise', () => {
  const agentOf = async (config: string, files: Readonly<Record<string, string>> = {}) =>
    (await read(homeWith({ ...files, config }))).identityAgent;

  test.each([
    ['a quotation that does not end', 'IdentityAgent "/a', null],
    ['a second = of the value', 'IdentityAgent==/a', 'HOME/=/a'],
    ['a keyword alone', 'IdentityAgent', null],
    ['a tab between words', 'Host x\t203.0.113.9\nIdentityAgent /a', '/a'],
    ['words after the value', 'IdentityAgent /a /b', '/a'],
    ['None', 'IdentityAgent NONE', 'none'],
    ['a relative path', 'IdentityAgent a.sock', 'HOME/a.sock'],
    ['an unknown token', 'IdentityAgent /run/%x', 'none'],
    ['an unknown variable', 'IdentityAgent ${NOT_SET}/a', 'none'],
    ['Host without a pattern', 'Host\nIdentityAgent /a', null],
    ['Match without a criterion', 'Match\nIdentityAgent /a', null],
    ['Match with all and more', 'Match all user root\nIdentityAgent /a', null],
    ['Match with what is not known', 'Match version 1\nIdentityAgent /a', null],
    ['Match without a value', 'Match user\nIdentityAgent /a', null],
    ['Match sessiontype', 'Match sessiontype exec\nIdentityAgent /a', null],
    ['Match !command', 'Match !command *\nIdentityAgent /a', '/a'],
    ['Match tagged without a tag', 'Match tagged ""\nIdentityAgent /a', '/a'],
    ['%l, %L, %j, %C', 'IdentityAgent /%j-', '/-'],
    ['an Include with an unknown token', 'Include %x\nIdentityAgent /a', '/a'],
  ])('%s', async (_name, config, agent) => {
    const home = homeWith({ config });
    expect((await read(home)).identityAgent).toBe(agent?.replace('HOME', home) ?? null);
  });

  test('the name of this computer, and the hash of the connection', async () => {
    const name = hostname();
    const hash = createHash('sha1').update(`${name}203.0.113.92222jane`).digest('hex');
    expect(await agentOf('IdentityAgent /%l/%L/%C')).toBe(`/${name}/${name.split('.')[0]}/${hash}`);
  });

  test('IdentitiesOnly: yes and true alone, in any letters', async () => {
    const only = async (value: string) =>
      (await read(homeWith({ config: `IdentitiesOnly ${value}` }))).identitiesOnly;
    for (const value of ['yes', 'YES', 'true']) expect(await only(value)).toBe(true);
    for (const value of ['no', 'yesno', 'untrue', '""']) expect(await only(value)).toBe(false);
    expect((await read(homeWith({ config: '' }))).identitiesOnly).toBe(false);
  });

  test('a file of an identity with an unknown token is left out, the others stay', async () => {
    const home = homeWith({
      config: 'IdentityFile %x/a\nIdentityFile ~/b\nIdentityFile NONE\nIdentityFile /c',
    });
    expect((await read(home)).identityFiles).toEqual([join(home, 'b'), '/c']);
  });

  test('no file, or a folder in its place, says nothing', async () => {
    const nothing = { identityAgent: null, identityFiles: null, identitiesOnly: false };
    expect(await read(homeWith({}))).toMatchObject(nothing);
    const home = homeWith({});
    mkdirSync(join(home, '.ssh', 'config'), { recursive: true });
    expect(await read(home)).toMatchObject(nothing);
  });

  test('a file is read up to a megabyte', async () => {
    const line = 'IdentityAgent /a\n';
    const fill = (length: number): string => line + '#'.repeat(length - line.length);
    expect(await agentOf(fill(1024 * 1024))).toBe('/a');
    expect(await agentOf(fill(1024 * 1024 + 1))).toBeNull();
  });

  test('files include each other 16 deep', async () => {
    const chain = (depth: number) =>
      Object.fromEntries(
        Array.from({ length: depth }, (_, index) => [
          `f${index + 1}`,
          index + 1 === depth ? 'IdentityAgent /deep' : `Include f${index + 2}`,
        ]),
      );
    expect(await agentOf('Include f1', chain(16))).toBe('/deep');
    expect(await agentOf('Include f1', chain(17))).toBeNull();
  });

  test('256 files are read, and no more', async () => {
    const many = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `d/${String(index).padStart(4, '0')}`,
          index + 1 === count ? 'IdentityAgent /last' : '',
        ]),
      );
    expect(await agentOf('Include d/*', many(255))).toBe('/last');
    expect(await agentOf('Include d/*', many(256))).toBeNull();
  });

  test.each([
    ['Include d/*.conf', ['/b', '/c', '/d']],
    ['Include d/[b-c].conf', ['/b', '/c']],
    ['Include d/[!b].conf', ['/c', '/d']],
    ['Include d/?.conf', ['/b', '/c', '/d']],
    ['Include d/.*', ['/hidden']],
    ['Include */b.conf', ['/b']],
    ['Include d//b.conf', ['/b']],
    ['Include d/b.con', []],
    ['Include d/bxconf d/*.con', []],
    ['Include e/a^b e/a[^]b', ['/caret', '/caret']],
    ['Include e/[', []],
    ['Include e/(x)+', ['/odd']],
    ['Include e/*+', ['/odd']],
    ['Include HOME/.ssh/d/[bc].conf', ['/b', '/c']],
  ])('%s reads by name, what is hidden only where it is named so', async (include, paths) => {
    const home = homeWith({
      config: include,
      'd/d.conf': 'IdentityFile /d',
      'd/c.conf': 'IdentityFile /c',
      'd/b.conf': 'IdentityFile /b',
      'd/.hidden': 'IdentityFile /hidden',
      'e/a^b': 'IdentityFile /caret',
      'e/(x)+': 'IdentityFile /odd',
    });
    expect((await read(home)).identityFiles ?? []).toEqual([...new Set(paths)]);
  });
});
