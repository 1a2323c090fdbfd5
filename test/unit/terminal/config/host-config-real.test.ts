import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSsh10Missing, withOpenSsh10 } from '../../../support/sshd.ts';
import {
  agentOfLetterCase,
  agents,
  env,
  homeWith,
  included,
  letterCases,
  newerAgents,
  read,
  target,
} from './host-config-cases.ts';

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

describe.skipIf(!hasSsh)('ssh(1) says the same of', () => {
  test.each(agents)('%s', (config, agent) => {
    const said = askSsh(homeWith({ ...included, config }), 'identityagent')[0];
    expect(said === undefined || said === 'SSH_AUTH_SOCK' ? null : said).toBe(agent);
  });

  test.each(letterCases)('letters: %s', (lines, counts) => {
    const home = homeWith({ config: `${lines}\nIdentityAgent /run/%h/%n` });
    const said = askSsh(home, 'identityagent', 'Web.example')[0] ?? 'SSH_AUTH_SOCK';
    expect(said).toBe(agentOfLetterCase(lines, counts) ?? 'SSH_AUTH_SOCK');
  });

  test('IdentityFile', async () => {
    expect(askSsh(homeWith({ config: 'IdentityFile none' }), 'identityfile')).toEqual(['none']);
    const home = homeWith({
      config: 'Host 203.*\nIdentityFile HOME/a\nIdentityFile "HOME/b c"\nHost *\nidentityfile HOME/a',
    });
    expect(askSsh(home, 'identityfile')).toEqual((await read(home)).identityFiles);
  });
});

test.skipIf(openSsh10Missing() !== null).each(newerAgents)(
  'OpenSSH 10 says the same of: %s',
  (config, agent) => {
    const home = homeWith({
      ...included,
      'd/203.0.113.9-2222-jane.conf': 'IdentityAgent /token.sock',
      config,
    });
    const args = ['-G', '-F', join(home, '.ssh', 'config'), '-p', '2222', `jane@${target.host}`];
    const said = /^identityagent (.*)$/m.exec(withOpenSsh10('ssh', args))?.[1];
    expect(said ?? null).toBe(agent);
  },
);
