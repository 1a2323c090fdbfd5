import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vncAuthResponse } from '../../main/console/vnc-auth.ts';
import type { ServerCredentials } from './certificates.ts';
import { stopChild } from './process-tree.ts';

const programs = ['/usr/bin/Xtigervnc', '/usr/bin/websockify', '/usr/bin/xterm'];

/** A real desktop that is reached by VNC over an encrypted WebSocket. */
export interface VncDesktop {
  readonly url: string;
  readonly password: string;
  /** What was typed into the terminal that fills the desktop, line by line. */
  readonly typed: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Why no desktop can be started here, or null when one can. In CI it always can, or the test must fail. */
export function vncDesktopMissing(): string | null {
  if (process.env['CI'] !== undefined) return null;
  const missing = programs.find((path) => !existsSync(path));
  return missing === undefined ? null : `${missing} is not installed`;
}

/** Starts Xtigervnc with a terminal in it, and websockify with a certificate before it. */
export async function startVncDesktop({ key, cert }: ServerCredentials): Promise<VncDesktop> {
  const folder = await mkdtemp(join(tmpdir(), 'vnc-desktop-'));
  const file = (name: string): string => join(folder, name);
  const children: ChildProcess[] = [];
  const start = (
    program: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = process.env,
  ): ChildProcess => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    children.unshift(child);
    return child;
  };
  const stop = async (): Promise<void> => {
    for (const child of children) await stopChild(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const password = 'Kanarie7';
    const [rfbPort, port] = [await freePort(), await freePort()];
    await writeFile(file('password'), passwordFile(password), { mode: 0o600 });
    await writeFile(file('key.pem'), key, { mode: 0o600 });
    await writeFile(file('cert.pem'), cert);
    const server = start('Xtigervnc', [
      ...['-displayfd', '3', '-geometry', '640x400', '-depth', '24', '-nolisten', 'tcp'],
      ...[
        '-rfbport',
        String(rfbPort),
        '-localhost',
        '-SecurityTypes',
        'VncAuth',
        '-PasswordFile',
        file('password'),
      ],
    ]);
    const display = await firstLine(server);
    // Without a window manager the keys go to what is under the pointer: the terminal is everywhere.
    start(
      'xterm',
      ['-geometry', '200x60+0+0', '-b', '0', '-e', 'sh', '-c', `exec cat > '${file('typed')}'`],
      { ...process.env, DISPLAY: `:${display}` },
    );
    start('websockify', [
      ...['--ssl-only', '--cert', file('cert.pem'), '--key', file('key.pem')],
      ...[`127.0.0.1:${port}`, `127.0.0.1:${rfbPort}`],
    ]);
    await Promise.all([answers(port), waitFor(() => existsSync(file('typed')))]);
    return {
      url: `wss://127.0.0.1:${port}/vnc?token=desktop-token-0123456789`,
      password,
      typed: () => readFile(file('typed'), 'utf8'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** VNC's own file of a password: encrypted with a key that everybody knows (tigervnc, `common/rfb/obfuscate.cxx`). */
function passwordFile(password: string): Uint8Array {
  const known = Buffer.from([23, 82, 107, 6, 35, 78, 88, 7]).toString('latin1');
  return vncAuthResponse(known, Buffer.from(password.padEnd(8, '\0')));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What a program prints first on descriptor 3. */
async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  const pipe = child.stdio[3];
  if (pipe === undefined || pipe === null || !('setEncoding' in pipe))
    throw new Error('It has no third pipe.');
  for await (const chunk of pipe) {
    text += String(chunk);
    if (text.includes('\n')) return text.trim();
  }
  throw new Error('It ended without a word.');
}

function answers(port: number): Promise<void> {
  return waitFor(
    () =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1');
        socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
        socket.once('connect', () => socket.destroy());
      }),
  );
}

async function waitFor(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const endMs = Date.now() + 15_000; Date.now() < endMs;) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The desktop did not start in time.');
}
