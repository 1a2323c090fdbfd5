import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { vncAuthResponse } from '../../main/console/vnc-auth.ts';
import type { ServerCredentials } from './certificates.ts';
import { freePort } from './free-port.ts';
import { buildVncHost, missingProgram, until } from './vnc-host.ts';

const programs = ['/usr/bin/Xtigervnc', '/usr/bin/websockify', '/usr/bin/xterm'];

/** A real desktop that is reached by VNC over an encrypted WebSocket. */
export interface VncDesktop {
  readonly url: string;
  readonly password: string;
  /** What was typed into the terminal that fills the desktop, line by line. */
  readonly typed: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Why no desktop can be started here, or null when one can. */
export const vncDesktopMissing = (): string | null => missingProgram(programs);

/** Starts Xtigervnc with a terminal in it, and websockify with a certificate before it. */
export function startVncDesktop(credentials: ServerCredentials): Promise<VncDesktop> {
  return buildVncHost(async ({ file, start, encrypt, stop }) => {
    const password = 'Kanarie7';
    const rfbPort = await freePort();
    await writeFile(file('password'), passwordFile(password), { mode: 0o600 });
    const server = start('Xtigervnc', [
      ...['-displayfd', '3', '-geometry', '640x400', '-depth', '24', '-nolisten', 'tcp'],
      ...['-rfbport', String(rfbPort), '-localhost'],
      ...['-SecurityTypes', 'VncAuth', '-PasswordFile', file('password')],
    ]);
    const display = await firstLine(server);
    // Without a window manager the keys go to what is under the pointer: the terminal is everywhere.
    start(
      'xterm',
      ['-geometry', '200x60+0+0', '-b', '0', '-e', 'sh', '-c', `exec cat > '${file('typed')}'`],
      { ...process.env, DISPLAY: `:${display}` },
    );
    const url = await encrypt(rfbPort, credentials);
    await until('the terminal', () => existsSync(file('typed')));
    return { url, password, typed: () => readFile(file('typed'), 'utf8'), stop };
  });
}

/** VNC's own file of a password: encrypted with a key that everybody knows (tigervnc, `common/rfb/obfuscate.cxx`). */
function passwordFile(password: string): Uint8Array {
  const known = Buffer.from([23, 82, 107, 6, 35, 78, 88, 7]).toString('latin1');
  return vncAuthResponse(known, Buffer.from(password.padEnd(8, '\0')));
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
