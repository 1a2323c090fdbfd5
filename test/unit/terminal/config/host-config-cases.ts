import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { readHostConfig } from '../../../../main/terminal/process/config/host-config.ts';

const root = mkdtempSync(join(tmpdir(), 'ssh-config-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

export const env = { MY_AGENT: '/run/my.sock', RUN: '/run' };
export const me = userInfo().username;

/** A home folder with these files in ~/.ssh. */
export function homeWith(files: Readonly<Record<string, string>>): string {
  const home = mkdtempSync(join(root, 'home-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(home, '.ssh', name, '..'), { recursive: true });
    writeFileSync(join(home, '.ssh', name), text.replaceAll('HOME', home));
  }
  return home;
}

export const target = { host: '203.0.113.9', port: 2222, user: 'jane', otherwiseUser: 'jane' };
/** What the app reads of ~/.ssh/config, for `target`. */
export const read = (home: string): ReturnType<typeof readHostConfig> =>
  readHostConfig({ env, platform: 'linux', home }, target);

/** Files that the cases include. */
export const included = {
  'd/one.conf': 'IdentityAgent /included.sock\n',
  'd/two.conf': 'IdentityAgent /second.sock\n',
};

/** Spellings of IdentityAgent with what they mean; HOME is the home folder of the case. */
export const agents: readonly (readonly [config: string, agent: string | null])[] = [
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
  [`IdentityAgent /a" b"'c'`, '/a bc'],
  ['IdentityAgent ""/a', '/a'],
  [String.raw`IdentityAgent /a\"b`, '/a"b'],
  [String.raw`IdentityAgent /a\ b`, '/a b'],
  [String.raw`IdentityAgent "/a\ b\\c"`, String.raw`/a\ b\c`],
  [String.raw`IdentityAgent /a\b`, String.raw`/a\b`],
  [`IdentityAgent "/a'b"`, "/a'b"],
  ['IdentityAgent /a#b', '/a#b'],
  ['IdentityAgent "/a #b"', '/a #b'],
  ['"IdentityAgent" /a', '/a'],
  ['IdentityAgent=/a', '/a'],
  ['Match user=jane host=203.*\nIdentityAgent /a', '/a'],
  ['Match user root,jane\nIdentityAgent /a', '/a'],
  ['Match !final\nIdentityAgent /a', '/a'],
  ['Match !canonical\nIdentityAgent /a', '/a'],
  ['Match canonical\nIdentityAgent /a', null],
  ['HostName a\nHostName b\nIdentityAgent /%h', '/a'],
];

/** As of OpenSSH 9.4 and later. */
export const newerAgents: readonly (readonly [config: string, agent: string | null])[] = [
  ['Tag web\nMatch tagged w*\nIdentityAgent /a', '/a'],
  ['Tag web\nMatch !tagged web\nIdentityAgent /a', null],
  ['Match tagged web\nIdentityAgent /a', null],
  ['Match command *\nIdentityAgent /a', null],
  ['Match !command x sessiontype shell\nIdentityAgent /a', '/a'],
  ['Include HOME/.ssh/d/%h-%p-%r.conf', '/token.sock'],
];

/** Lines, and whether they count for `Web.example`. */
export const letterCases: readonly (readonly [lines: string, counts: boolean])[] = [
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
];

/** The agent that a case of `letterCases` gives. */
export function agentOfLetterCase(lines: string, counts: boolean): string | null {
  const name = lines.startsWith('HostName') ? 'db.web.example' : 'web.example';
  return counts ? `/run/${name}/Web.example` : null;
}
