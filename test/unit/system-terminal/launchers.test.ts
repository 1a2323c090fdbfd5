import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linuxCall, windowsCall } from '../../../main/system-terminal/launchers.ts';
import { commandFile } from '../../../main/system-terminal/open-terminal.ts';
import { commandText } from '../../../main/system-terminal/index.ts';

const hostile = [
  '$(touch owned)',
  "'; touch owned; '",
  '`touch owned` "x" \\',
  "\\'; touch owned #",
  '-oProxyCommand=x',
  'ü €',
  '',
];
const command = ['/usr/bin/ssh', ...hostile];
const finds =
  (...programs: string[]) =>
  (program: string): string | null =>
    programs.includes(program) ? `/usr/bin/${program}` : null;
const noLink = (path: string): string => path;

describe('a terminal of Linux', () => {
  it.each([
    ['gnome-terminal', ['--']],
    ['konsole', ['-e']],
    ['xfce4-terminal', ['-x']],
    ['kitty', []],
    ['alacritty', ['-e']],
    ['wezterm', ['start', '--']],
    ['foot', []],
    ['xterm', ['-e']],
  ])('is given each word of the command as it is: %s', (program, before) => {
    const call = linuxCall(command, finds(program), noLink);
    expect(call).toMatchObject({ program: `/usr/bin/${program}`, name: program });
    expect(call?.arguments.slice(0, before.length)).toEqual(before);
    expect(call?.arguments.slice(before.length, before.length + 2)).toEqual(['sh', '-c']);
    expect(call?.arguments.slice(-command.length)).toEqual(command);
  });

  it('is the one of Debian’s alternatives where there is one', () => {
    const toKonsole = (): string => '/usr/bin/konsole';
    expect(
      linuxCall(command, finds('x-terminal-emulator', 'konsole', 'gnome-terminal'), toKonsole),
    ).toMatchObject({ program: '/usr/bin/konsole', name: 'konsole' });
    const toWrapper = (): string => '/usr/bin/gnome-terminal.wrapper';
    expect(linuxCall(command, finds('x-terminal-emulator', 'gnome-terminal'), toWrapper)).toMatchObject({
      program: '/usr/bin/gnome-terminal',
    });
    const toOther = (): string => '/usr/bin/some-term';
    expect(linuxCall(command, finds('x-terminal-emulator', 'xterm'), toOther)).toMatchObject({
      program: '/usr/bin/x-terminal-emulator',
      name: 'some-term',
    });
  });

  it('may not be there', () => {
    expect(linuxCall(command, () => null, noLink)).toBeNull();
  });

  it('runs no part of the command as a script, and waits where ssh failed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'launch-'));
    const words = linuxCall(['printf', '%s\\n', ...hostile], finds('foot'), noLink)?.arguments ?? [];
    const [shell = '', ...rest] = words;
    const ran = spawnSync(shell, rest, { cwd: folder, encoding: 'utf8' });
    expect(ran.stdout).toBe(hostile.map((word) => `${word}\n`).join(''));
    expect(readdirSync(folder)).toEqual([]);
    const failing = linuxCall(['sh', '-c', 'exit 255'], finds('foot'), noLink)?.arguments.slice(1) ?? [];
    const failed = spawnSync('sh', failing, { input: '\n', encoding: 'utf8' });
    expect([failed.stdout, failed.status]).toEqual(['\n[ssh ended. Press Enter to close.]', 255]);
    rmSync(folder, { recursive: true });
  });
});

describe('a terminal of Windows', () => {
  it('is given each word; a semicolon begins another command of wt and is escaped', () => {
    expect(windowsCall(['ssh.exe', 'a;b', 'c d'], finds('wt.exe', 'conhost.exe'))).toEqual({
      program: '/usr/bin/wt.exe',
      arguments: ['new-tab', '--', 'ssh.exe', 'a\\;b', 'c d'],
      name: 'Windows Terminal',
    });
    expect(windowsCall(['ssh.exe', 'a;b'], finds('conhost.exe'))).toMatchObject({
      arguments: ['ssh.exe', 'a;b'],
    });
    expect(windowsCall(['ssh.exe'], () => null)).toBeNull();
  });
});

it('the file that macOS opens becomes the command, and is gone', () => {
  const parent = mkdtempSync(join(tmpdir(), 'command-'));
  const folder = join(parent, 'one');
  mkdirSync(folder);
  const file = join(folder, 'ssh.command');
  writeFileSync(file, commandFile(['/usr/bin/printf', '%s\\n', ...hostile]), { mode: 0o700 });
  expect(execFileSync(file, { cwd: parent, encoding: 'utf8' })).toBe(
    hostile.map((word) => `${word}\n`).join(''),
  );
  expect(readdirSync(parent)).toEqual([]);
  rmSync(parent, { recursive: true });
});

describe('a command to paste', () => {
  const shells = ['sh', 'bash', 'zsh', 'fish'].filter(
    (shell) => spawnSync(shell, ['-c', 'true']).status === 0,
  );

  it.each(shells)('has in %s exactly its words', (shell) => {
    const text = commandText(['printf', '%s\\n', ...hostile], 'linux');
    if (!text.ok) throw new Error('There is none.');
    expect(execFileSync(shell, ['-c', text.value], { encoding: 'utf8' })).toBe(
      hostile.map((word) => `${word}\n`).join(''),
    );
  });

  it('of Windows has quotes of both shells, or is refused', () => {
    expect(commandText(['ssh', '-i', 'C:\\Users\\a b\\key', '-l', 'root', '--', 'h'], 'win32')).toEqual({
      ok: true,
      value: 'ssh -i "C:\\Users\\a b\\key" -l root -- h',
    });
    for (const word of ['a"b', '%PATH%', '$x', 'a & b', '`x`', 'a b\\', 'x\u201dy'])
      expect(commandText(['ssh', word], 'win32')).toMatchObject({ ok: false });
  });
});
