import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { usrWithOpenSsh10 } from '../../scripts/lib/openssh-10.mjs';
import { freePort } from './free-port.ts';
import type { NetworkNamespace } from './network-namespace.ts';

const sshdPath = '/usr/sbin/sshd';
type HostKeyType = 'ed25519' | 'ecdsa' | 'rsa';

/** A real OpenSSH server, by default on 127.0.0.1, with a user of its own that lives as long as it does. */
export interface Sshd {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Everything of this server: configuration, host keys, the user's home. */
  readonly folder: string;
  readonly home: string;
  /** `type base64`, as it stands in known_hosts. */
  readonly hostPublicKey: (type: HostKeyType) => string;
  /** What the server logged so far. */
  readonly log: () => string;
  /** Stops the server and all its sessions in place, as a machine that hangs. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** Kills all sessions at once, as a network that is cut does; the server takes new ones. */
  readonly cut: () => void;
  /** Kills all sessions, and the server, at once. */
  readonly kill: () => Promise<void>;
  /** Ends everything and removes the user and the folder. */
  readonly stop: () => Promise<void>;
}

export interface SshdOptions {
  readonly hostKeys?: readonly HostKeyType[];
  /** Public keys that the user may sign in with. */
  readonly authorizedKeys?: readonly string[];
  /** Lines for sshd_config; the first of two settings counts, so these win. */
  readonly config?: readonly string[];
  /** The user's login shell; bash otherwise. */
  readonly shell?: string;
  /** A port to use again; a free one otherwise. */
  readonly port?: number;
  /** Where it listens, in place of this machine: at the namespace's address. */
  readonly namespace?: NetworkNamespace;
  /** OpenSSH 10 in place of the system's own; see `openSsh10Missing`. */
  readonly isOpenSsh10?: boolean;
  /** Lines of a PAM service, by which this server signs in, with keyboard-interactive. It runs in mounts of its own. */
  readonly pam?: readonly string[];
}

/**
 * Why no real sshd can be started here, or null when one can. In CI it always can, or the test must fail.
 * Starting one takes root: a user with a password is made for it.
 */
export function sshdMissing(): string | null {
  if (process.env['CI'] !== undefined) return null;
  if (process.platform !== 'linux') return 'it is started on Linux only';
  if (!existsSync(sshdPath)) return `${sshdPath} is not installed`;
  return process.getuid?.() === 0 ? null : 'it takes root to start sshd with a user of its own';
}

/** Why no sshd with OpenSSH 10, or with PAM of its own, can be started here, or null when one can. As `sshdMissing` in CI. */
export function openSsh10Missing(): string | null {
  const missing = sshdMissing();
  if (missing !== null || process.env['CI'] !== undefined) return missing;
  if (usrWithOpenSsh10() === null) return 'npm test could not fetch OpenSSH 10 from Debian 13';
  return spawnSync('unshare', ['--mount', 'true']).status === 0 ? null : 'nothing may be mounted here';
}

/** Makes a key pair in `folder`; answers with the path of the private key. */
export function makeKey(folder: string, type: HostKeyType, passphrase = '', name = `key_${type}`): string {
  const path = join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', 'test', '-f', path]);
  return path;
}

/** Reads the public half of a key that `makeKey` made. */
export const publicKeyOf = (path: string): string => readFileSync(`${path}.pub`, 'utf8').trim();

/** Starts sshd and waits until it listens. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  mkdirSync('/run/sshd', { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'sshd-'));
  execFileSync('chmod', ['755', folder]);
  const types = options.hostKeys ?? ['ed25519'];
  for (const type of types) makeKey(folder, type, '', `host_${type}`);
  const home = join(folder, 'home');
  const user = `t${folder.slice(-6).toLowerCase()}`;
  const password = `pw-${folder.slice(-6)}`;
  execFileSync('useradd', [
    '--create-home',
    '--home-dir',
    home,
    '--shell',
    options.shell ?? '/bin/bash',
    user,
  ]);
  execFileSync('chpasswd', { input: `${user}:${password}\n` });
  writeFileSync(join(folder, 'authorized_keys'), `${(options.authorizedKeys ?? []).join('\n')}\n`);
  const port = options.port ?? (await freePort());
  writeFileSync(join(folder, 'sshd_config'), configuration(folder, port, types, options));

  const usr = options.isOpenSsh10 === true ? usrWithOpenSsh10() : '/usr';
  if (usr === null) throw new Error('OpenSSH 10 is not there; npm test fetches it');
  const pam = options.pam === undefined ? '' : join(folder, 'pam');
  if (options.pam !== undefined) writeFileSync(pam, `${options.pam.join('\n')}\n`);
  const needsMounts = usr !== '/usr' || pam !== '';
  const mounts = needsMounts ? ['unshare', '--mount', 'sh', '-c', inMounts, 'sh', pam, usr] : [];
  const enter = options.namespace?.enter ?? [];
  const [program, ...args] = [...enter, ...mounts, sshdPath, '-D', '-e', '-f', join(folder, 'sshd_config')];
  const server = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  server.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await listening(server, () => log);

  const kill = async (): Promise<void> => {
    signalTree(server, 'SIGKILL');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
  };
  return {
    host: hostOf(options),
    port,
    user,
    password,
    folder,
    home,
    hostPublicKey: (type) =>
      publicKeyOf(join(folder, `host_${type}`))
        .split(' ')
        .slice(0, 2)
        .join(' '),
    log: () => log,
    freeze: () => signalTree(server, 'SIGSTOP'),
    thaw: () => signalTree(server, 'SIGCONT'),
    cut: () => signalTree(server, 'SIGKILL', { withServer: false }),
    kill,
    stop: async () => {
      await kill();
      execFileSync('userdel', ['--force', user], { stdio: 'ignore' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a command with /usr of OpenSSH 10 to its end, which has to be a success; answers with what it printed. */
export function withOpenSsh10(command: string, args: readonly string[]): string {
  const usr = usrWithOpenSsh10() ?? '';
  mkdirSync('/run/sshd', { recursive: true });
  return execFileSync('unshare', ['--mount', 'sh', '-c', inMounts, 'sh', '', usr, command, ...args], {
    encoding: 'utf8',
  });
}

/**
 * Runs a command with another PAM service for sshd and another /usr, which nobody else sees; $1 and $2, the first may be
 * empty. On a Debian since 12 the libraries are in /usr too.
 */
const inMounts = `
  set -e
  [ -z "$1" ] || mount --bind "$1" /etc/pam.d/sshd
  [ "$2" = /usr ] || mount --bind "$2" /usr
  shift 2
  exec "$@"
`;

function configuration(
  folder: string,
  port: number,
  types: readonly HostKeyType[],
  options: SshdOptions,
): string {
  const { config = [], pam, isOpenSsh10 = false } = options;
  return [
    ...config,
    // Tests connect often without signing in, which shuts their address out by default.
    ...(isOpenSsh10 || hasPenalties() ? ['PerSourcePenalties no'] : []),
    ...(pam === undefined ? [] : ['UsePAM yes', 'KbdInteractiveAuthentication yes']),
    `Port ${port}`,
    `ListenAddress ${hostOf(options)}`,
    ...types.map((type) => `HostKey ${join(folder, `host_${type}`)}`),
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'PrintMotd no',
    'KbdInteractiveAuthentication no',
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    '',
  ].join('\n');
}

const hostOf = ({ namespace }: SshdOptions): string => namespace?.address ?? '127.0.0.1';

/** Whether the system's sshd shuts out addresses by itself: since OpenSSH 9.8 (sshd_config(5), PerSourcePenalties). */
function hasPenalties(): boolean {
  const { stderr } = spawnSync('ssh', ['-V'], { encoding: 'utf8' });
  const [, major, minor] = /^OpenSSH_(\d+)\.(\d+)/.exec(stderr) ?? [];
  return Number(major) > 9 || (Number(major) === 9 && Number(minor) >= 8);
}

async function listening(server: ChildProcess, log: () => string): Promise<void> {
  while (!log().includes('Server listening')) {
    if (server.exitCode !== null) throw new Error(`sshd did not start: ${log()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** sshd gives each connection a process session of its own, so that no group signal reaches them all. */
function signalTree(
  server: ChildProcess,
  signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT',
  { withServer = true } = {},
): void {
  if (server.pid === undefined) return;
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended while the list was read.
    }
  }
  const tree = [server.pid];
  for (const pid of tree) {
    for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  }
  for (const pid of withServer ? tree : tree.slice(1)) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended by itself.
    }
  }
}
