import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerCredentials } from './certificates.ts';
import { freePort } from './free-port.ts';
import { stopChild } from './process-tree.ts';

/** The programs that stand behind a console: they end with it. */
export interface VncHost {
  /** A file of its own folder. */
  readonly file: (name: string) => string;
  /** Starts a program, which has a pipe at descriptor 3. */
  readonly start: (program: string, args: readonly string[], env?: NodeJS.ProcessEnv) => ChildProcess;
  /** Starts websockify with a certificate before a VNC server of this machine; gives the address of the console. */
  readonly encrypt: (rfbPort: number, credentials: ServerCredentials) => Promise<string>;
  /** Ends the programs and removes the folder. */
  readonly stop: () => Promise<void>;
}

/** Makes a host, and has `build` start what belongs on it; where that fails, nothing is left. */
export async function buildVncHost<T>(build: (host: VncHost) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'vnc-host-'));
  const file = (name: string): string => join(folder, name);
  const children: ChildProcess[] = [];
  const start: VncHost['start'] = (program, args, env = process.env) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    children.unshift(child);
    return child;
  };
  const encrypt: VncHost['encrypt'] = async (rfbPort, { key, cert }) => {
    const port = await freePort();
    await writeFile(file('key.pem'), key, { mode: 0o600 });
    await writeFile(file('cert.pem'), cert);
    start('websockify', [
      ...['--ssl-only', '--cert', file('cert.pem'), '--key', file('key.pem')],
      ...[`127.0.0.1:${port}`, `127.0.0.1:${rfbPort}`],
    ]);
    await until(`websockify at ${port}`, () => answers(port));
    return `wss://127.0.0.1:${port}/vnc?token=desktop-token-0123456789`;
  };
  const stop = async (): Promise<void> => {
    for (const child of children) await stopChild(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return await build({ file, start, encrypt, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Why what needs these programs cannot be started here, or null when it can. In CI it always can, or the test must fail. */
export function missingProgram(programs: readonly string[]): string | null {
  if (process.env['CI'] !== undefined) return null;
  const missing = programs.find((path) => !existsSync(path));
  return missing === undefined ? null : `${missing} is not installed`;
}

/** Waits until it holds, for a minute at most: a busy machine takes its time. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const endMs = Date.now() + 60_000; Date.now() < endMs;) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Waited a minute for ${what}.`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
