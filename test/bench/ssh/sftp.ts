import { execFile, execFileSync } from 'node:child_process';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { currentRuntime } from '../../support/launch.ts';
import { makeKey, publicKeyOf, startSshd, type Sshd } from '../../support/sshd.ts';
import { withFolder } from '../bench-app.ts';
import { atLeastVerdict, median, progress, type Verdict } from '../figures.ts';

const rounds = 3;
const run = promisify(execFile);

/** What the process that copies is told. */
export interface CopyTask {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly keyPath: string;
  readonly knownHostsPath: string;
  readonly remotePath: string;
  readonly localFolder: string;
  readonly direction: 'download' | 'upload';
}

/**
 * Goal 16: a large file down and up over SFTP, of what OpenSSH's sftp does with the same server. The app's SSH process
 * runs in Electron's own Node, as in the app, since its ciphers are others than Node's; no window looks on.
 */
export async function measureSftp(bytes: number): Promise<readonly Verdict[]> {
  return withFolder(async (folder) => {
    const keyPath = makeKey(folder, 'ed25519', '', 'bench_key');
    const config = ['Subsystem sftp /usr/lib/openssh/sftp-server'];
    const sshd = await startSshd({ authorizedKeys: [publicKeyOf(keyPath)], config });
    try {
      const knownHostsPath = join(folder, 'known_hosts');
      writeFileSync(knownHostsPath, `[${sshd.host}]:${sshd.port} ${sshd.hostPublicKey('ed25519')}\n`);
      const remotePath = join(sshd.home, 'large');
      execFileSync('sh', ['-c', 'head -c "$1" /dev/urandom > "$2"', 'sh', String(bytes), remotePath]);
      execFileSync('chown', [sshd.user, remotePath]);
      const { host, port, user } = sshd;
      const common = { host, port, user, keyPath, knownHostsPath };
      const verdicts: Verdict[] = [];
      for (const direction of ['download', 'upload'] as const) {
        const ratios: number[] = [];
        for (let round = 0; round < rounds; round += 1) {
          const copied = direction === 'download' ? join(folder, 'large') : join(sshd.home, 'copy', 'large');
          const clear = (): void => {
            rmSync(copied, { force: true });
            if (direction === 'upload') makeFolder(sshd, join(sshd.home, 'copy'));
          };
          clear();
          const theirsMs = await byOpenSsh(common, direction, remotePath, copied);
          checkSize(copied, bytes);
          clear();
          const task = { ...common, direction, remotePath, localFolder: folder };
          const oursMs = await byApp(
            direction === 'download'
              ? task
              : { ...task, remotePath: join(sshd.home, 'copy'), localFolder: remotePath },
          );
          checkSize(copied, bytes);
          ratios.push(theirsMs / oursMs);
          const rate = (ms: number): string => (bytes / 1_000 / ms).toFixed(0);
          progress(`  ${direction}: ${rate(oursMs)} MB/s; OpenSSH's sftp: ${rate(theirsMs)} MB/s`);
        }
        const what = `SFTP ${direction} of ${(bytes / 1e9).toString()} GB, of OpenSSH's sftp`;
        verdicts.push(atLeastVerdict(16, what, median(ratios), 0.3));
      }
      return verdicts;
    } finally {
      await sshd.stop();
    }
  });
}

type Login = Pick<CopyTask, 'host' | 'port' | 'user' | 'keyPath' | 'knownHostsPath'>;

/** How long OpenSSH's own client takes, with its sign-in. */
async function byOpenSsh(
  { host, port, user, keyPath, knownHostsPath }: Login,
  direction: CopyTask['direction'],
  from: string,
  to: string,
): Promise<number> {
  const options = [`UserKnownHostsFile=${knownHostsPath}`, 'IdentitiesOnly=yes', 'BatchMode=yes'];
  const args = [
    ...['-q', '-F', 'none', '-P', String(port), '-i', keyPath, '-b', '-'],
    ...options.flatMap((option) => ['-o', option]),
  ];
  const startedAtMs = performance.now();
  const running = run('sftp', [...args, `${user}@${host}`]);
  running.child.stdin?.end(`${direction === 'download' ? 'get' : 'put'} ${from} ${to}\n`);
  await running;
  return performance.now() - startedAtMs;
}

/** How long the app's SSH process takes, with its sign-in. */
async function byApp(task: CopyTask): Promise<number> {
  const { executablePath } = await currentRuntime();
  const [, program = ''] = process.argv;
  const { stdout } = await run(executablePath, [program, '--copy', JSON.stringify(task)], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  return Number(stdout.trim());
}

function makeFolder(sshd: Sshd, path: string): void {
  execFileSync('install', ['-d', '-o', sshd.user, path]);
}

function checkSize(path: string, bytes: number): void {
  const { size } = statSync(path);
  if (size !== bytes) throw new Error(`${path} has ${size} bytes, not ${bytes}.`);
}
