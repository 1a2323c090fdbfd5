import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  proxyJumpText,
  readHostConfig,
  type HostConfig,
} from '../../../../main/terminal/process/config/host-config.ts';
import { openSsh10Missing, withOpenSsh10 } from '../../../support/sshd.ts';
import { env, homeWith, me } from './host-config-cases.ts';
import { sshG10Cases, sshGCases, sshGFiles } from './ssh-g-cases.ts';

const hasSsh = spawnSync('ssh', ['-V']).error === undefined;

/** The lines of `ssh -G` that the app follows. */
const followed =
  /^(hostname|port|user|hostkeyalias|proxyjump|proxycommand|identityfile|certificatefile|identitiesonly|identityagent|userknownhostsfile|globalknownhostsfile|forwardagent|setenv) /;
/** What ssh(1) says where nothing is said. */
const otherwise = [
  /^identityfile ~\/\.ssh\/id_/,
  /^userknownhostsfile .*\/\.ssh\/known_hosts .*known_hosts2$/,
  /^globalknownhostsfile \/etc\/ssh\/ssh_known_hosts/,
  /^identityagent SSH_AUTH_SOCK$/,
  // As with `ProxyCommand none`, which stands in the way of a later one.
  /^proxycommand none$/i,
];

function linesOf(output: string): string[] {
  return output
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => followed.test(line) && !otherwise.some((pattern) => pattern.test(line)))
    .sort();
}

/** What the app reads, in the words of `ssh -G`. */
function asSshG(config: HostConfig, isProxyCommand: string | null): string[] {
  const list = (keyword: string, paths: readonly string[] | null): string[] =>
    paths === null ? [] : [`${keyword} ${paths.length === 0 ? 'none' : paths.join(' ')}`];
  const one = (keyword: string, value: string | null): string[] =>
    value === null ? [] : [`${keyword} ${value}`];
  const { forwardAgent, identityFiles } = config;
  return [
    // It prints it in lower case, and connects to it as it was typed.
    `hostname ${config.hostName.toLowerCase()}`,
    `port ${config.port}`,
    `user ${config.user}`,
    `identitiesonly ${config.identitiesOnly ? 'yes' : 'no'}`,
    `forwardagent ${typeof forwardAgent === 'string' ? forwardAgent : forwardAgent.path}`,
    ...one('hostkeyalias', config.hostKeyAlias),
    ...one('identityagent', config.identityAgent),
    ...one('proxyjump', proxyJumpText(config.proxy)),
    ...one('proxycommand', config.proxy.kind === 'command' ? isProxyCommand : null),
    ...(identityFiles?.length === 0 ? ['identityfile none'] : []),
    ...(identityFiles ?? []).map((path) => `identityfile ${path}`),
    ...config.certificateFiles.map((path) => `certificatefile ${path}`),
    ...list('userknownhostsfile', config.knownHostsFiles.user),
    ...list('globalknownhostsfile', config.knownHostsFiles.system),
    ...Object.entries(config.env).map(([name, value]) => `setenv ${name}=${value}`),
  ].sort();
}

/** A home folder with a case's configuration. */
function homeOf(config: string): string {
  return homeWith({ ...sshGFiles, config: config.replaceAll('ME', me) });
}

async function read(home: string, config: string, host: string): Promise<string[]> {
  const from = { env, platform: 'linux', home } as const;
  const target = { host, port: null, user: null, otherwiseUser: userInfo().username };
  return asSshG(await readHostConfig(from, target), /^ProxyCommand (.*)$/m.exec(config)?.[1] ?? null);
}

const argsFor = (home: string, host: string): string[] => [
  '-T',
  '-G',
  '-F',
  join(home, '.ssh', 'config'),
  host,
];
const named = (cases: typeof sshGCases) => cases.map(([config, host = 'web']) => [config, host] as const);

describe.skipIf(!hasSsh)('ssh -G of this system says the same', () => {
  test.each(named(sshGCases))('%s (%s)', async (config, host) => {
    const home = homeOf(config);
    const said = execFileSync('ssh', argsFor(home, host), {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString();
    expect(await read(home, config, host)).toEqual(linesOf(said));
  });
});

describe.skipIf(openSsh10Missing() !== null)('ssh -G of OpenSSH 10 says the same', () => {
  test.each(named([...sshGCases, ...sshG10Cases]))('%s (%s)', async (config, host) => {
    const home = homeOf(config);
    const withEnv = ['env', ...Object.entries(env).map(([name, value]) => `${name}=${value}`), 'ssh'];
    const [command = '', ...args] = [...withEnv, ...argsFor(home, host)];
    expect(await read(home, config, host)).toEqual(linesOf(withOpenSsh10(command, args)));
  });
});

test.skipIf(!hasSsh)('SendEnv names the same variables', async () => {
  for (const [config] of sshGCases.filter(([each]) => each.includes('SendEnv'))) {
    const home = homeOf(config);
    const said = execFileSync('ssh', argsFor(home, 'web'), {
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString();
    const patterns = [...said.matchAll(/^sendenv (.*)$/gm)].map(([, pattern = '']) => pattern);
    const here = { LANG: 'x', LC_A: 'a', LC_B: 'b', A: '1', B: '2', OTHER: 'o' };
    const target = { host: 'web', port: null, user: null, otherwiseUser: me };
    const sent = await readHostConfig({ env: here, platform: 'linux', home }, target);
    const like = (name: string): boolean =>
      patterns.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name));
    expect(Object.keys(sent.env).sort()).toEqual(Object.keys(here).filter(like).sort());
  }
});

test('a reading needs no folder ~/.ssh', async () => {
  const home = homeWith({});
  mkdirSync(join(home, 'empty'));
  const target = { host: 'Web', port: null, user: null, otherwiseUser: 'jane' };
  expect(
    await readHostConfig({ env: {}, platform: 'linux', home: join(home, 'empty') }, target),
  ).toMatchObject({
    hostName: 'Web',
    port: 22,
    user: 'jane',
    proxy: { kind: 'none' },
    forwardAgent: 'no',
    env: {},
    notRun: [],
  });
});
