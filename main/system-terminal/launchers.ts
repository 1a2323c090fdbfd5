/** A program that shows a terminal, and how it is called with a command of its own: its words are given one by one. */
interface Launcher {
  readonly program: string;
  readonly before: readonly string[];
}

/** Terminals of Linux, those of desktops first. */
const linux: readonly Launcher[] = [
  { program: 'gnome-terminal', before: ['--'] },
  { program: 'ptyxis', before: ['--'] },
  { program: 'konsole', before: ['-e'] },
  { program: 'xfce4-terminal', before: ['-x'] },
  { program: 'mate-terminal', before: ['-x'] },
  { program: 'tilix', before: ['-e'] },
  { program: 'ghostty', before: ['-e'] },
  { program: 'kitty', before: [] },
  { program: 'alacritty', before: ['-e'] },
  { program: 'wezterm', before: ['start', '--'] },
  { program: 'foot', before: [] },
  { program: 'xterm', before: ['-e'] },
];

/** A call of a program. */
export interface ProgramCall {
  /** Its absolute path. */
  readonly program: string;
  readonly arguments: readonly string[];
  /** As it is named to the user. */
  readonly name: string;
}

/**
 * Runs its arguments and keeps the window where ssh failed, so that its reason can be read. The text never changes: what is
 * of the user is given as arguments.
 */
const kept =
  '"$@"; s=$?; if [ "$s" -eq 255 ]; then printf "\\n[ssh ended. Press Enter to close.]"; read -r _; fi; exit "$s"';

/**
 * How a Linux desktop's terminal is opened on a command; null where none is installed. The one that Debian's alternatives name
 * is the user's choice. `find` gives the path of a program, `target` what a link leads to.
 */
export function linuxCall(
  command: readonly string[],
  find: (program: string) => string | null,
  target: (path: string) => string,
): ProgramCall | null {
  const words = ['sh', '-c', kept, 'sh', ...command];
  const chosen = find('x-terminal-emulator');
  if (chosen !== null) {
    const name = baseName(target(chosen)).replace(/[.-]wrapper$/, '');
    const known = linux.find(({ program }) => program === name);
    const path = known === undefined ? null : find(known.program);
    // One that is not known takes the words behind -e: Debian's policy (11.8.3).
    if (known === undefined || path === null) return { program: chosen, arguments: ['-e', ...words], name };
    return { program: path, arguments: [...known.before, ...words], name };
  }
  for (const { program, before } of linux) {
    const path = find(program);
    if (path !== null) return { program: path, arguments: [...before, ...words], name: program };
  }
  return null;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** How a terminal of Windows is opened on a command; null where there is none. No command line is read by cmd. */
export function windowsCall(
  command: readonly string[],
  find: (program: string) => string | null,
): ProgramCall | null {
  const terminal = find('wt.exe');
  if (terminal !== null) {
    // A semicolon begins another command of wt.
    const words = command.map((word) => word.replaceAll(';', '\\;'));
    return { program: terminal, arguments: ['new-tab', '--', ...words], name: 'Windows Terminal' };
  }
  const host = find('conhost.exe');
  return host === null ? null : { program: host, arguments: command, name: 'the console' };
}

/** What lists the terminals that are looked for. */
export const linuxTerminals: readonly string[] = linux.map(({ program }) => program);
