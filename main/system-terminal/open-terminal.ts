import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { shellWord } from '../../preload/contract/shell-word.ts';
import { linuxCall, linuxTerminals, windowsCall, type ProgramCall } from './launchers.ts';

/** Where programs are looked for. */
export interface TerminalSystem {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
}

/** So long a terminal may take to say by its end that it cannot be opened. */
const graceMs = 700;

/**
 * Opens the system's terminal on `ssh` with these arguments. Gives the terminal's name. Error: `refused`, with what is missing
 * or went wrong.
 */
export async function openTerminal(
  sshArguments: readonly string[],
  system: TerminalSystem,
): Promise<Result<{ readonly name: string }>> {
  const { platform } = system;
  const find = (program: string): string | null => findProgram(program, system);
  const ssh = find(platform === 'win32' ? 'ssh.exe' : 'ssh');
  if (ssh === null)
    return refused('OpenSSH’s ssh is not installed, or not in the PATH. Install it, or connect here.');
  const command = [ssh, ...sshArguments];
  const call =
    platform === 'darwin'
      ? macCall(command)
      : platform === 'win32'
        ? windowsCall(command, find)
        : linuxCall(command, find, realpathSync);
  if (call === null)
    return refused(
      platform === 'win32'
        ? 'No terminal was found. Install Windows Terminal, or copy the SSH command.'
        : `No terminal was found. Install one of ${linuxTerminals.join(', ')}, or copy the SSH command.`,
    );
  return start(call, system.env);
}

/**
 * macOS opens a file by Terminal, or by what the user has chosen for such files. Told by AppleScript it would be given a text to
 * read as a script. The file removes itself.
 */
function macCall(command: readonly string[]): ProgramCall {
  const path = join(mkdtempSync(join(tmpdir(), 'evorxa-ssh-')), 'ssh.command');
  writeFileSync(path, commandFile(command), { mode: 0o700 });
  return { program: '/usr/bin/open', arguments: [path], name: 'Terminal' };
}

/** A script that removes itself with its folder, and becomes a command. */
export const commandFile = (command: readonly string[]): string =>
  `#!/bin/sh\nrm -- "$0"; rmdir -- "$(dirname -- "$0")"\nexec ${command.map(shellWord).join(' ')}\n`;

function start(call: ProgramCall, env: NodeJS.ProcessEnv): Promise<Result<{ readonly name: string }>> {
  return new Promise((resolve) => {
    const child = spawn(call.program, call.arguments, {
      detached: true,
      stdio: 'ignore',
      env: Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('ELECTRON_'))),
    });
    const opened = setTimeout(() => resolve(ok({ name: call.name })), graceMs);
    const failed = (why: string): void => {
      clearTimeout(opened);
      resolve(refused(`${call.name} could not be opened (${why}). Copy the SSH command instead.`));
    };
    child.on('error', (cause) => failed('code' in cause ? String(cause.code) : cause.message));
    child.on('exit', (code) => {
      if (code === 0) {
        // It has handed the window to a process of its own.
        clearTimeout(opened);
        resolve(ok({ name: call.name }));
      } else failed(code === null ? 'it was ended' : `it ended with ${code}`);
    });
    child.unref();
  });
}

function findProgram(program: string, { platform, env }: TerminalSystem): string | null {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    const path = join(folder, program);
    try {
      accessSync(path, platform === 'win32' ? constants.F_OK : constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      // It is in another folder, or in none.
    }
  }
  return null;
}

const refused = (message: string): Result<never> => fail({ kind: 'refused', message });
